package ai.ratio1.http.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.http.Audience;
import ai.ratio1.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come through which door. */
class GateAudienceTest extends GateTrial {

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:81", "127.0.0.1:5", "127.9.9.9", "[::1]:80"})
  void aLocalDoorTakesLoopbackNames(String host) {
    open("/x", Audience.LOCAL, GateTest::echo);
    assertThat(gate.answer(call("GET", "/x", "127.0.0.1", host), NOTHING).response().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil", "10.0.0.1"})
  void aLocalDoorRefusesReboundNames(String host) throws IOException {
    open("/x", Audience.LOCAL, GateTest::echo);
    refused(call("GET", "/x", "127.0.0.1", host), 403, "R1-HTTP-107");
  }

  @Test
  void aLocalDoorRefusesStrangersProxiesAndForeignPages() throws IOException {
    open("/x", Audience.LOCAL, GateTest::echo);
    refused(call("GET", "/x", "203.0.113.9", "localhost"), 403, "R1-HTTP-107");
    refused(with(get("/x"), null, null, true), 403, "R1-HTTP-107");
    refused(with(get("/x"), "https://evil.example", null, false), 403, "R1-HTTP-107");
    refused(with(get("/x"), "null", null, false), 403, "R1-HTTP-107");
    assertThat(
            gate.answer(with(get("/x"), "http://localhost:3000", null, false), NOTHING)
                .response()
                .status())
        .isEqualTo(200);
  }

  @Test
  void anOperatorDoorNeedsTheToken() throws IOException {
    open("/x", Audience.OPERATOR, GateTest::echo);
    String secret = new String(token.secret(), StandardCharsets.US_ASCII);
    refused(get("/x"), 401, "R1-HTTP-108");
    refused(with(get("/x"), null, "Bearer ", false), 401, "R1-HTTP-108");
    refused(with(get("/x"), null, secret, false), 401, "R1-HTTP-108");
    refused(with(get("/x"), null, "Bearer " + secret + "0", false), 401, "R1-HTTP-108");
    refused(with(stranger("/x"), null, "Bearer " + secret, false), 403, "R1-HTTP-107");
    Answer entered = gate.answer(with(get("/x"), null, "Bearer " + secret, false), NOTHING);
    assertThat(entered.response().status()).isEqualTo(200);
    assertThat(gate.answer(get("/x"), NOTHING).headers(false))
        .containsEntry("WWW-Authenticate", "Bearer");
  }

  @Test
  void aPublicDoorIsLimitedPerRemoteAndALocalDoorIsNot() throws IOException {
    open("/public", Audience.PUBLIC, GateTest::echo);
    open("/local", Audience.LOCAL, GateTest::echo);
    for (int i = 0; i < 5; i++) {
      assertThat(gate.answer(stranger("/public"), NOTHING).response().status()).isEqualTo(200);
      assertThat(gate.answer(get("/local"), NOTHING).response().status()).isEqualTo(200);
    }
    refused(stranger("/public"), 429, "R1-HTTP-110");
    refused(stranger("/nowhere"), 429, "R1-HTTP-110");
    assertThat(gate.answer(get("/local"), NOTHING).response().status()).isEqualTo(200);
    assertThat(gate.answer(get("/public"), NOTHING).response().status()).isEqualTo(200);
    now += 1000;
    assertThat(gate.answer(stranger("/public"), NOTHING).response().status()).isEqualTo(200);
    refused(stranger("/public"), 429, "R1-HTTP-110");
  }

  @Test
  void localCallersGetThroughWhileStrangersHoldTheirShare() throws Exception {
    CountDownLatch inside = new CountDownLatch(3);
    CountDownLatch leave = new CountDownLatch(1);
    open("/local", Audience.LOCAL, GateTest::echo);
    open(
        "/public",
        Audience.PUBLIC,
        request -> {
          inside.countDown();
          await(leave);
          return Response.text(200, "");
        });
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<Future<Answer>> held = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        held.add(pool.submit(() -> gate.answer(stranger("/public"), NOTHING)));
      }
      inside.await();
      refused(stranger("/public"), 503, "R1-HTTP-109");
      assertThat(gate.answer(get("/local"), NOTHING).response().status()).isEqualTo(200);
      leave.countDown();
      for (Future<Answer> answer : held) {
        assertThat(answer.get().response().status()).isEqualTo(200);
      }
      assertThat(gate.answer(stranger("/public"), NOTHING).response().status()).isEqualTo(200);
    } finally {
      pool.shutdownNow();
    }
  }
}

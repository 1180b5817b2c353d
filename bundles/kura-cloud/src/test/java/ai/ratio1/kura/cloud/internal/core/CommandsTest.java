package ai.ratio1.kura.cloud.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.kura.BundleHealth.Finding;
import ai.ratio1.kura.cloud.internal.core.Commands.Reply;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CommandsTest {

  private final List<String> asked = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private Function<Request, Response> answer = request -> Response.json(200, "{}");
  private boolean open = true;

  private final Commands commands =
      new Commands(
          path -> open ? Optional.of(new Recorder(path)) : Optional.empty(),
          (words, e) -> failures.add(words + " " + e.getMessage()));

  private final class Recorder implements Door {
    private final String path;

    Recorder(String path) {
      this.path = path;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public Audience audience() {
      return Audience.LOCAL;
    }

    @Override
    public Response handle(Request request) {
      asked.add(request.method() + " " + path + request.path() + " " + request.query());
      return answer.apply(request);
    }
  }

  private void refused(Object words, int code, String error) {
    Reply reply = commands.get(words);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.message()).startsWith(error + ": ").hasSizeLessThan(200);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void everyCommandReadsItsDoor() {
    assertThat(commands.get(List.of("status")).code()).isEqualTo(200);
    assertThat(commands.get(List.of("check")).code()).isEqualTo(200);
    assertThat(commands.get(List.of("epochs", "7")).code()).isEqualTo(200);
    assertThat(asked)
        .containsExactly("GET /v1/status {}", "GET /v1/bundles {}", "GET /v1/epochs/7 {limit=20}");
  }

  @Test
  void whatIsNoListOfWordsIsRefused() {
    refused(null, 400, "R1-KURA-131");
    refused("status", 400, "R1-KURA-131");
    refused(List.of(), 400, "R1-KURA-131");
    refused(List.of("status", "x"), 400, "R1-KURA-131");
    refused(List.of("epochs", "0x7"), 400, "R1-KURA-131");
    refused(List.of("epochs", "\u0667"), 400, "R1-KURA-131");
    refused(List.of("epochs 7"), 400, "R1-KURA-131");
    refused(List.of(7), 400, "R1-KURA-131");
    refused(Collections.singletonList(null), 400, "R1-KURA-131");
    refused(List.of("x".repeat(1 << 20)), 400, "R1-KURA-131");
    refused(Collections.nCopies(1 << 20, "status"), 400, "R1-KURA-131");
    assertThat(asked).isEmpty();
  }

  @Property
  void wordsOfStrangersReachNoOtherDoor(@ForAll List<String> words) {
    asked.clear();
    commands.get(words);
    assertThat(asked)
        .allMatch(one -> one.matches("GET /v1/(status|bundles|epochs/[0-9]{1,10}) .*"));
  }

  @Test
  void aRefusalOfADoorKeepsItsCodeInOneOfTheFourThatCloudsKnow() {
    for (int[] pair : new int[][] {{404, 404}, {403, 400}, {429, 400}, {503, 500}}) {
      answer =
          request -> {
            throw new ProblemException(pair[0], new ErrorCode("R1-REST-102"), "No.", "Ask.");
          };
      refused(List.of("epochs", "1"), pair[1], "R1-REST-102");
    }
  }

  @Test
  void aDoorThatFailsOrIsAwayOrSaysTooMuchIsRefused() {
    answer =
        request -> {
          throw new IllegalStateException("the inside");
        };
    refused(List.of("status"), 500, "R1-KURA-135");
    assertThat(failures).containsExactly("[status] the inside");
    answer = request -> new Response(200, "application/json", new byte[(1 << 16) + 1]);
    refused(List.of("status"), 500, "R1-KURA-134");
    open = false;
    refused(List.of("status"), 500, "R1-KURA-133");
  }

  @Test
  void bundlesAreListed() throws IOException {
    Finding down = new Finding("ai.ratio1.mqtt", "1.0.0", "INSTALLED", "Missing: \"x\"");
    assertThat(new ObjectMapper().readValue(BundlesView.of(List.of(down)), Map.class))
        .isEqualTo(
            Map.of(
                "down",
                List.of(
                    Map.of(
                        "name", "ai.ratio1.mqtt",
                        "version", "1.0.0",
                        "state", "INSTALLED",
                        "reason", "Missing: \"x\""))));
  }
}

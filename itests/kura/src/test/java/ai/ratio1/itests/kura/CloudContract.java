package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the node answers to clouds and publishes through them, whichever Kura is between. */
interface CloudContract extends InstalledGateway {

  String CLOUD = "(&(objectClass=%s)(harness.cloud=*))";

  @Test
  default void aCloudReadsTheNode() throws Exception {
    Map<String, Object> status = command("RATIO1-V1/status", "GET");
    assertThat(body(status).path("address").asText()).isEqualTo(address());
    assertThat(body(command("RATIO1-V1/check", "GET")).path("down")).isEmpty();
    assertThat(command("RATIO1-V1/epochs/1", "GET"))
        .containsEntry("response.code", 404)
        .extractingByKey("response.exception.message")
        .asString()
        .contains("R1-REST-102");
    for (String method : List.of("PUT", "POST", "DEL", "EXEC")) {
      assertThat(command("RATIO1-V1/status", method))
          .containsEntry("response.code", 400)
          .extractingByKey("response.exception.message")
          .asString()
          .contains("R1-KURA-132", "Send GET");
    }
  }

  @Test
  default void aCloudIsToldWhyNot() throws Exception {
    for (String words :
        List.of(
            "",
            "/",
            "/claim",
            "/epochs",
            "/epochs/-1",
            "/epochs/1/artefacts",
            "/epochs/..%2f..%2fdisputes",
            "/epochs/99999999999999999999",
            "/status/x",
            "/STATUS",
            "/status\0",
            "/" + "x".repeat(100_000),
            "/x".repeat(10_000))) {
      assertThat(command("RATIO1-V1" + words, "GET"))
          .as(words)
          .containsEntry("response.code", 400)
          .extractingByKey("response.exception.message")
          .asString()
          .contains("R1-KURA-131", "Send GET status")
          .hasSizeLessThan(200);
    }
  }

  @Test
  default void commandsGoWithTheirBundleAndWithTheCloud() throws Exception {
    equinox().bundle("ai.ratio1.kura-cloud").stop();
    assertThat(command("RATIO1-V1/status", "GET")).isEmpty();
    equinox().bundle("ai.ratio1.kura-cloud").start();
    assertThat(command("RATIO1-V1/status", "GET")).containsEntry("response.code", 200);
    open(false);
    open(true);
    assertThat(command("RATIO1-V1/status", "GET")).containsEntry("response.code", 200);
  }

  @Test
  default void figuresArriveAtThePublisherOfTheSettings() throws Exception {
    assertThat(published()).isEmpty();
    configure(
        "ai.ratio1.kura.figures",
        Map.of(
            "CloudPublisher.target",
            "(kura.service.pid=harness.cloud)",
            "interval.seconds",
            5,
            "figures.limit",
            1000));
    Gateway.await(() -> !published().isEmpty());
    assertThat(published().get(0))
        .containsKeys("r1_framework_bundles{state=active}", "r1_jvm_threads");
    assertThat((Double) published().get(0).get("r1_framework_bundles{state=active}"))
        .isGreaterThan(30);
    configure("ai.ratio1.kura.figures", Map.of("interval.seconds", 1));
    int sofar = published().size();
    Gateway.await(() -> published().size() > sofar);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> command(String topic, String method) throws Exception {
    var cloud =
        (BiFunction<String, String, Map<String, Object>>)
            equinox().awaitMatch(CLOUD.formatted(BiFunction.class.getName()));
    return cloud.apply(topic, method);
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> published() throws Exception {
    return ((Supplier<List<Map<String, Object>>>)
            equinox().awaitMatch(CLOUD.formatted(Supplier.class.getName())))
        .get();
  }

  private static JsonNode body(Map<String, Object> reply) throws IOException {
    assertThat(reply).containsEntry("response.code", 200);
    return new ObjectMapper().readTree((byte[]) reply.get("body"));
  }
}

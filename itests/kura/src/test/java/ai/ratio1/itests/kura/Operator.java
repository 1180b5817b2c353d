package ai.ratio1.itests.kura;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** What the people of a gateway do to bring it into a network; docs/how-to/install-on-kura.md. */
record Operator(Devnet network, GatewayProcess gateway) {

  private static final String OWNER = "bob";
  private static final Duration CONSENT = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Fills in the forms without which a node cannot find its network, and gives it a name. */
  void configure(String alias) throws IOException {
    JsonNode facts = network.facts();
    List<String> doors =
        network.oracles().stream().map(URI::toString).map(url -> url + "/get_auth_data").toList();
    gateway.configure(
        "ai.ratio1.chain",
        Map.of(
            "endpoints", List.of(facts.path("chain").asText()),
            "controller", facts.path("controller").asText()));
    gateway.configure("ai.ratio1.dauth", Map.of("urls", doors, "alias", alias));
    gateway.configure("ai.ratio1.rest", Map.of("alias", alias));
  }

  /** Fills in the form that is there once the node has a session. */
  void beatAsTheNetworkCounts(String alias) throws IOException {
    int beat = network.facts().path("beatMillis").asInt();
    gateway.configure(
        "ai.ratio1.heartbeat", Map.of("alias", alias, "period.ms", beat, "full.ms", 4 * beat));
  }

  /** Buys a deed, has the node consent, and links it; gives the deed. */
  String link() throws Exception {
    JsonNode bought = network.r1("deed", "buy", "--owner", OWNER);
    String deed = bought.path("licences").path(0).asText();
    JsonNode wish =
        JsonNodeFactory.instance
            .objectNode()
            .put("owner", bought.path("owner").asText())
            .put("licence", deed)
            .put(
                "deadline",
                Clock.systemUTC()
                    .instant()
                    .plus(CONSENT)
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString());
    Path consent = Files.createTempFile("consent", ".json");
    try {
      GatewayProcess.Answer given = gateway.post("/v1/link-authorisations", wish);
      if (given.status() != 200) {
        throw new AssertionError("no consent: " + given);
      }
      Files.writeString(consent, given.body().toString());
      network.r1("deed", "link", deed, "--consent", consent.toString());
    } finally {
      Files.delete(consent);
    }
    return deed;
  }

  /** Waits until the gateway calls its node ready, and gives what it says of itself. */
  JsonNode awaitReady() throws Exception {
    try {
      Await.until("a ready node", PATIENCE, () -> gateway.get("/readyz").status() == 200);
    } catch (AssertionError notReady) {
      throw new AssertionError(
          notReady.getMessage() + "; " + gateway.get("/v1/status").body() + "\n" + gateway.said(),
          notReady);
    }
    return status();
  }

  JsonNode status() throws IOException {
    return gateway.get("/v1/status").body();
  }
}

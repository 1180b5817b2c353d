package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The node in the Status view of the web admin, which is the same in Kura 5 and 6. */
interface StatusContract extends InstalledGateway {

  List<String> NODE = List.of("Connection Name", "ai.ratio1.node");
  List<String> OTHER = List.of("Connection Name", "harness.cloud");
  List<String> OTHER_STATUS = List.of("Service Status", "CONNECTED");

  @Test
  default void theStatusViewShowsTheNodeBesideTheClouds() throws Exception {
    List<List<String>> rows = status();
    assertThat(rows).hasSize(10).startsWith(NODE).endsWith(OTHER, OTHER_STATUS);
    assertThat(rows.subList(1, 8))
        .extracting(row -> row.get(0))
        .containsExactly(
            "Broker",
            "Bundles not active",
            "Chain",
            "Epoch",
            "Last certified epoch",
            "Service Status",
            "Session");
    assertThat(rows)
        .contains(
            List.of("Broker", "not connected"),
            List.of("Bundles not active", "0"),
            List.of("Session", "none"));
    assertThat(rows.get(6).get(1)).matches("NOT READY: no session \\(R1-[A-Z]+-[0-9]{3}\\)");
  }

  @Test
  default void whatAStrangerMayWriteIsNotInTheStatusView() throws Exception {
    String alias = "<img src=x onerror=\"document.title='taken'\">";
    configure("ai.ratio1.rest", Map.of("alias", alias));
    Visitor visitor = visitor();
    visitor.logIn();
    Gateway.await(() -> visitor.get("/ratio1-ui/status").body().contains("onerror"));
    assertThat(status())
        .allSatisfy(row -> assertThat(row.get(1)).matches("[A-Za-z0-9 ,:().-]{1,80}"));
  }

  @Test
  default void theStatusViewSaysUnknownWhileTheNodeDoesNotAnswer() throws Exception {
    equinox().bundle("ai.ratio1.rest").stop();
    assertThat(status())
        .contains(
            NODE,
            List.of("Service Status", "unknown"),
            List.of("Session", "unknown"),
            OTHER,
            OTHER_STATUS);
    equinox().bundle("ai.ratio1.rest").start();
    awaitNode();
    assertThat(status()).contains(List.of("Session", "none"));
  }

  @Test
  default void theEntryGoesWithItsBundle() throws Exception {
    equinox().bundle("ai.ratio1.kura-cloud").stop();
    assertThat(status()).containsExactly(OTHER, OTHER_STATUS);
    equinox().bundle("ai.ratio1.kura-cloud").start();
    awaitNode();
    assertThat(status()).contains(NODE, OTHER);
  }

  @Test
  default void nobodyCanConnectOrConfigureTheNodeLikeACloud() throws Exception {
    assertThat(
            equinox().context().getAllServiceReferences(null, "(kura.service.pid=ai.ratio1.node)"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat((String[]) entry.getProperty("objectClass"))
                  .containsExactly("org.eclipse.kura.cloudconnection.CloudEndpoint");
              // A factory may compare it unseen.
              assertThat(entry.getProperty("service.factoryPid")).isEqualTo("ai.ratio1.node");
            });
  }

  @SuppressWarnings("unchecked")
  private List<List<String>> status() throws Exception {
    return ((Callable<List<List<String>>>)
            equinox()
                .awaitMatch("(&(objectClass=java.util.concurrent.Callable)(harness.status=*))"))
        .call();
  }
}

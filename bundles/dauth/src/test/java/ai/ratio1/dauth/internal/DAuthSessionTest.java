package ai.ratio1.dauth.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.dauth.BootStatus.Stage;
import ai.ratio1.dauth.DAuth;
import ai.ratio1.dauth.Role;
import ai.ratio1.dauth.Session;
import ai.ratio1.dauth.internal.core.DAuthError;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.wire.BrokerCredential;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** How a session begins, holds and ends. */
class DAuthSessionTest extends TwoSides {

  @Test
  void anOracleBootsFromTheChainAlone() {
    assertThat(oracle.session().orElseThrow().role()).isEqualTo(Role.ORACLE);
    assertThat(oracle.role()).isEqualTo("ORACLE");
    BrokerAccount account = oracle.access().orElseThrow().account();
    assertThat(
            BrokerCredential.check(
                SECRET.getBytes(StandardCharsets.UTF_8), account.user(), account.password()))
        .contains(BrokerCredential.Role.ORACLE);
    assertThat(door().audience()).isEqualTo(Audience.PUBLIC);
    assertThat(door().path()).isEqualTo("/get_auth_data");
  }

  @Test
  void anOracleWithoutASecretSaysSo() throws Exception {
    chain.link(2, OWNER, node.identity.evmAddress());
    chain.addOracle(node.identity.evmAddress());
    node.boot(Map.of("broker.host", "127.0.0.1"));
    node.awaitCode(DAuthError.NO_ACCOUNT);
    assertThat(node.session()).isEmpty();
  }

  @Test
  void aNodeWithoutADeedStaysOutsideUntilOneIsLinked() throws Exception {
    boot(endpoint.url());
    node.awaitCode(DAuthError.NO_LICENCE);
    assertThat(node.status().stage()).isEqualTo(Stage.REFUSED);
    assertThat(node.session()).isEmpty();
    assertThat(node.access()).isEmpty();
    assertThat(endpoint.requests).hasValue(0);
    node.awaitEvent(NodeEvents.SESSION_REFUSED, Optional.of(DAuthError.NO_LICENCE));

    link();
    chain.mine();
    node.awaitSession();
    assertThat(node.status().stage()).isEqualTo(Stage.AUTHORISED);
    assertThat(node.session().orElseThrow().role()).isEqualTo(Role.EDGE);
    assertThat(node.session().orElseThrow().licence())
        .isEqualTo(new LicenceId(LicenceType.NODE_DEED, 7));
    assertThat(node.role()).isEqualTo("EDGE");
    BrokerAccount account = node.access().orElseThrow().account();
    assertThat(account.user()).isEqualTo(node.identity.address().text());
    assertThat(
            BrokerCredential.check(
                SECRET.getBytes(StandardCharsets.UTF_8), account.user(), account.password()))
        .contains(BrokerCredential.Role.NODE);
    node.awaitEvent(NodeEvents.SESSION_STARTED, Optional.empty());
    oracle.awaitEvent(NodeEvents.PEER_ANSWERED, Optional.empty());
  }

  @Test
  void unlinkBanAndTransferEndTheSessionWithinABlock() throws Exception {
    link();
    // So that it is the block that makes the gate look, and not that it is time to.
    node.boot(Map.of("urls", new String[] {endpoint.url()}, "look.interval.ms", 600_000));
    node.awaitSession();
    chain.unlink(7, OWNER);
    assertThat(node.session()).isPresent();
    chain.mine();
    await(() -> node.session().isEmpty() && node.access().isEmpty());
    node.awaitCode(DAuthError.UNLINKED);
    node.awaitEvent(NodeEvents.SESSION_REFUSED, Optional.of(DAuthError.UNLINKED));

    link();
    chain.mine();
    node.awaitSession();
    chain.unlink(7, BUYER);
    chain.mine();
    await(() -> node.session().isEmpty());
    node.awaitCode(DAuthError.TRANSFERRED);

    chain.link(7, BUYER, node.identity.evmAddress());
    chain.mine();
    node.awaitSession();
    chain.ban(7, BUYER);
    chain.mine();
    await(() -> node.session().isEmpty());
    node.awaitCode(DAuthError.BANNED);
    assertThat(node.status().stage()).isEqualTo(Stage.REFUSED);
  }

  @Test
  void theSessionHoldsWhileTheChainIsAwayOrSwapped() throws Exception {
    begin();
    Object session = node.session().orElseThrow();
    chain.goAway(true);
    chain.mine();
    node.awaitCode(DAuthError.CHAIN_AWAY);
    node.disconnect();
    node.awaitCode(DAuthError.NO_CHAIN);
    assertThat(node.status().stage()).isEqualTo(Stage.AUTHORISED);
    assertThat(node.session()).containsSame((Session) session);
    chain.goAway(false);
    node.connect(chain);
    await(() -> node.status().code().isEmpty());
    assertThat(node.session()).containsSame((Session) session);
    assertThat(chain.listeners()).isEqualTo(2);
  }

  @Test
  void theSessionEndsWhenTheChainIsAwayForLongerThanTheGrace() throws Exception {
    begin();
    chain.goAway(true);
    clock.offset = Duration.ofMinutes(10);
    await(() -> node.session().isEmpty());
    assertThat(node.status().code()).isPresent();
    node.awaitEvent(NodeEvents.SESSION_REFUSED, Optional.of(DAuthError.GRACE_OVER));
  }

  @Test
  void keepsTheLastGoodConfiguration() throws Exception {
    begin();
    node.boot(Map.of("urls", new String[] {"http://oracle.example/get_auth_data"}));
    node.boot(Map.of("urls", new String[] {"ftp://oracle.example/"}));
    node.boot(Map.of("urls", new String[] {endpoint.url()}, "clock.skew.ms", 1));
    chain.mine();
    assertThat(node.session()).isPresent();
  }

  @Test
  void takesEverythingAwayWhenItStops() throws Exception {
    begin();
    ServiceReference<DAuth> dauth = node.framework.context().getServiceReference(DAuth.class);
    assertThat(dauth).isNotNull();
    node.bundle.stop();
    assertThat(node.session()).isEmpty();
    assertThat(node.access()).isEmpty();
    assertThat(chain.listeners()).isEqualTo(1);
    await(() -> gates() == 1);
    node.bundle.start();
    node.awaitSession();
  }

  private static long gates() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("r1-dauth-gate"))
        .count();
  }

  @Test
  void theDoorGoesWithTheSessionOfTheOracle() {
    chain.unlink(1, OWNER);
    chain.mine();
    await(() -> oracle.framework.context().getServiceReference(Door.class) == null);
  }

  @Test
  void countsWhatItDoes() throws Exception {
    boot(endpoint.url());
    node.awaitCode(DAuthError.NO_LICENCE);
    link();
    chain.mine();
    node.awaitSession();
    await(() -> figures(node).contains("r1_dauth_sessions_total 1.0"));
    assertThat(figures(node)).contains("r1_dauth_session_held 1.0");
    assertThat(figures(oracle)).contains("r1_dauth_answers_total 1.0");
  }
}

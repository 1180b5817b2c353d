package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Release;
import ai.ratio1.chain.ReleaseAct;
import ai.ratio1.chain.ReleaseChannel;
import ai.ratio1.chain.ReleaseStatus;
import ai.ratio1.chain.Releases;
import ai.ratio1.chain.internal.contracts.ReleaseRegistry;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A release from its proposal to its revocation on a real chain. */
class ReleasesTripTest {

  private static final Bytes32 NETWORK = Bytes32.parse("07".repeat(32));
  private static final Bytes32 MANIFEST = Bytes32.parse("5a".repeat(32));
  private static final String CHANNEL = "stable/x86_64-generic";
  private static final Duration DELAY = TestNetwork.RELEASE_DELAY;
  private static final List<TestNode> MAINTAINERS = TestNetwork.MAINTAINERS;
  private static final EvmAddress NODE = new TestNode(77).evmAddress();

  private AnvilProcess anvil;
  private TestNetwork network;
  private Account payer;
  private Releases releases;

  @BeforeEach
  void deploy() {
    anvil = AnvilProcess.start();
    network = new TestNetwork(anvil, NETWORK, Duration.ofSeconds(30));
    payer = network.account(5);
    releases = network.connection().releases();
  }

  @AfterEach
  void stop() {
    payer.close();
    network.close();
    anvil.close();
  }

  @Test
  void failsWithACodeOnANetworkWithoutARegistry() {
    try (TestNetwork without =
        new TestNetwork(anvil, TestNetwork.plan(NETWORK, Duration.ofSeconds(30)))) {
      Releases none = without.connection().releases();
      assertThatThrownBy(() -> none.channel(CHANNEL, NODE, List.of()))
          .isInstanceOfSatisfying(
              R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-CHAIN-034"))
          .hasMessageContaining("ReleaseRegistry");
    }
  }

  @Test
  void readsAChannelThatWasNeverUsed() {
    ReleaseChannel channel = releases.channel(CHANNEL, NODE, List.of("factory-7"));
    assertThat(channel.name()).isEqualTo(CHANNEL);
    assertThat(channel.latest()).isEmpty();
    assertThat(channel.usable()).isEmpty();
    assertThat(channel.paused()).isFalse();
    assertThat(channel.rootVersion()).isZero();
    assertThat(channel.nodeConfiguration()).isEmpty();
    assertThat(channel.groupConfigurations()).isEmpty();
    assertThat(channel.block()).isPositive();
    assertThat(releases.release(CHANNEL, 1)).isEmpty();
    assertThat(releases.release(CHANNEL, -1)).isEmpty();
    assertThat(releases.maintainers().members())
        .containsExactlyElementsOf(MAINTAINERS.stream().map(TestNode::evmAddress).toList());
    assertThat(releases.maintainers().threshold()).isEqualTo(3);
    assertThat(releases.maintainers().stopThreshold()).isEqualTo(2);
  }

  @Test
  void publishesAndRevokesARelease() {
    final Release release = publish(1);
    ReleaseChannel channel = releases.channel(CHANNEL, NODE, List.of());
    Release active = withStatus(release, ReleaseStatus.ACTIVE);
    assertThat(channel.latest()).contains(active);
    assertThat(channel.usable()).contains(active);
    assertThat(Duration.between(channel.blockTime(), now())).isLessThan(Duration.ofMinutes(1));

    final Release second = publish(2);
    carryOut(new ReleaseAct.Revocation(CHANNEL, 2, inAnHour()), 2);
    channel = releases.channel(CHANNEL, NODE, List.of());
    assertThat(channel.latest()).contains(withStatus(second, ReleaseStatus.REVOKED));
    assertThat(channel.usable()).contains(active);
    assertThat(releases.release(CHANNEL, 2).map(Release::status)).contains(ReleaseStatus.REVOKED);
  }

  @Test
  void refusesAnActivationBeforeTheTimeLockWithItsReason() {
    approve(release(1), 3);
    assertThatThrownBy(() -> releases.activate(payer, CHANNEL, 1))
        .hasMessageContaining("TimeLocked(");
    approve(release(2), 2);
    later(DELAY);
    assertThatThrownBy(() -> releases.activate(payer, CHANNEL, 2))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-CHAIN-010"))
        .hasMessageContaining("NotApproved()");
    releases.activate(payer, CHANNEL, 1);
  }

  @Test
  void pausesResumesAndWidensTheShare() {
    publish(1);
    carryOut(new ReleaseAct.Pause(CHANNEL, inAnHour()), 2);
    ReleaseChannel paused = releases.channel(CHANNEL, NODE, List.of());
    assertThat(paused.paused()).isTrue();
    assertThat(paused.latest().map(Release::status)).contains(ReleaseStatus.PAUSED);
    ReleaseAct resumption = new ReleaseAct.Resumption(CHANNEL, inAnHour());
    assertThatThrownBy(() -> carryOut(resumption, 2))
        .hasMessageContaining("TooFewSignatures(2, 3)");
    carryOut(resumption, 3);
    carryOut(new ReleaseAct.Rollout(CHANNEL, 1, 7_500, inAnHour()), 3);
    assertThat(releases.release(CHANNEL, 1).map(Release::rolloutBps)).contains(7_500);
    assertThatThrownBy(() -> carryOut(new ReleaseAct.Approval(CHANNEL, release(2), now()), 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void drawsTheShareAsTheContractDoes() {
    EvmAddress registry = registry();
    Release release = publish(1);
    ReleaseRegistry contract = new ContractCalls(rpc()).releaseRegistry(registry);
    int inside = 0;
    for (int i = 1; i <= 60; i++) {
      EvmAddress node = new TestNode(i).evmAddress();
      boolean drawn =
          ContractCalls.read(
              contract.inRollout(node.toHex(), key(), BigInteger.valueOf(release.version())));
      assertThat(releases.includes(CHANNEL, release, node)).isEqualTo(drawn);
      inside += drawn ? 1 : 0;
    }
    assertThat(inside).isBetween(15, 45);
  }

  private static byte[] key() {
    return ai.ratio1.chain.internal.core.ReleaseValues.key(CHANNEL);
  }

  private Release publish(long version) {
    Release release = release(version);
    approve(release, 3);
    later(DELAY);
    releases.activate(payer, CHANNEL, version);
    return release;
  }

  private Release release(long version) {
    return new Release(
        version,
        MANIFEST,
        Bytes32.parse("c1".repeat(32)),
        0,
        now(),
        now().plus(Duration.ofDays(90)),
        5_000,
        ReleaseStatus.PROPOSED);
  }

  private void approve(Release release, int maintainers) {
    ReleaseAct.Approval approval = new ReleaseAct.Approval(CHANNEL, release, inAnHour());
    Bytes32 digest = releases.digest(approval);
    releases.propose(payer, approval, MAINTAINERS.get(0).signRecoverable(digest));
    for (TestNode maintainer : MAINTAINERS.subList(1, maintainers)) {
      releases.approve(payer, approval, maintainer.signRecoverable(digest));
    }
  }

  private void carryOut(ReleaseAct act, int maintainers) {
    Bytes32 digest = releases.digest(act);
    releases.carryOut(
        payer,
        act,
        MAINTAINERS.stream().limit(maintainers).map(key -> key.signRecoverable(digest)).toList());
  }

  private void later(Duration time) {
    anvil.mineAt(now().plus(time).getEpochSecond());
  }

  /** The time of the newest block, as the chain has it. */
  private Instant now() {
    String time = anvil.rpc("eth_getBlockByNumber", "latest", false).get("timestamp").asText();
    return Instant.ofEpochSecond(Long.decode(time));
  }

  private Instant inAnHour() {
    return now().plus(Duration.ofHours(1));
  }

  private static Release withStatus(Release release, ReleaseStatus status) {
    return new Release(
        release.version(),
        release.manifestSha256(),
        release.cidDigest(),
        release.floor(),
        release.notBefore(),
        release.expires(),
        release.rolloutBps(),
        status);
  }

  private EvmAddress registry() {
    ContractCalls calls = new ContractCalls(rpc());
    EvmAddress directory = calls.network(network.controller()).contracts().directory();
    return new ContractDirectory(calls, directory).require("ReleaseRegistry");
  }

  private JsonRpc rpc() {
    return new JsonRpc(
        HttpJsonRpc.to(List.of(anvil.uri()), Duration.ofSeconds(5), 1 << 20), BuildLists.reasons());
  }
}

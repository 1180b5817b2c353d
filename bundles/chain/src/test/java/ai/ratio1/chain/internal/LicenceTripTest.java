package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Attestation;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Entities;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.KeystoreStrength;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deeds that are bought, linked, transferred and banned, on a real chain. */
class LicenceTripTest extends Trip {

  @Test
  void showsTheNetworkItFound() {
    Chain chain = connection.chain();
    assertThat(chain.chainId()).isEqualTo(31337);
    assertThat(chain.networkId()).isEqualTo(NETWORK);
    assertThat(chain.controller()).isEqualTo(network.controller());
    assertThat(chain.schedule()).isEmpty();
    network.begin(genesis);
    assertThat(chain.schedule())
        .contains(
            new EpochSchedule(
                genesis,
                EPOCH,
                Duration.ofMillis(500),
                Duration.ofMillis(125),
                Duration.ofSeconds(3),
                Duration.ofMillis(1500),
                250));
    assertThat(chain.r1Balance(network.owner().address())).isZero();
    assertThat(chain.balance(network.owner().address())).isPositive();
  }

  @Test
  void buysLinksAndUnlinks() {
    List<LicenceId> deeds = network.buy(3);
    assertThat(deeds).extracting(LicenceId::toString).containsExactly("ND-1", "ND-2", "ND-3");
    network.link(deeds.get(1), NODE);

    Licence licence = connection.licences().activeFor(NODE.evmAddress()).orElseThrow();
    assertThat(licence.id()).isEqualTo(deeds.get(1));
    assertThat(licence.owner()).isEqualTo(network.owner().address());
    assertThat(licence.node()).contains(NODE.evmAddress());
    assertThat(licence.linkedSince()).isPresent();
    assertThat(licence.claimed()).isZero();
    assertThat(connection.licences().byId(deeds.get(1))).contains(licence);
    assertThat(connection.licences().all())
        .extracting(Licence::id)
        .containsExactly(deeds.get(0), deeds.get(1), deeds.get(2), GENESIS_DEED);
    assertThat(connection.licences().ownedBy(network.owner().address())).hasSize(3);
    assertThat(connection.licences().ownedBy(NODE.evmAddress())).isEmpty();

    connection.licences().unlink(network.owner(), deeds.get(1));
    assertThat(connection.licences().activeFor(NODE.evmAddress())).isEmpty();
  }

  @Test
  void answersEmptyForALicenceThatIsNotThere() {
    assertThat(connection.licences().byId(new LicenceId(LicenceType.NODE_DEED, 99))).isEmpty();
    assertThat(connection.licences().byId(new LicenceId(LicenceType.MASTER_NODE_DEED, 1)))
        .isEmpty();
    assertThat(connection.licences().all()).extracting(Licence::id).containsExactly(GENESIS_DEED);
  }

  @Test
  void refusesAFrontRunnerWithTheSolidityReason() {
    LicenceId deed = network.buy(1).get(0);
    LinkAuthorisation consent = network.consent(deed, NODE);
    byte[] seen = NODE.signRecoverable(connection.licences().digest(consent));
    assertThatThrownBy(() -> connection.licences().link(network.account(2), consent, seen))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-CHAIN-010"))
        .hasMessageContaining("NotLicenseOwner()");
    connection.licences().link(network.owner(), consent, seen);
  }

  @Test
  void decodesTheArgumentsOfARefusal() {
    assertThatThrownBy(() -> connection.licences().buy(network.owner(), 1, BigInteger.TEN))
        .hasMessageContaining("PriceExceedsMaxAccepted(" + TestNetwork.PRICE + ", 10)");
  }

  @Test
  void theRegistryOfEntitiesSaysWhoMayBuyAndLink() {
    Entities entities = connection.entities();
    EvmAddress stranger = network.account(2).address();
    assertThat(entities.attestor()).contains(TestNetwork.ATTESTOR.evmAddress());
    assertThat(entities.entityOf(stranger)).isEmpty();
    assertThat(entities.usdLimitOf(stranger)).isZero();
    assertThatThrownBy(() -> connection.licences().buy(network.account(2), 1, TestNetwork.PRICE))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-CHAIN-035"))
        .hasMessageContaining(stranger.toString());

    Attestation attestation = network.attestation(stranger);
    byte[] signature = TestNetwork.ATTESTOR.signRecoverable(entities.digest(attestation));
    entities.attest(network.account(3), attestation, signature);
    assertThat(entities.entityOf(stranger)).contains(attestation.entityId());
    assertThat(entities.usdLimitOf(stranger)).isEqualTo(attestation.usdLimit());
    assertThatThrownBy(() -> entities.attest(network.account(3), attestation, signature))
        .hasMessageContaining("InvalidAttestationNonce(1)");

    LicenceId deed = network.buy(1).get(0);
    entities.revoke(network.governance(), network.owner().address());
    assertThat(entities.entityOf(network.owner().address())).isEmpty();
    assertThatThrownBy(() -> network.link(deed, NODE))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-CHAIN-035"));
  }

  @Test
  void anAccountOfThisProcessSignsAttestations(@TempDir Path folder) {
    Entities entities = connection.entities();
    Attestation attestation = network.attestation(network.account(2).address());
    try (Account attestor =
        TestNetwork.connector()
            .accounts()
            .createKeystore(
                folder.resolve("kyc"), "password".toCharArray(), KeystoreStrength.NOMINAL)) {
      connection.administration(network.governance()).nameAttestor(attestor.address());
      byte[] signature = entities.sign(attestor, attestation);
      entities.attest(network.account(2), attestation, signature);
    }
    assertThat(entities.entityOf(attestation.account())).contains(attestation.entityId());
    assertThatThrownBy(() -> entities.sign(network.governance(), attestation))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-CHAIN-012"));
  }

  @Test
  void aFixedPriceExistsOnDevelopmentChainsAlone() {
    try (AnvilProcess other = AnvilProcess.start("--chain-id", "8453")) {
      Account deployer =
          TestNetwork.connector()
              .accounts()
              .external(other.uri(), EvmAddress.parse(AnvilProcess.ACCOUNTS.get(0)));
      NetworkPlan plan =
          NetworkPlan.scaled(
              NETWORK, deployer.address(), EPOCH, EPOCH.dividedBy(60), TestNetwork.PRICE);
      assertThatThrownBy(() -> TestNetwork.connector().deploy(other.uri(), deployer, plan))
          .isInstanceOfSatisfying(
              R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-CHAIN-036"));
    }
  }

  @Test
  void aPurchaseHasADeadline() {
    Instant past = connection.chain().head().timestamp().minusSeconds(1);
    assertThatThrownBy(() -> connection.licences().buy(network.owner(), 1, TestNetwork.PRICE, past))
        .hasMessageContaining("PurchaseExpired(" + past.getEpochSecond() + ")");
  }

  @Test
  void transferAndBanEndTheLink() {
    List<LicenceId> deeds = network.buy(2);
    network.link(deeds.get(0), NODE);
    EvmAddress buyer = network.account(3).address();
    connection.licences().transfer(network.owner(), deeds.get(0), buyer);
    assertThat(connection.licences().activeFor(NODE.evmAddress())).isEmpty();
    assertThat(connection.licences().byId(deeds.get(0)).map(Licence::owner)).contains(buyer);

    network.link(deeds.get(1), NODE);
    connection.administration(network.governance()).ban(deeds.get(1), "spam");
    assertThat(connection.licences().byId(deeds.get(1)).map(Licence::banned)).contains(true);
    assertThat(connection.licences().activeFor(NODE.evmAddress())).isEmpty();
  }

  @Test
  void linksLicencesOfEveryKindAndListsTheirRowsInOrder() {
    LicenceId node = network.buy(1).get(0);
    LicenceId master = masterDeed(new BigInteger("100000000000000000000000"));
    TestNode other = new TestNode(80);
    network.link(master, NODE);
    network.link(node, other);
    assertThat(connection.licences().activeFor(NODE.evmAddress()).map(Licence::id))
        .contains(master);
    assertThat(connection.licences().ownedBy(network.owner().address()))
        .extracting(Licence::id)
        .containsExactly(node, master);
    assertThat(connection.licences().linkNonce(LicenceType.MASTER_NODE_DEED, NODE.evmAddress()))
        .isEqualTo(1);
    assertThat(connection.licences().linkNonce(NODE.evmAddress())).isZero();
    LinkAuthorisation second = network.consent(node, NODE);
    byte[] signature = NODE.signRecoverable(connection.licences().digest(second));
    assertThatThrownBy(() -> connection.licences().link(network.owner(), second, signature))
        .hasMessageContaining("NodeAddressAlreadyRegistered()");

    network.begin(genesis);
    anvil.mineAt(genesis.plus(EPOCH).getEpochSecond() + 1);
    finalise();
    List<RegistryRow> rows = connection.licences().rowsOf(0).orElseThrow();
    assertThat(rows)
        .hasSize(1 + TestNetwork.ORACLES.size() + 1)
        .startsWith(new RegistryRow(node, other.evmAddress()))
        .endsWith(new RegistryRow(master, NODE.evmAddress()));
    assertThat(connection.licences().activeNodes()).contains(NODE.evmAddress(), other.evmAddress());

    connection.administration(network.governance()).ban(master, "spam");
    assertThat(connection.licences().byId(master).map(Licence::banned)).contains(true);
  }
}

package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.client.NodeOperator.Consent;
import ai.ratio1.devnet.DevnetSettings.BrokerKind;
import ai.ratio1.itests.network.Reorganiser.Way;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A running network whose chain takes back blocks that were not final. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReorgIT {

  private static final BigInteger HIGH_PRICE = BigInteger.TEN.pow(22);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path folder;

  private static TestNetwork network;
  private static ChainConnection chain;
  private static Reorganiser reorganiser;

  @BeforeAll
  static void start() {
    network =
        TestNetwork.ready(
            folder.resolve("devnet"), TestNetwork.settings(10, false, BrokerKind.EMBEDDED));
    chain = network.devnet().chain();
    reorganiser = new Reorganiser(network);
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  @ParameterizedTest
  @EnumSource
  @Order(1)
  void aCertificateThatIsTakenBackIsRecordedAgain(Way way) {
    long epoch =
        Await.value(
            "a certificate that is taken back",
            network.schedule().epochLength().multipliedBy(5),
            () -> takeBackCertificate(way, chain.epochs().pendingEpoch()));
    network.assertAgreed(epoch);
    network.assertAgreed(epoch + 1);
    network.licensed().forEach(network::awaitReady);
  }

  /** Possible only after the end of the epoch is final and before its certificate is recorded. */
  private static Optional<Long> takeBackCertificate(Way way, long epoch) {
    boolean over = chain.chain().finalised().timestamp().isAfter(network.schedule().endOf(epoch));
    boolean done =
        over
            && reorganiser.takeBack(
                way,
                () -> chain.epochs().pendingEpoch() == epoch,
                () -> network.oracles().stream().allMatch(oracle -> recordedAt(oracle) >= epoch),
                () -> assertThat(chain.epochs().pendingEpoch()).isEqualTo(epoch));
    return done ? Optional.of(epoch) : Optional.empty();
  }

  private static double recordedAt(String oracle) {
    return network.figure(oracle, "r1_oraclesync_recorded_epoch");
  }

  @Test
  @Order(2)
  void aClaimThatIsTakenBackIsPaidOnceInTheEnd() {
    network.awaitRecorded(1);
    try (Account alice = network.devnet().owners().open("alice")) {
      BigInteger funds = balance(alice);
      reorganiser.takeBack(
          () -> network.claim("edge-1", alice),
          () -> !balance(alice).equals(funds),
          () -> assertThat(balance(alice)).isEqualTo(funds));
      assertThat(network.paid("edge-1")).isZero();
      BigInteger due = network.due("edge-1", network.claim("edge-1", alice));
      assertThat(balance(alice)).isEqualTo(funds.add(due));
      assertThat(network.paid("edge-1")).isEqualTo(due);
    }
  }

  private static BigInteger balance(Account account) {
    return chain.chain().r1Balance(account.address());
  }

  @Test
  @Order(3)
  void aLinkThatIsTakenBackOpensNoDoorForLong() {
    EvmAddress stranger = network.address("stranger");
    try (Account bob = network.devnet().owners().open("bob")) {
      LicenceId deed = chain.licences().buy(bob, 1, HIGH_PRICE).get(0);
      Consent consent = network.consent("stranger", bob, deed);
      reorganiser.takeBack(
          () -> chain.licences().link(bob, consent.authorisation(), consent.signature()),
          ReorgIT::strangerHasASession,
          () -> assertThat(chain.licences().activeFor(stranger)).isEmpty());
      Await.until("the end of the session", PATIENCE, () -> !strangerHasASession());
      assertRows(network.epoch() + 1, network.licensed().size());

      // The same consent is good still: its number was given back as well.
      chain.licences().link(bob, consent.authorisation(), consent.signature());
      network.awaitReady("stranger");
      assertRows(network.epoch() + 1, network.licensed().size() + 1);
    }
  }

  private static boolean strangerHasASession() {
    return network.client("stranger").get("/v1/status").path("session").isObject();
  }

  private static void assertRows(long epoch, int count) {
    network.assertAgreed(epoch);
    for (String oracle : network.oracles()) {
      JsonNode view = network.awaitCertified(oracle, epoch);
      assertThat(view.path("rows")).as(oracle).hasSize(count);
    }
  }

  @Test
  @Order(4)
  void theChainOfOutcomesIsWholeAndNothingCountedTwice() {
    long last = chain.epochs().pendingEpoch() - 1;
    for (long epoch = 0; epoch <= last; epoch++) {
      network.assertAgreed(epoch);
    }
    assertThat(network.paid("edge-2")).isZero();
  }
}

package ai.ratio1.itests.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.apbft.internal.core.Verifier;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedDecision;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.core.ContractValues;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import ai.ratio1.wire.certificate.CertificateHash;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two hundred runs with real signatures in every message: the production verifier accepts what they
 * end in, and so does the controller contract, which records one after the other.
 */
final class RealCertificatesTest {

  private static final int FIRST_SECRET = 1_000;
  private static final Duration EPOCH = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Bytes32 NETWORK = Bytes32.parse("12".repeat(32));
  private static final List<Foe> FOES =
      List.of(Foe.NONE, Foe.EQUIVOCATING, Foe.SILENT, Foe.TWINS, Foe.COLLUDING);

  private AnvilProcess anvil;
  private TestNetwork network;
  private ChainConnection connection;

  @BeforeEach
  void deploy() {
    anvil = AnvilProcess.start("--slots-in-an-epoch", "1", "--accounts", "40");
    network = new TestNetwork(anvil, NETWORK, EPOCH);
    connection = network.connection();
  }

  @AfterEach
  void stop() {
    network.close();
    anvil.close();
  }

  @ParameterizedTest
  @CsvSource({"4, 140", "7, 40", "13, 18", "31, 2"})
  void theContractRecordsWhatOraclesAgreedOn(int oracles, int epochs) {
    begin(oracles, epochs);
    Bytes32 domain = CertificateHash.domain(connection.chain().chainId(), network.controller());
    OracleSet set = connection.oracles().oraclesOf(0);
    for (int epoch = 0; epoch < epochs; epoch++) {
      Keyring keys = new RealKeys(oracles, FIRST_SECRET);
      Ground ground = new Ground(keys, domain, set.configDigest(), epoch, Scale.SMALL);
      assertThat(ground.oracles(oracles)).isEqualTo(set);
      Foe foe = FOES.get(epoch % FOES.size());
      Report report =
          Simulation.run(Scenario.plain(epoch, oracles).with(Weather.LOSSY, foe).with(ground));
      assertThat(report.good()).as(report.line()).isTrue();

      SignedCertificate certificate = report.certificates().get(0);
      assertThat(new Verifier(domain, keys.recoverer()).certificate(certificate, set)).isTrue();
      if (epoch == 0) {
        refusesWhatWasChanged(certificate);
      }
      submit(certificate);
      assertThat(connection.epochs().outcomeHash(epoch))
          .contains(CertificateHash.outcome(certificate.outcome()));
    }
    assertThat(connection.epochs().pendingEpoch()).isEqualTo(epochs);
  }

  @ParameterizedTest
  @CsvSource({"4, 20", "7, 10"})
  void theContractAcceptsWhatOraclesDecided(int oracles, int runs) {
    begin(oracles, 1);
    Bytes32 domain = CertificateHash.domain(connection.chain().chainId(), network.controller());
    OracleSet set = connection.oracles().oraclesOf(0);
    Keyring keys = new RealKeys(oracles, FIRST_SECRET);
    Ground ground = new Ground(keys, domain, set.configDigest(), 0, Scale.SMALL);
    int decided = 0;
    for (long seed = 0; seed < runs; seed++) {
      Foe foe = FOES.get((int) seed % FOES.size());
      Scenario lossy = Scenario.plain(seed, oracles).with(Weather.LOSSY, foe).with(ground);
      Report report = Simulation.run(lossy.deciding());
      assertThat(report.good()).as(report.line()).isTrue();
      for (SignedDecision decision : report.decisions()) {
        assertThat(anvil.rpc("eth_call", question(decision, decision.view()), "latest").asText())
            .isEqualTo("0x");
        assertThatThrownBy(
                () -> anvil.rpc("eth_call", question(decision, decision.view() + 1), "latest"))
            .hasMessageContaining("revert");
        decided++;
      }
    }
    assertThat(decided).isGreaterThan(runs);
  }

  private Map<String, String> question(SignedDecision decision, long view) {
    Controller.DecisionCertificate certificate =
        new Controller.DecisionCertificate(
            decision.configDigest().toArray(),
            decision.topic().toArray(),
            BigInteger.valueOf(decision.sequence()),
            BigInteger.valueOf(view),
            decision.valueHash().toArray());
    String data =
        Controller.getABI_requireDecision(
            certificate,
            ContractValues.unsigned(decision.signers()),
            decision.signatures().stream().map(ContractValues::compact).toList());
    return Map.of("to", network.controller().toString(), "data", data);
  }

  private void begin(int oracles, int epochs) {
    Instant genesis = connection.chain().head().timestamp().plusSeconds(1_000);
    List<TestNode> nodes =
        IntStream.range(0, oracles).mapToObj(i -> new TestNode(FIRST_SECRET + i)).toList();
    network.begin(genesis, nodes);
    anvil.mineAt(genesis.plus(EPOCH.multipliedBy(epochs)).getEpochSecond() + 1);
  }

  private void refusesWhatWasChanged(SignedCertificate genuine) {
    SignedCertificate otherView =
        new SignedCertificate(
            genuine.outcome(), genuine.view() + 1, genuine.signers(), genuine.signatures());
    SignedCertificate fewer =
        new SignedCertificate(
            genuine.outcome(),
            genuine.view(),
            genuine.signers() & (genuine.signers() - 1),
            genuine.signatures().subList(1, genuine.signatures().size()));
    for (SignedCertificate changed : List.of(otherView, fewer)) {
      assertThatThrownBy(() -> anvil.rpc("eth_call", transaction(changed), "latest"))
          .hasMessageContaining("revert");
    }
  }

  private void submit(SignedCertificate certificate) {
    JsonNode hash = anvil.rpc("eth_sendTransaction", transaction(certificate));
    assertThat(receipt(hash).path("status").asText()).isEqualTo("0x1");
  }

  /** Blocks are made at once, but beside the answer. */
  private JsonNode receipt(JsonNode hash) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode receipt = anvil.rpc("eth_getTransactionReceipt", hash.asText());
    while (receipt.isNull() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
      receipt = anvil.rpc("eth_getTransactionReceipt", hash.asText());
    }
    return receipt;
  }

  private Map<String, String> transaction(SignedCertificate certificate) {
    String data =
        Controller.getABI_submitEpoch(
            ContractValues.certificate(certificate),
            ContractValues.unsigned(certificate.signers()),
            certificate.signatures().stream().map(ContractValues::compact).toList());
    return Map.of(
        "from",
        AnvilProcess.ACCOUNTS.get(0),
        "to",
        network.controller().toString(),
        "gas",
        "0x2dc6c0",
        "data",
        data);
  }
}

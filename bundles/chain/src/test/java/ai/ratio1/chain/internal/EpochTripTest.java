package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Attestation;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.Rewards;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.MerkleTree;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From an oracle set and a beacon to the claimed reward, on a real chain. */
class EpochTripTest extends Trip {

  @Test
  void computesTheHashesThatTheContractsCompute() {
    network.begin(genesis);
    SignedCertificate certificate = network.certificate(0, Bytes32.parse("ab".repeat(32)));
    ContractCalls calls = new ContractCalls(rpc());
    var hashes =
        ContractCalls.read(
            calls
                .controller(network.controller())
                .hashesOf(ai.ratio1.chain.internal.core.ContractValues.certificate(certificate)));
    Bytes32 domain = CertificateHash.domain(31337, network.controller());
    assertThat(Bytes32.of(hashes.component1()))
        .isEqualTo(CertificateHash.digest(domain, certificate.outcome(), 0));
    assertThat(Bytes32.of(hashes.component2()))
        .isEqualTo(CertificateHash.outcome(certificate.outcome()));

    LicenceId deed = network.buy(1).get(0);
    LinkAuthorisation consent = network.consent(deed, NODE);
    EvmAddress deeds = calls.network(network.controller()).contracts().nodeDeed();
    byte[] digest =
        ContractCalls.read(
            calls
                .nodeDeed(deeds)
                .linkDigest(
                    consent.owner().toHex(),
                    BigInteger.valueOf(deed.number()),
                    consent.node().toHex(),
                    consent.nonce(),
                    BigInteger.valueOf(consent.deadline().getEpochSecond())));
    assertThat(connection.licences().digest(consent)).isEqualTo(Bytes32.of(digest));

    Attestation attestation = network.attestation(network.owner().address());
    byte[] expected =
        ContractCalls.read(
            calls
                .entities(EvmAddress.parse(ContractCalls.read(calls.nodeDeed(deeds).entities())))
                .attestationDigest(
                    attestation.account().toHex(),
                    attestation.entityId().toArray(),
                    attestation.usdLimit(),
                    attestation.nonce(),
                    BigInteger.valueOf(attestation.deadline().getEpochSecond())));
    assertThat(connection.entities().digest(attestation)).isEqualTo(Bytes32.of(expected));
  }

  @Test
  void keepsTheOracleSetOfEachEpoch() {
    network.begin(genesis);
    var set = connection.oracles().oraclesOf(0);
    assertThat(set.oracles())
        .containsExactlyElementsOf(TestNetwork.ORACLES.stream().map(TestNode::evmAddress).toList());
    assertThat(set.configDigest()).isNotEqualTo(Bytes32.ZERO);
    assertThat(connection.oracles().isOracle(TestNetwork.ORACLES.get(3).evmAddress())).isTrue();
    assertThat(connection.oracles().isOracle(NODE.evmAddress())).isFalse();
    assertThatThrownBy(() -> connection.oracles().oraclesOf(1))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-CHAIN-030"));
  }

  @Test
  void certifiesAnEpochOnceAndPaysTheOwner() {
    LicenceId deed = network.buy(1).get(0);
    network.link(deed, NODE);
    network.begin(genesis);
    BigInteger rate = connection.rewards().rate(LicenceType.NODE_DEED);
    CumulativeReward reward =
        new CumulativeReward(deed, BigInteger.valueOf(255), rate.multiply(BigInteger.valueOf(255)));
    MerkleTree tree = MerkleTree.of(List.of(RewardLeaf.cumulative(reward), NETWORK));
    ClaimProof proof = new ClaimProof(reward, 0, tree.root(), tree.proof(0));
    SignedCertificate certificate = network.certificate(0, tree.root());

    try (NetworkConnection oracle = asOracle(0);
        NetworkConnection other = asOracle(1)) {
      assertThatThrownBy(() -> oracle.epochs().submit(certificate))
          .hasMessageContaining("EpochNotOver(0, " + genesis.plus(EPOCH).getEpochSecond() + ")");
      anvil.mineAt(genesis.plus(EPOCH).getEpochSecond());
      Receipt receipt = oracle.epochs().submit(certificate).orElseThrow();
      assertThat(receipt.gasUsed()).isLessThan(BigInteger.valueOf(170_000));
      assertThat(other.epochs().submit(certificate)).isEmpty();
      assertThat(other.epochs().pendingEpoch()).isEqualTo(1);
      assertThat(other.epochs().cumulativeRoot()).isEqualTo(tree.root());
      assertThat(other.epochs().outcomeHash(0))
          .contains(CertificateHash.outcome(certificate.outcome()));
      assertThat(other.epochs().outcomeHash(1)).isEmpty();
    }
    assertThat(connection.rewards().claimable(proof)).isEqualTo(rate);
    Receipt claim = connection.rewards().claim(network.account(5), proof);
    assertThat(claim.gasUsed()).isLessThan(BigInteger.valueOf(120_000));
    assertThat(connection.chain().r1Balance(network.owner().address())).isEqualTo(rate);
    assertThat(connection.rewards().claimable(proof)).isZero();
    assertThat(connection.licences().byId(deed).map(Licence::claimed)).contains(rate);
    assertThatThrownBy(() -> connection.rewards().claim(network.account(5), proof))
        .hasMessageContaining("NothingToClaim");
  }

  @Test
  void refusesToSubmitWithoutANodeKey() {
    network.begin(genesis);
    SignedCertificate certificate = network.certificate(0, NETWORK);
    assertThatThrownBy(() -> connection.epochs().submit(certificate))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-CHAIN-031"));
  }

  @Test
  void aBeaconIsKnownWhenFinalBlocksDecideIt() {
    assertThat(connection.epochs().beacon(0)).isEmpty();
    network.begin(genesis);
    finalise();
    Bytes32 digest = connection.oracles().oraclesOf(0).configDigest();
    assertThat(connection.epochs().beacon(0)).contains(beacon(digest, 0, Bytes32.ZERO));
    assertThat(connection.epochs().beacon(1)).isEmpty();

    anvil.mineAt(genesis.plus(EPOCH).getEpochSecond());
    SignedCertificate certificate = network.certificate(0, NETWORK);
    try (NetworkConnection oracle = asOracle(0)) {
      oracle.epochs().submit(certificate);
    }
    assertThat(connection.epochs().beacon(2)).as("the record is not final yet").isEmpty();
    finalise();
    assertThat(connection.epochs().beacon(2))
        .contains(beacon(digest, 2, CertificateHash.outcome(certificate.outcome())));
    assertThat(connection.epochs().beacon(3)).isEmpty();
  }

  @Test
  void rowsAreKnownWhenTheEndOfTheEpochIsFinal() {
    List<LicenceId> deeds = network.buy(3);
    network.link(deeds.get(0), NODE);
    network.link(deeds.get(1), new TestNode(78));
    network.begin(genesis);
    anvil.mineAt(genesis.getEpochSecond() + 1);
    connection.licences().unlink(network.owner(), deeds.get(1));
    network.link(deeds.get(2), new TestNode(79));
    assertThat(connection.licences().rowsOf(0)).isEmpty();

    anvil.mineAt(genesis.plus(EPOCH).getEpochSecond() + 1);
    finalise();
    Optional<List<RegistryRow>> rows = connection.licences().rowsOf(0);
    assertThat(rows.orElseThrow().get(0))
        .isEqualTo(new RegistryRow(deeds.get(0), NODE.evmAddress()));
    assertThat(rows.orElseThrow())
        .extracting(RegistryRow::licence)
        .doesNotContain(deeds.get(1), deeds.get(2))
        .hasSize(1 + TestNetwork.ORACLES.size());
    assertThat(connection.licences().rowsOf(1)).isEmpty();
  }

  @Test
  void knowsTheRateOfEveryKindOfLicence() {
    LicenceId master = masterDeed(new BigInteger("100000000000000000000000"));
    Rewards rewards = connection.rewards();
    BigInteger ofNodeDeeds = new BigInteger("1458508188386985115");
    assertThat(rewards.rate(new LicenceId(LicenceType.NODE_DEED, 7), 9)).isEqualTo(ofNodeDeeds);
    assertThat(rewards.rate(LicenceType.NODE_DEED)).isEqualTo(ofNodeDeeds);
    assertThat(rewards.rate(GENESIS_DEED, 3)).isEqualTo(new BigInteger("128112827457534246575342"));
    assertThat(rewards.rate(master, 209)).isZero();
    assertThat(rewards.rate(master, 210 + 459)).isEqualTo(new BigInteger("257647737001977445658"));
    assertThatThrownBy(() -> rewards.rate(LicenceType.MASTER_NODE_DEED))
        .isInstanceOf(R1Exception.class);
  }

  private static Bytes32 beacon(Bytes32 configDigest, long epoch, Bytes32 outcome) {
    return new AbiWords().bytes32(configDigest).uint(epoch).bytes32(outcome).hash();
  }
}

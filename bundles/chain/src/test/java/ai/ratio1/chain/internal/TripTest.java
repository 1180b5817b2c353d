package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Attestation;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.Entities;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.KeystoreStrength;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.Rewards;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.internal.contracts.MasterDeed;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.MerkleTree;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From deed to claimed reward on a real chain, with the transactions mined at once. */
class TripTest {

  private static final Duration EPOCH = Duration.ofSeconds(30);
  private static final Bytes32 NETWORK = Bytes32.parse("07".repeat(32));
  private static final TestNode NODE = new TestNode(77);
  private static final LicenceId GENESIS_DEED = new LicenceId(LicenceType.GENESIS_NODE_DEED, 1);

  private AnvilProcess anvil;
  private TestNetwork network;
  private ChainConnection connection;
  private Instant genesis;

  @BeforeEach
  void deploy() {
    anvil = AnvilProcess.start("--slots-in-an-epoch", "1");
    network = new TestNetwork(anvil, NETWORK, EPOCH);
    connection = network.connection();
    genesis = connection.chain().head().timestamp().plusSeconds(100);
  }

  @AfterEach
  void stop() {
    network.close();
    anvil.close();
  }

  @Test
  void deploysInLessThanASecond() {
    long begin = System.nanoTime();
    new TestNetwork(anvil, NETWORK, EPOCH).close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

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
    anvil.finalise();
    Bytes32 digest = connection.oracles().oraclesOf(0).configDigest();
    awaitFinal(connection.chain().head().timestamp());
    assertThat(connection.epochs().beacon(0)).contains(beacon(digest, 0, Bytes32.ZERO));
    assertThat(connection.epochs().beacon(1)).isEmpty();

    anvil.mineAt(genesis.plus(EPOCH).getEpochSecond());
    SignedCertificate certificate = network.certificate(0, NETWORK);
    try (NetworkConnection oracle = asOracle(0)) {
      oracle.epochs().submit(certificate);
    }
    assertThat(connection.epochs().beacon(2)).as("the record is not final yet").isEmpty();
    anvil.finalise();
    awaitFinal(genesis.plus(EPOCH));
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
    anvil.finalise();
    awaitFinal(genesis.plus(EPOCH).plusSeconds(1));
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
    anvil.finalise();
    awaitFinal(genesis.plus(EPOCH).plusSeconds(1));
    List<RegistryRow> rows = connection.licences().rowsOf(0).orElseThrow();
    assertThat(rows)
        .hasSize(1 + TestNetwork.ORACLES.size() + 1)
        .startsWith(new RegistryRow(node, other.evmAddress()))
        .endsWith(new RegistryRow(master, NODE.evmAddress()));
    assertThat(connection.licences().activeNodes()).contains(NODE.evmAddress(), other.evmAddress());

    connection.administration(network.governance()).ban(master, "spam");
    assertThat(connection.licences().byId(master).map(Licence::banned)).contains(true);
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

  /** Gives the owner a Master deed. */
  private LicenceId masterDeed(BigInteger assigned) {
    EvmAddress contract =
        new ContractCalls(rpc()).network(network.controller()).contracts().masterDeed();
    String data = MasterDeed.getABI_addLicense(network.owner().address().toHex(), assigned);
    ((NetworkConnection) connection)
        .sender()
        .send(SigningAccount.of(network.governance()), contract, data);
    return new LicenceId(LicenceType.MASTER_NODE_DEED, 1);
  }

  private void awaitFinal(Instant moment) {
    Await.until(
        "final at " + moment,
        Duration.ofSeconds(5),
        () -> !connection.chain().finalised().timestamp().isBefore(moment));
  }

  private static Bytes32 beacon(Bytes32 configDigest, long epoch, Bytes32 outcome) {
    return new AbiWords().bytes32(configDigest).uint(epoch).bytes32(outcome).hash();
  }

  private JsonRpc rpc() {
    return new JsonRpc(
        HttpJsonRpc.to(List.of(anvil.uri()), Duration.ofSeconds(5), 1 << 20), BuildLists.reasons());
  }

  /** A connection of a running oracle, whose key has funds. */
  private NetworkConnection asOracle(int index) {
    TestNode key = TestNetwork.ORACLES.get(index);
    anvil.rpc("anvil_setBalance", key.evmAddress().toHex(), "0xde0b6b3a7640000");
    ChainOptions options =
        ChainOptions.of(List.of(anvil.uri()), network.controller(), Duration.ofMillis(100));
    return NetworkConnection.open(
        options, Web3jChainConnector.poller(), () -> Optional.of(key), any -> {});
  }
}

package ai.ratio1.chain.internal;

import static ai.ratio1.chain.internal.Codes.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Accounts;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.Entities;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.KeystoreStrength;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.Releases;
import ai.ratio1.chain.Rewards;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.web3j.protocol.core.Request;

/** The component in a framework, where this bundle and the wrapped web3j see only their imports. */
@Timeout(60)
class ChainComponentOSGiTest {

  private static final Duration EPOCH = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Bytes32 ID = Bytes32.parse("07".repeat(32));
  private static final Bytes32 OTHER_ID = Bytes32.parse("08".repeat(32));
  private static final TestNode ORACLE = TestNetwork.ORACLES.get(0);
  private static final TestNode NODE = new TestNode(77);
  private static final Class<?>[] SERVICES = {
    Chain.class,
    OracleRegistry.class,
    Licences.class,
    Rewards.class,
    Releases.class,
    EpochLedger.class,
    Accounts.class
  };

  @TempDir private static Path folder;
  private static final PostedEvents EVENTS = new PostedEvents();
  private static AnvilProcess anvil;
  private static TestNetwork network;
  private static Instant genesis;
  private static TestFramework framework;

  private FaultyEndpoint endpoint;

  @BeforeAll
  static void start() throws Exception {
    anvil = AnvilProcess.start("--slots-in-an-epoch", "1");
    network = new TestNetwork(anvil, ID, EPOCH);
    network.link(network.buy(2).get(0), NODE);
    genesis = network.connection().chain().head().timestamp().plusSeconds(100);
    network.begin(genesis);
    anvil.rpc("anvil_setBalance", ORACLE.evmAddress().toHex(), "0xde0b6b3a7640000");
    framework = new TestFramework(folder);
    framework.context().registerService(NodeIdentity.class, ORACLE, null);
    framework.context().registerService(EventAdmin.class, EVENTS, null);
  }

  @AfterAll
  static void stop() throws Exception {
    framework.close();
    network.close();
    anvil.close();
  }

  @BeforeEach
  void open() {
    endpoint = FaultyEndpoint.before(anvil.uri());
    EVENTS.all.clear();
  }

  @AfterEach
  void close() throws Exception {
    framework.takeConfigurationAway();
    endpoint.close();
  }

  @Test
  void theBundlesHaveClassLoadersOfTheirOwn() throws Exception {
    Class<?> inside = framework.bundle.loadClass(Request.class.getName());
    assertThat(inside).isNotSameAs(Request.class);
    assertThat(FrameworkUtil.getBundle(inside)).isSameAs(framework.wrap);
    assertThat(framework.bundle.loadClass(ChainComponent.class.getName()))
        .isNotSameAs(ChainComponent.class);
    assertThat(framework.bundle.loadClass(Chain.class.getName())).isSameAs(Chain.class);
  }

  @Test
  void everyServiceWorksBetweenTheClassLoadersOfBundles() throws Exception {
    framework.configure(settings());
    Licences licences = framework.service(Licences.class);
    LicenceId first = new LicenceId(LicenceType.NODE_DEED, 1);
    LicenceId second = new LicenceId(LicenceType.NODE_DEED, 2);
    assertThat(FrameworkUtil.getBundle(licences.getClass())).isSameAs(framework.bundle);
    List<Licence> owned = licences.ownedBy(network.owner().address());
    assertThat(owned).extracting(Licence::id).containsExactly(first, second);
    LicenceId genesisDeed = new LicenceId(LicenceType.GENESIS_NODE_DEED, 1);
    assertThat(licences.all()).hasSize(2 + TestNetwork.ORACLES.size() + 1).containsAll(owned);
    assertThat(licences.all()).extracting(Licence::id).endsWith(genesisDeed);
    assertThat(framework.service(Entities.class).entityOf(network.owner().address())).isPresent();
    assertThat(licences.activeFor(NODE.evmAddress()).map(Licence::id)).contains(first);
    assertThat(licences.byId(new LicenceId(LicenceType.NODE_DEED, 99))).isEmpty();
    assertThat(licences.price()).isEqualTo(TestNetwork.PRICE);
    assertThat(framework.service(OracleRegistry.class).oraclesOf(0))
        .isEqualTo(network.connection().oracles().oraclesOf(0));
    assertThat(framework.service(OracleRegistry.class).isOracle(ORACLE.evmAddress())).isTrue();
    assertThat(framework.service(Chain.class).schedule())
        .isEqualTo(network.connection().chain().schedule());

    epochEnds();
    Await.until("the epoch is final", PATIENCE, () -> licences.rowsOf(0).isPresent());
    assertThat(licences.rowsOf(0).orElseThrow())
        .startsWith(new RegistryRow(first, NODE.evmAddress()))
        .hasSize(1 + TestNetwork.ORACLES.size());
    assertThat(licences.activeNodes())
        .contains(NODE.evmAddress(), ORACLE.evmAddress())
        .hasSize(1 + TestNetwork.ORACLES.size());
    certifiesAndPays(first);
    signsAndLinks(licences, second);
  }

  private void epochEnds() {
    anvil.mineAt(genesis.getEpochSecond());
    anvil.mineAt(genesis.plus(EPOCH).getEpochSecond() + 1);
    anvil.finalise();
  }

  private void certifiesAndPays(LicenceId deed) {
    Rewards rewards = framework.service(Rewards.class);
    EpochLedger ledger = framework.service(EpochLedger.class);
    BigInteger rate = rewards.rate(LicenceType.NODE_DEED);
    BigInteger credits = BigInteger.valueOf(255);
    CumulativeReward reward = new CumulativeReward(deed, credits, rate.multiply(credits));
    MerkleTree tree = MerkleTree.of(List.of(RewardLeaf.cumulative(reward), ID));
    SignedCertificate certificate = network.certificate(0, tree.root());
    assertThat(ledger.payer()).isEqualTo(ORACLE.evmAddress());
    assertThat(ledger.submit(certificate)).isPresent();
    assertThat(ledger.submit(certificate)).as("recorded already").isEmpty();
    assertThat(ledger.outcomeHash(0)).contains(CertificateHash.outcome(certificate.outcome()));
    assertThat(ledger.beacon(0)).isPresent();

    ClaimProof proof = new ClaimProof(reward, 0, tree.root(), tree.proof(0));
    Account payer =
        framework.service(Accounts.class).external(anvil.uri(), network.owner().address());
    assertThat(rewards.claimable(proof)).isEqualTo(rate);
    rewards.claim(payer, proof);
    assertThat(framework.service(Chain.class).r1Balance(network.owner().address())).isEqualTo(rate);
    assertFails("010", () -> rewards.claim(payer, proof)).hasMessageContaining("NothingToClaim");
  }

  private void signsAndLinks(Licences licences, LicenceId deed) {
    Accounts accounts = framework.service(Accounts.class);
    Path file = folder.resolve("wallet");
    Account buyer = accounts.createKeystore(file, "password".toCharArray(), KeystoreStrength.LIGHT);
    assertThat(accounts.keystore(file, "password".toCharArray()).address())
        .isEqualTo(buyer.address());
    assertFails("021", () -> accounts.keystore(file, "passwort".toCharArray()));
    assertFails("012", () -> licences.unlink(network.owner(), deed));

    Account owner = accounts.external(anvil.uri(), network.owner().address());
    licences.transfer(owner, deed, buyer.address());
    anvil.rpc("anvil_setBalance", buyer.address().toHex(), "0xde0b6b3a7640000");
    network.attest(buyer.address());
    TestNode node = new TestNode(78);
    LinkAuthorisation consent =
        new LinkAuthorisation(
            buyer.address(),
            deed,
            node.evmAddress(),
            licences.linkNonce(node.evmAddress()),
            framework.service(Chain.class).head().timestamp().plusSeconds(3600));
    licences.link(buyer, consent, node.signRecoverable(licences.digest(consent)));
    anvil.finalise();
    Await.until(
        "the event of the link was read",
        PATIENCE,
        () -> licences.activeNodes().contains(node.evmAddress()));
    assertFails("010", () -> licences.buy(buyer, 1, TestNetwork.PRICE))
        .hasMessageContaining("ERC20InsufficientBalance(");
  }

  @Test
  void servicesAppearWhenTheEndpointAnswersAndTheControllerIsThere() throws Exception {
    endpoint.always(FaultyEndpoint.loseRequest());
    framework.configure(settings());
    Await.until("it tries again", PATIENCE, () -> endpoint.asked("eth_chainId") > 2);
    assertNothingOffered();
    endpoint.always(
        call ->
            (call.method().equals("eth_call")
                    ? FaultyEndpoint.result("\"0x\"")
                    : FaultyEndpoint.pass())
                .meet(call));
    Await.until("it looks for the controller", PATIENCE, () -> endpoint.asked("eth_call") > 0);
    assertNothingOffered();
    assertThat(metric("r1_chain_connected")).isZero();
    endpoint.heal();
    for (Class<?> service : SERVICES) {
      framework.service(service);
    }
    awaitConnected();
    Chain chain = framework.service(Chain.class);
    Await.until("the head", PATIENCE, () -> metric("r1_chain_head_block") == chain.head().number());
  }

  @Test
  void anOutageTakesNoServiceAway() throws Exception {
    framework.configure(settings());
    Chain chain = framework.service(Chain.class);
    awaitConnected();
    endpoint.refuse();
    Await.until("it is noticed", PATIENCE, () -> metric("r1_chain_connected") == 0);
    assertThat(framework.service(Chain.class)).isSameAs(chain);
    assertFails("001", () -> chain.balance(ORACLE.evmAddress()));
    endpoint.listenAgain();
    awaitConnected();
    assertThat(chain.balance(ORACLE.evmAddress())).isPositive();
  }

  @Test
  void withoutConfigurationThereAreNeitherServicesNorThreads() throws Exception {
    Set<Thread> before = threads();
    framework.configure(settings());
    Licences licences = framework.service(Licences.class);
    framework.takeConfigurationAway();
    Await.until("its threads end", PATIENCE, () -> before.containsAll(threads()));
    assertFails("001", licences::all);
    framework.configure(settings());
    assertThat(framework.service(Licences.class)).isNotSameAs(licences);
  }

  @Test
  void settingsThatAreNotValidChangeNothing() throws Exception {
    framework.configure(settings());
    Chain chain = framework.service(Chain.class);
    Map<String, Object> bad =
        Map.of(
            "endpoints", new String[] {"ftp://127.0.0.1/"},
            "controller", "0x12",
            "poll.interval.ms", 49,
            "request.timeout.ms", 60_001,
            "answer.maximum.bytes", 100,
            "transaction.replace.ms", 0,
            "transaction.timeout.ms", 3_600_001,
            "balance.alarm.wei", -1L);
    for (Map.Entry<String, Object> one : bad.entrySet()) {
      Map<String, Object> changed = settings();
      changed.put(one.getKey(), one.getValue());
      changed.put("marker", one.getKey());
      framework.configure(changed);
      Await.until("it has seen " + one, PATIENCE, () -> one.getKey().equals(marker()));
      assertThat(framework.service(Chain.class)).as(one.getKey()).isSameAs(chain);
    }
    assertThat(chain.balance(ORACLE.evmAddress())).isPositive();
  }

  @Test
  void settingsThatAreNotValidAtFirstWaitForBetterOnes() throws Exception {
    Map<String, Object> bad = settings();
    bad.put("endpoints", new String[0]);
    bad.put("marker", "bad");
    framework.configure(bad);
    Await.until("it has seen them", PATIENCE, () -> "bad".equals(marker()));
    assertNothingOffered();
    framework.configure(settings());
    assertThat(framework.service(Chain.class).networkId()).isEqualTo(ID);
  }

  @Test
  void otherSettingsConnectAnew() throws Exception {
    framework.configure(settings());
    Chain chain = framework.service(Chain.class);
    awaitConnected();
    Await.until("its balance", PATIENCE, () -> metric("r1_chain_payer_balance_wei") > 0);
    try (FaultyEndpoint other = FaultyEndpoint.before(anvil.uri())) {
      Map<String, Object> changed = settings();
      changed.put("endpoints", new String[] {other.uri().toString()});
      framework.configure(changed);
      Await.until("another chain", PATIENCE, () -> framework.service(Chain.class) != chain);
      // Whatever else the old connection asked last may still be counted.
      int asked = endpoint.asked("eth_getBalance");
      assertThat(framework.service(Chain.class).balance(ORACLE.evmAddress())).isPositive();
      assertThat(other.asked("eth_getBalance")).isPositive();
      assertThat(endpoint.asked("eth_getBalance")).isEqualTo(asked);
      framework.takeConfigurationAway();
    }
  }

  @Test
  void aLowBalanceIsAnEvent() throws Exception {
    Map<String, Object> settings = settings();
    settings.put("balance.alarm.wei", Long.MAX_VALUE);
    framework.configure(settings);
    Await.until("the event", PATIENCE, () -> !EVENTS.all.isEmpty());
    Event event = EVENTS.all.get(0);
    assertThat(event.getTopic()).isEqualTo(NodeEvents.BALANCE_LOW);
    assertThat(event.getProperty(NodeEvents.CODE)).isEqualTo("R1-CHAIN-013");
    assertThat(event.getProperty(NodeEvents.SUBJECT)).isEqualTo(ORACLE.evmAddress().toHex());
    assertThat((String) event.getProperty(NodeEvents.MESSAGE)).contains(" wei.");
    assertThat(metric("r1_chain_payer_balance_wei")).isPositive();
  }

  @Test
  void theDataOfAnotherNetworkAreNotUsed() throws Exception {
    Path file = folder.resolve("chain").resolve("network");
    framework.configure(settings());
    framework.service(Chain.class);
    assertThat(file).hasContent(ID.toHex());
    framework.takeConfigurationAway();
    Files.writeString(file, OTHER_ID.toHex());
    int asked = endpoint.asked("eth_chainId");
    framework.configure(settings());
    Await.until("it tried", PATIENCE, () -> endpoint.asked("eth_chainId") > asked + 1);
    assertNothingOffered();
    assertThat(file).hasContent(OTHER_ID.toHex());
    Files.writeString(file, ID.toHex());
    assertThat(framework.service(Chain.class).networkId()).isEqualTo(ID);
  }

  private static void assertNothingOffered() {
    assertThat(framework.offered()).containsExactly(MetricSource.class.getName());
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("endpoints", new String[] {endpoint.uri().toString()});
    settings.put("controller", network.controller().toHex());
    settings.put("poll.interval.ms", 50);
    return settings;
  }

  private static Object marker() {
    var reference = framework.context().getServiceReference(MetricSource.class);
    return reference == null ? null : reference.getProperty("marker");
  }

  /** The services come a moment before the figures of their connection. */
  private static void awaitConnected() {
    Await.until("connected", PATIENCE, () -> metric("r1_chain_connected") == 1);
  }

  private static double metric(String name) {
    return framework.service(MetricSource.class).metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElseThrow();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("r1-chain"))
        .collect(Collectors.toSet());
  }
}

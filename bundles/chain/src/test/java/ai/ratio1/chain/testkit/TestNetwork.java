package ai.ratio1.chain.testkit;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Attestation;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.ChainSettings;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.evm.Keccak256;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;

/**
 * A network on a development chain, as the devnet makes it: contracts, four oracles whose keys the
 * test knows, deeds, links. Account 0 of anvil deploys and governs, account 1 owns deeds, accounts
 * 6 to 9 and then 4 own the oracles' deeds.
 */
public final class TestNetwork implements AutoCloseable {

  /** Price of a deed, in 10⁻¹⁸ R1. */
  public static final BigInteger PRICE = new BigInteger("100000000000000000000");

  /** The oracles, in the order of the registry. */
  public static final List<TestNode> ORACLES =
      IntStream.range(0, 4).mapToObj(i -> new TestNode(1_000 + i)).toList();

  /** Says that an entity stands behind an account. */
  public static final TestNode ATTESTOR = new TestNode(2_000);

  /** Who may release software: three of them, two to stop it. */
  public static final List<TestNode> MAINTAINERS =
      IntStream.range(0, 4).mapToObj(i -> new TestNode(500 + i)).toList();

  /** Time-lock of releases. */
  public static final Duration RELEASE_DELAY = Duration.ofDays(1);

  private static final List<Integer> ORACLE_OWNERS = List.of(6, 7, 8, 9, 4);

  private final ChainConnector connector = connector();
  private final AnvilProcess anvil;
  private final EvmAddress controller;
  private final Account governance;
  private final Account owner;
  private final ChainConnection connection;

  /** Deploys all contracts on a chain with epochs of the given length, and connects. */
  public TestNetwork(AnvilProcess anvil, Bytes32 networkId, Duration epoch) {
    this(anvil, plan(networkId, epoch).withReleases(releases()));
  }

  /** Deploys what is planned, and connects. Account 0 must govern. */
  public TestNetwork(AnvilProcess anvil, NetworkPlan plan) {
    this.anvil = anvil;
    this.governance = account(0);
    this.owner = account(1);
    this.controller = connector.deploy(anvil.uri(), governance, plan);
    this.connection = connect();
    connection.administration(governance).nameAttestor(ATTESTOR.evmAddress());
    attest(owner.address());
  }

  /** A network that account 0 governs, without a release registry. */
  public static NetworkPlan plan(Bytes32 networkId, Duration epoch) {
    EvmAddress governance = EvmAddress.parse(AnvilProcess.ACCOUNTS.get(0));
    return NetworkPlan.scaled(networkId, governance, epoch, epoch.dividedBy(60), PRICE);
  }

  private static NetworkPlan.ReleaseTerms releases() {
    List<EvmAddress> maintainers = MAINTAINERS.stream().map(TestNode::evmAddress).toList();
    return new NetworkPlan.ReleaseTerms(maintainers, 3, 2, RELEASE_DELAY, Duration.ofMinutes(1));
  }

  /** The implementation that programs without a framework find. */
  public static ChainConnector connector() {
    return ServiceLoader.load(ChainConnector.class).findFirst().orElseThrow();
  }

  /** Another connection to the same network. */
  public ChainConnection connect() {
    return connector.connect(
        new ChainSettings(List.of(anvil.uri()), controller, Duration.ofMillis(100)));
  }

  /** One of anvil's accounts; anvil signs. */
  public Account account(int index) {
    String address =
        index < AnvilProcess.ACCOUNTS.size()
            ? AnvilProcess.ACCOUNTS.get(index)
            : anvil.rpc("eth_accounts").get(index).asText();
    return connector.accounts().external(anvil.uri(), EvmAddress.parse(address));
  }

  /** Gives each of the four oracles a deed, announces them and schedules epoch 0. */
  public void begin(Instant genesis) {
    begin(genesis, ORACLES);
  }

  /**
   * The same with other oracles, each with an owner of its own among anvil's accounts; {@code
   * --accounts} asks for more than the ten that are enough for five oracles.
   */
  public void begin(Instant genesis, List<TestNode> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      int owner = i < ORACLE_OWNERS.size() ? ORACLE_OWNERS.get(i) : i + ORACLE_OWNERS.size();
      try (Account operator = account(owner)) {
        attest(operator.address());
        link(operator, buy(operator, 1).get(0), nodes.get(i));
      }
    }
    List<EvmAddress> oracles = nodes.stream().map(TestNode::evmAddress).toList();
    connection.administration(governance).announceOracles(oracles);
    connection.administration(governance).scheduleGenesis(genesis);
  }

  /** Records that an entity of its own stands behind an account. */
  public void attest(EvmAddress account) {
    Attestation attestation = attestation(account);
    byte[] signature = ATTESTOR.signRecoverable(connection.entities().digest(attestation));
    connection.entities().attest(governance, attestation, signature);
  }

  /** What the attestor would sign about an account, good for an hour of chain time. */
  public Attestation attestation(EvmAddress account) {
    return new Attestation(
        account,
        Keccak256.of(account.toArray()),
        BigInteger.valueOf(1_000_000),
        connection.entities().attestationNonce(account),
        anHourFromNow());
  }

  /** Buys deeds for the owner with R1 from the faucet. */
  public List<LicenceId> buy(int count) {
    return buy(owner, count);
  }

  /** Links a licence of the owner to a node. */
  public void link(LicenceId licence, TestNode node) {
    link(owner, licence, node);
  }

  /** What a node would sign to be linked by the owner, good for an hour of chain time. */
  public LinkAuthorisation consent(LicenceId licence, TestNode node) {
    return consent(owner, licence, node);
  }

  private List<LicenceId> buy(Account buyer, int count) {
    BigInteger cost = PRICE.multiply(BigInteger.valueOf(count));
    connection.administration(governance).mintForDevelopment(buyer.address(), cost);
    return connection.licences().buy(buyer, count, PRICE);
  }

  private void link(Account holder, LicenceId licence, TestNode node) {
    LinkAuthorisation consent = consent(holder, licence, node);
    byte[] signature = node.signRecoverable(connection.licences().digest(consent));
    connection.licences().link(holder, consent, signature);
  }

  private LinkAuthorisation consent(Account holder, LicenceId licence, TestNode node) {
    return new LinkAuthorisation(
        holder.address(),
        licence,
        node.evmAddress(),
        connection.licences().linkNonce(licence.type(), node.evmAddress()),
        anHourFromNow());
  }

  private Instant anHourFromNow() {
    return connection.chain().head().timestamp().plus(Duration.ofHours(1));
  }

  /** A certificate of the first three oracles. */
  public SignedCertificate certificate(long epoch, Bytes32 cumulativeRoot) {
    EpochOutcome outcome =
        new EpochOutcome(
            connection.oracles().oraclesOf(epoch).configDigest(),
            epoch,
            0xf,
            0,
            250,
            1,
            Bytes32.ZERO,
            Bytes32.ZERO,
            Bytes32.ZERO,
            cumulativeRoot,
            Bytes32.ZERO,
            Bytes32.ZERO);
    Bytes32 domain = CertificateHash.domain(connection.chain().chainId(), controller);
    Bytes32 digest = CertificateHash.digest(domain, outcome, 0);
    List<byte[]> signatures =
        ORACLES.stream().limit(3).map(oracle -> oracle.signRecoverable(digest)).toList();
    return new SignedCertificate(outcome, 0, 0b111, signatures);
  }

  /** The connection. */
  public ChainConnection connection() {
    return connection;
  }

  /** Address of the controller. */
  public EvmAddress controller() {
    return controller;
  }

  /** Deploys and governs. */
  public Account governance() {
    return governance;
  }

  /** Owns deeds. */
  public Account owner() {
    return owner;
  }

  @Override
  public void close() {
    connection.close();
    governance.close();
    owner.close();
  }
}

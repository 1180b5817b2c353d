package ai.ratio1.devnet;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.Deployment;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.NetworkAdministration;
import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.client.NodeClient;
import ai.ratio1.client.NodeOperator;
import ai.ratio1.devnet.deployment.AddressesFile;
import ai.ratio1.launcher.NodeFolder;
import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Founds the network of a devnet: contracts, owners, deeds, links, oracles, genesis. What a real
 * network takes weeks for, by the same transactions.
 */
final class Founding implements AutoCloseable {

  private static final BigInteger R1 = BigInteger.TEN.pow(18);
  private static final BigInteger DEED_PRICE = R1.multiply(BigInteger.valueOf(500));
  private static final BigInteger OWNER_FUNDS = R1.multiply(BigInteger.valueOf(2000));

  /** A thousand claims. */
  private static final BigInteger FAUCET_FUNDS = R1.multiply(BigInteger.valueOf(100_000));

  private static final String NATIVE_FUNDS = "0x56bc75e2d63100000"; // 100 units

  /** How the contract says that its block's time is past the beginning already. */
  private static final String GENESIS_TOO_EARLY = "GenesisNotInFuture";

  private static final Duration UNTIL_GENESIS = Duration.ofMillis(400);
  private static final Duration MOST_UNTIL_GENESIS = Duration.ofSeconds(4);
  private static final Duration CONSENT = Duration.ofMinutes(10);

  private static final Duration RELEASE_DELAY = Duration.ofMinutes(1);
  private static final Duration EMERGENCY_DELAY = Duration.ofSeconds(5);

  private final SecureRandom random = new SecureRandom();
  private final DevnetFolder folder;
  private final DevnetSettings settings;
  private final ChainConnector connector;
  private final Owners owners;

  /** Opened once: every opening of a keystore derives its key anew. */
  private final Map<String, Account> accounts = new LinkedHashMap<>();

  private final AnvilProcess anvil;
  private final Clock clock;

  Founding(
      DevnetFolder folder,
      DevnetSettings settings,
      ChainConnector connector,
      AnvilProcess anvil,
      Clock clock) {
    this.folder = folder;
    this.settings = settings;
    this.connector = connector;
    this.owners = new Owners(connector.accounts(), folder);
    this.anvil = anvil;
    this.clock = clock;
  }

  /** Makes the secret that broker and oracles share. */
  void makeSecret() throws IOException {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    DurableFile.write(
        folder.brokerSecret(),
        Base64.getEncoder().encodeToString(secret).getBytes(StandardCharsets.US_ASCII));
  }

  /** Makes the owners and deploys the contracts. */
  NetworkFile deploy() throws IOException {
    List<NodeEntry> nodes = NodeEntry.all(settings);
    Map<String, String> addresses = new LinkedHashMap<>();
    for (String name : NodeEntry.owners(nodes)) {
      Account account = owners.openOrCreate(name);
      accounts.put(name, account);
      addresses.put(name, account.address().toHex());
      anvil.fund(account.address().toHex(), NATIVE_FUNDS);
    }
    EvmAddress controller = deployContracts();
    return new NetworkFile(
        anvil.endpoint().toString(),
        controller.toHex(),
        "tcp://127.0.0.1:" + settings.brokerPort(),
        settings.epochLength().toSeconds(),
        settings.slotLength().toMillis(),
        settings.beatPeriod().toMillis(),
        settings.portBase(),
        addresses,
        nodes);
  }

  private EvmAddress faucet() {
    return AddressesFile.read(folder.addressesFile())
        .flatMap(addresses -> addresses.find("Faucet"))
        .orElseThrow(() -> new IllegalStateException("nobody deployed this network"));
  }

  private EvmAddress deployContracts() {
    byte[] random32 = new byte[32];
    random.nextBytes(random32);
    Bytes32 networkId = Bytes32.of(random32);
    Account governance = account(NodeEntry.GOVERNANCE);
    try (Deployment deployment =
        connector.deployment(anvil.endpoint(), governance, plan(networkId))) {
      deployment.carryOut(progress -> {});
      deployment.verify();
      AddressesFile.of(deployment, networkId, governance.address()).write(folder.addressesFile());
      return deployment.controller();
    }
  }

  private NetworkPlan plan(Bytes32 networkId) {
    List<EvmAddress> maintainers =
        NodeEntry.MAINTAINERS.stream().map(name -> account(name).address()).toList();
    return NetworkPlan.scaled(
            networkId,
            account(NodeEntry.GOVERNANCE).address(),
            settings.epochLength(),
            settings.slotLength(),
            DEED_PRICE)
        .withReleases(
            new NetworkPlan.ReleaseTerms(
                maintainers, maintainers.size() - 1, 1, RELEASE_DELAY, EMERGENCY_DELAY));
  }

  /** Buys a deed for every licensed node, by node; needs no node to run. */
  Map<NodeEntry, LicenceId> buyDeeds(ChainConnection chain, NetworkFile network) {
    List<NodeEntry> licensed = network.nodes().stream().filter(NodeEntry::licensed).toList();
    NetworkAdministration administration = chain.administration(account(NodeEntry.GOVERNANCE));
    Account attestor = account(NodeEntry.ATTESTOR);
    administration.nameAttestor(attestor.address());
    KycTestSigner signer = KycTestSigner.on(chain, attestor);
    Parallel.forEach(
        licensed.stream().map(NodeEntry::owner).distinct().map(this::account).toList(),
        owner -> {
          signer.attest(owner, clock.instant());
          administration.mintForDevelopment(owner.address(), OWNER_FUNDS);
        });
    administration.mintForDevelopment(faucet(), FAUCET_FUNDS);
    // One after the other: the numbers of the deeds follow the order of the nodes.
    Map<NodeEntry, LicenceId> deeds = new LinkedHashMap<>();
    for (NodeEntry node : licensed) {
      deeds.put(node, chain.licences().buy(account(node.owner()), 1, DEED_PRICE).get(0));
    }
    return deeds;
  }

  /** Links every deed with its node's consent, announces the oracles, and schedules genesis. */
  void join(ChainConnection chain, NetworkFile network, Map<NodeEntry, LicenceId> deeds) {
    NetworkAdministration administration = chain.administration(account(NodeEntry.GOVERNANCE));
    Map<NodeEntry, NodeOperator.Consent> consents = new ConcurrentHashMap<>();
    Parallel.forEach(
        List.copyOf(deeds.entrySet()),
        deed -> consents.put(deed.getKey(), consent(deed.getKey(), deed.getValue())));
    // An oracle holds a linked deed before it is announced; who is linked looks at once what it is.
    link(chain, consents, node -> node.kind() == NodeKind.ORACLE);
    administration.announceOracles(oracles(network));
    link(chain, consents, node -> node.kind() != NodeKind.ORACLE);
    scheduleGenesis(administration);
  }

  /** Soon, but in the future still when the transaction is mined: a busy machine needs longer. */
  private void scheduleGenesis(NetworkAdministration administration) {
    Duration margin = UNTIL_GENESIS;
    while (true) {
      try {
        administration.scheduleGenesis(
            clock.instant().plus(margin).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
        return;
      } catch (ContractRefusal refused) {
        boolean late = refused.is(GENESIS_TOO_EARLY);
        if (!late || margin.compareTo(MOST_UNTIL_GENESIS) > 0) {
          throw refused;
        }
        margin = margin.multipliedBy(2);
      }
    }
  }

  @Override
  public void close() {
    accounts.values().forEach(Account::close);
  }

  private Account account(String name) {
    Account account = accounts.get(name);
    if (account == null) {
      throw new IllegalStateException("nobody deployed this network as " + name);
    }
    return account;
  }

  private List<EvmAddress> oracles(NetworkFile network) {
    List<EvmAddress> oracles = new ArrayList<>();
    for (NodeEntry node : network.nodes()) {
      if (node.kind() == NodeKind.ORACLE) {
        String address = NodeFace.await(folder, node).path("evmAddress").asText();
        anvil.fund(address, NATIVE_FUNDS);
        oracles.add(EvmAddress.parse(address));
      }
    }
    return oracles;
  }

  private NodeOperator.Consent consent(NodeEntry node, LicenceId deed) {
    NodeFace.awaitChain(folder, node);
    Instant deadline = clock.instant().plus(CONSENT).truncatedTo(ChronoUnit.SECONDS);
    NodeOperator operator =
        NodeOperator.of(
            new NodeClient(node.address()), new NodeFolder(folder.node(node.name())).data());
    EvmAddress owner = account(node.owner()).address();
    return NodeFace.ask(folder, node, () -> operator.consentToLink(owner, deed, deadline));
  }

  private void link(
      ChainConnection chain,
      Map<NodeEntry, NodeOperator.Consent> consents,
      Predicate<NodeEntry> which) {
    Parallel.forEach(
        consents.entrySet().stream().filter(entry -> which.test(entry.getKey())).toList(),
        entry -> {
          NodeOperator.Consent consent = entry.getValue();
          chain
              .licences()
              .link(account(entry.getKey().owner()), consent.authorisation(), consent.signature());
        });
  }
}

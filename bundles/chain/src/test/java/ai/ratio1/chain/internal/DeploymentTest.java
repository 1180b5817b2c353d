package ai.ratio1.chain.internal;

import static ai.ratio1.chain.internal.Codes.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.Deployment;
import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.NetworkPlan.Governance;
import ai.ratio1.chain.NetworkPlan.Pools;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deployments that succeed, that are cut off and continued, and that must not succeed. */
class DeploymentTest {

  private static final Bytes32 NETWORK = Bytes32.parse("07".repeat(32));
  private static final Duration EPOCH = Duration.ofSeconds(30);
  private static final List<EvmAddress> SIGNERS =
      List.of(of(1), of(2), of(3)).stream().map(TestNode::evmAddress).toList();

  /** Answers every call with 18, as a token does that is asked for its decimals. */
  private static final String ALWAYS_18 = "0x601260005260206000f3";

  private final ChainConnector connector = TestNetwork.connector();
  private AnvilProcess anvil;
  private Account deployer;

  @BeforeEach
  void start() {
    anvil = AnvilProcess.start();
    deployer = account(anvil);
  }

  @AfterEach
  void stop() {
    deployer.close();
    anvil.close();
  }

  @Test
  void deploysEverythingAndFindsItThroughTheDirectory() {
    try (Deployment deployment = connector.deployment(anvil.uri(), deployer, plan())) {
      List<Deployment.Progress> steps = new ArrayList<>();
      deployment.carryOut(steps::add);
      assertThat(deployment.verify()).isGreaterThan(50);
      int all = deployment.contracts().size();
      assertThat(steps).last().isEqualTo(new Deployment.Progress(all, all));
      ContractCalls calls = new ContractCalls(rpc(anvil.uri()));
      ContractDirectory directory =
          new ContractDirectory(
              calls, calls.network(deployment.controller()).contracts().directory());
      List<String> entered =
          List.of(
              "Entities",
              "Treasury",
              "PriceFeed",
              "JobPrices",
              "Escrow",
              "AuditLog",
              "Challenges",
              "ReleaseRegistry",
              "Reader",
              "Faucet");
      for (String name : entered) {
        assertThat(deployment.contracts())
            .contains(new Deployment.Contract(name, directory.require(name)));
      }
      assertThat(deployment.governance())
          .isEqualTo(calls.network(deployment.controller()).governance())
          .isNotEqualTo(deployer.address());
    }
  }

  @Test
  void continuesWhereverItWasCutOffAndCreatesNothingTwice() {
    int all = blueprintSize();
    TreeSet<Integer> cuts = new TreeSet<>(List.of(0, 1, 12, 13, 14, all - 1, all));
    new Random(7).ints(3, 2, all).forEach(cuts::add);
    for (int cut : cuts) {
      cutOffAndContinue(cut, all);
    }
  }

  /** The endpoint takes so many transactions and then vanishes, as it seems to a killed program. */
  private void cutOffAndContinue(int taken, int all) {
    long begun = nonce();
    Bytes32 fingerprint;
    try (FaultyEndpoint endpoint = FaultyEndpoint.before(anvil.uri());
        Deployment first = connector.deployment(endpoint.uri(), deployer, plan())) {
      fingerprint = first.fingerprint();
      assertThat(first.firstNonce()).isEqualTo(begun);
      endpoint.always(
          call -> {
            boolean sends = call.method().equals("eth_sendRawTransaction");
            if (sends && endpoint.asked("eth_sendRawTransaction") > taken) {
              FaultyEndpoint.loseRequest().meet(call);
            } else {
              call.answer(call.forward());
            }
          });
      if (taken < all) {
        assertFails("001", () -> first.carryOut(progress -> {}));
      } else {
        first.carryOut(progress -> {});
      }
    }
    try (Deployment second = connector.deployment(anvil.uri(), deployer, plan(), begun)) {
      assertThat(second.fingerprint()).isEqualTo(fingerprint);
      second.carryOut(progress -> {});
      second.verify();
      second.carryOut(progress -> {});
      assertThat(nonce()).as("cut off after %s", taken).isEqualTo(begun + all);
    }
  }

  @Test
  void continuesWhatStillWaitsInThePool() {
    anvil.rpc("evm_setAutomine", false);
    long begun = nonce();
    try (Deployment first = connector.deployment(anvil.uri(), deployer, plan())) {
      Thread killed =
          new Thread(
              () ->
                  org.assertj.core.api.Assertions.catchThrowable(
                      () -> first.carryOut(progress -> {})));
      killed.start();
      Await.until("transactions wait", Duration.ofSeconds(20), () -> waiting() >= 3);
      killed.interrupt();
      Await.until("the first attempt ends", Duration.ofSeconds(20), () -> !killed.isAlive());
    }
    anvil.rpc("evm_setAutomine", true);
    try (Deployment second = connector.deployment(anvil.uri(), deployer, plan(), begun)) {
      second.carryOut(progress -> {});
      second.verify();
      assertThat(nonce()).isEqualTo(begun + second.contracts().size());
    }
  }

  @Test
  void aForeignTransactionLeavesAHoleThatIsFound() {
    try (Deployment deployment = connector.deployment(anvil.uri(), deployer, plan())) {
      anvil.rpc("eth_sendTransaction", transfer());
      anvil.rpc("evm_mine");
      assertFails("039", () -> deployment.carryOut(progress -> {}))
          .hasMessageContaining("no Multisig at");
    }
  }

  @Test
  void refusesANonceThatIsStillToCome() {
    try (Deployment later = connector.deployment(anvil.uri(), deployer, plan(), 99)) {
      assertFails("038", () -> later.carryOut(progress -> {}));
    }
  }

  @Test
  void findsOtherCodeAndOtherOwners() {
    try (Deployment deployment = connector.deployment(anvil.uri(), deployer, plan())) {
      deployment.carryOut(progress -> {});
      EvmAddress reader = at(deployment, "Reader");
      String code = anvil.rpc("eth_getCode", reader.toHex(), "latest").asText();
      anvil.rpc("anvil_setCode", reader.toHex(), code.replaceFirst("6080", "6081"));
      assertFails("040", deployment::verify).hasMessageContaining("is no Reader");
      anvil.rpc("anvil_setCode", reader.toHex(), code);
      deployment.verify();
      String slot = "0x" + "0".repeat(63) + "2"; // Ownable, behind the two names of EIP712
      anvil.rpc(
          "anvil_setStorageAt",
          deployment.controller().toHex(),
          slot,
          "0x" + "0".repeat(24) + deployer.address().toHex().substring(2));
      assertFails("040", deployment::verify).hasMessageContaining("owner()");
    }
  }

  @Test
  void everyPlanHasAFingerprintOfItsOwn() {
    try (Deployment one = connector.deployment(anvil.uri(), deployer, plan(), 0);
        Deployment same = connector.deployment(anvil.uri(), deployer, plan(), 0);
        Deployment later = connector.deployment(anvil.uri(), deployer, plan(), 1);
        Deployment other = connector.deployment(anvil.uri(), deployer, simple(), 0)) {
      assertThat(same.fingerprint()).isEqualTo(one.fingerprint());
      assertThat(later.fingerprint()).isNotEqualTo(one.fingerprint());
      assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
    }
  }

  @Test
  void onOtherChainsNothingIsGivenAwayAndContractsGovern() {
    try (AnvilProcess real = AnvilProcess.start("--chain-id", "8453");
        Account payer = account(real)) {
      EvmAddress nobody = of(9).evmAddress();
      NetworkPlan development = plan();
      assertFails("036", () -> connector.deployment(real.uri(), payer, development));
      NetworkPlan fed = with(development, new NetworkPlan.Price.Feed(nobody), false);
      assertFails("037", () -> connector.deployment(real.uri(), payer, fed))
          .hasMessageContaining("price feed");
      real.rpc("anvil_setCode", nobody.toHex(), "0x00");
      NetworkPlan faucet = with(development, new NetworkPlan.Price.Feed(nobody), true);
      assertFails("032", () -> connector.deployment(real.uri(), payer, faucet));
      NetworkPlan account = with(simple(), new NetworkPlan.Price.Feed(nobody), false);
      assertFails("037", () -> connector.deployment(real.uri(), payer, account))
          .hasMessageContaining("governance");
      try (Deployment deployment = connector.deployment(real.uri(), payer, fed)) {
        deployment.carryOut(progress -> {});
        deployment.verify();
        assertThat(deployment.contracts())
            .extracting(Deployment.Contract::name)
            .contains("Multisig", "PriceFeed")
            .doesNotContain("DevMinter", "Faucet");
      }
    }
  }

  @Test
  void aPairThatIsNoneIsFoundBeforeAnythingIsSent() {
    EvmAddress pair = of(9).evmAddress();
    anvil.rpc("anvil_setCode", pair.toHex(), "0x00");
    NetworkPlan plan = with(plan(), new NetworkPlan.Price.Average(pair, Duration.ofHours(1)), true);
    try (Deployment deployment = connector.deployment(anvil.uri(), deployer, plan)) {
      assertFails("010", () -> deployment.carryOut(progress -> {}));
      assertThat(nonce()).isZero();
    }
  }

  /** As an operator does it: ask where R1 will be, make a pair for it, deploy. */
  @Test
  void averagesThePriceOfAPairThatWasMadeForTheForeseenToken() {
    EvmAddress token;
    try (Deployment dry = connector.deployment(anvil.uri(), deployer, plan())) {
      token = at(dry, "R1");
    }
    EvmAddress dollar = of(8).evmAddress();
    EvmAddress pair = of(9).evmAddress();
    anvil.rpc("anvil_setCode", dollar.toHex(), ALWAYS_18);
    anvil.rpc("anvil_setCode", pair.toHex(), pairOf(token, dollar));
    NetworkPlan plan = with(plan(), new NetworkPlan.Price.Average(pair, Duration.ofHours(1)), true);
    try (Deployment deployment = connector.deployment(anvil.uri(), deployer, plan)) {
      deployment.carryOut(progress -> {});
      deployment.verify();
      assertThat(at(deployment, "R1")).isEqualTo(token);
    }
  }

  /** Answers {@code token0()} with one address and everything else with the other. */
  private static String pairOf(EvmAddress token0, EvmAddress token1) {
    String answer = "60005260206000f3";
    return "0x60003560e01c630dfe168114602c57"
        + "73"
        + token1.toHex().substring(2)
        + answer
        + "5b73"
        + token0.toHex().substring(2)
        + answer;
  }

  private static NetworkPlan plan() {
    NetworkPlan plan = simple();
    return new NetworkPlan(
        plan.networkId(),
        new Governance.Signers(SIGNERS, 2),
        plan.timing(),
        plan.price(),
        new Pools(
            Optional.of(of(11).evmAddress()), Optional.of(of(12).evmAddress()), Optional.empty()),
        plan.challenges(),
        Optional.of(
            new NetworkPlan.ReleaseTerms(SIGNERS, 3, 2, Duration.ofDays(2), Duration.ofHours(1))),
        plan.faucet());
  }

  private static NetworkPlan simple() {
    return TestNetwork.plan(NETWORK, EPOCH);
  }

  private static NetworkPlan with(NetworkPlan plan, NetworkPlan.Price price, boolean faucet) {
    return new NetworkPlan(
        plan.networkId(),
        plan.governance(),
        plan.timing(),
        price,
        plan.pools(),
        plan.challenges(),
        plan.releases(),
        plan.faucet().filter(any -> faucet));
  }

  private int blueprintSize() {
    try (Deployment deployment = connector.deployment(anvil.uri(), deployer, plan(), 0)) {
      return deployment.contracts().size();
    }
  }

  private static EvmAddress at(Deployment deployment, String name) {
    return deployment.contracts().stream()
        .filter(contract -> contract.name().equals(name))
        .findFirst()
        .orElseThrow()
        .address();
  }

  private long nonce() {
    String count =
        anvil.rpc("eth_getTransactionCount", deployer.address().toHex(), "latest").asText();
    return Long.decode(count);
  }

  private int waiting() {
    return Integer.decode(anvil.rpc("txpool_status").get("pending").asText());
  }

  private Object transfer() {
    return java.util.Map.of(
        "from", deployer.address().toHex(), "to", of(5).evmAddress().toHex(), "value", "0x1");
  }

  private Account account(AnvilProcess chain) {
    EvmAddress address = EvmAddress.parse(AnvilProcess.ACCOUNTS.get(0));
    return connector.accounts().external(chain.uri(), address);
  }

  private static JsonRpc rpc(URI uri) {
    return new JsonRpc(
        HttpJsonRpc.to(List.of(uri), Duration.ofSeconds(5), 1 << 20), BuildLists.reasons());
  }

  private static TestNode of(long secret) {
    return new TestNode(secret);
  }
}

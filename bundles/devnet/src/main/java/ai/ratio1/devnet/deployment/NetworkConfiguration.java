package ai.ratio1.devnet.deployment;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.NetworkPlan.ChallengeTerms;
import ai.ratio1.chain.NetworkPlan.FaucetTerms;
import ai.ratio1.chain.NetworkPlan.Governance;
import ai.ratio1.chain.NetworkPlan.Pools;
import ai.ratio1.chain.NetworkPlan.Price;
import ai.ratio1.chain.NetworkPlan.ReleaseTerms;
import ai.ratio1.chain.NetworkPlan.Timing;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A configuration file: where a network is deployed, by whom, and what it is.
 *
 * @param endpoint JSON-RPC endpoint
 * @param chainId the chain it must serve
 * @param keystore encrypted key of the deployer
 * @param passwordFile its password
 * @param networkId of the network; empty: drawn when the deployment begins
 * @param draft the plan, but for the network id
 */
public record NetworkConfiguration(
    URI endpoint,
    long chainId,
    Path keystore,
    Path passwordFile,
    Optional<Bytes32> networkId,
    NetworkPlan draft) {

  private static final int MAX_SIZE = 64 * 1024;
  private static final long MAX_CHAIN = (1L << 53) - 1;
  private static final int MAX_SECONDS = 366 * 24 * 3600;
  private static final int DAY = 24 * 3600;
  private static final int VOID_AFTER = 7;
  private static final int MAX_SIGNERS = 64;
  private static final int MAX_MAINTAINERS = 32;
  private static final int MAX_JURY = 15;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Reads a file; other files it names are beside it, unless it says otherwise. */
  public static NetworkConfiguration read(Path file) {
    byte[] text;
    try (InputStream content = Files.newInputStream(file)) {
      text = content.readNBytes(MAX_SIZE + 1);
    } catch (IOException failure) {
      throw DeploymentError.file(file, failure);
    }
    if (text.length > MAX_SIZE) {
      throw DeploymentError.configuration("it is longer than " + MAX_SIZE + " bytes");
    }
    return parse(text, file.toAbsolutePath().resolveSibling("."));
  }

  static NetworkConfiguration parse(byte[] text, Path folder) {
    Section root;
    try {
      root = Section.root(JSON.readTree(text));
    } catch (IOException malformed) {
      throw DeploymentError.configuration("it is no JSON, " + malformed.getMessage(), malformed);
    }
    Section chain = root.section("chain");
    Section deployer = root.section("deployer");
    Optional<Bytes32> networkId = root.optionalBytes32("networkId");
    NetworkConfiguration configuration =
        new NetworkConfiguration(
            endpoint(chain),
            chain.number("id", 1, MAX_CHAIN),
            folder.resolve(deployer.text("keystore")).normalize(),
            folder.resolve(deployer.text("passwordFile")).normalize(),
            networkId,
            draft(root, networkId.orElse(Bytes32.ZERO)));
    List.of(chain, deployer, root).forEach(Section::requireAllRead);
    return configuration;
  }

  /** The whole plan. */
  public NetworkPlan plan(Bytes32 id) {
    return new NetworkPlan(
        id,
        draft.governance(),
        draft.timing(),
        draft.price(),
        draft.pools(),
        draft.challenges(),
        draft.releases(),
        draft.faucet());
  }

  private static NetworkPlan draft(Section root, Bytes32 networkId) {
    return new NetworkPlan(
        networkId,
        root.whole("governance", NetworkConfiguration::governance),
        root.whole("epochs", NetworkConfiguration::timing),
        root.whole("price", NetworkConfiguration::price),
        root.whole("pools", NetworkConfiguration::pools),
        root.whole("challenges", NetworkConfiguration::challenges),
        Optional.of(root.whole("releases", NetworkConfiguration::releases)),
        root.optional("faucet", NetworkConfiguration::faucet));
  }

  private static URI endpoint(Section chain) {
    try {
      URI endpoint = URI.create(chain.text("endpoint"));
      boolean http = "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
      if (http && endpoint.getHost() != null) {
        return endpoint;
      }
    } catch (IllegalArgumentException malformed) {
      throw DeploymentError.configuration("chain.endpoint is no address", malformed);
    }
    throw chain.refused("endpoint", "is not http:// or https:// with a host");
  }

  private static Governance governance(Section from) {
    if (from.has("contract")) {
      return new Governance.Contract(from.address("contract"));
    }
    List<EvmAddress> signers = from.addresses("signers");
    return new Governance.Signers(signers, (int) from.number("threshold", 1, MAX_SIGNERS));
  }

  private static Timing timing(Section from) {
    return Timing.scaled(
        from.seconds("seconds"),
        Duration.ofMillis(from.number("slotMillis", 1, Integer.MAX_VALUE)),
        Duration.ofSeconds(from.number("relinkSeconds", 0, MAX_SECONDS, DAY)),
        (int) from.number("voidAfter", 1, 1000, VOID_AFTER));
  }

  private static Price price(Section from) {
    if (from.has("feed")) {
      return new Price.Feed(from.address("feed"));
    }
    if (from.has("pair")) {
      return new Price.Average(from.address("pair"), from.seconds("windowSeconds"));
    }
    return new Price.Fixed(from.amount("usdPerR1"));
  }

  private static Pools pools(Section from) {
    return new Pools(
        Optional.of(from.address("liquidity")),
        Optional.of(from.address("operations")),
        from.optionalAddress("administrator"));
  }

  private static ReleaseTerms releases(Section from) {
    return new ReleaseTerms(
        from.addresses("maintainers"),
        (int) from.number("threshold", 1, MAX_MAINTAINERS),
        (int) from.number("stopThreshold", 1, MAX_MAINTAINERS),
        from.seconds("delaySeconds"),
        from.seconds("emergencyDelaySeconds"));
  }

  private static ChallengeTerms challenges(Section from) {
    return new ChallengeTerms(
        from.amount("deposit"),
        from.amount("jurorDeposit"),
        from.amount("jurorFee"),
        from.seconds("acceptSeconds"),
        from.seconds("assemblySeconds"),
        from.seconds("commitSeconds"),
        from.seconds("revealSeconds"),
        (int) from.number("jurySize", 1, MAX_JURY),
        (int) from.number("minimumJury", 1, MAX_JURY));
  }

  private static FaucetTerms faucet(Section from) {
    return new FaucetTerms(from.amount("amount"), from.seconds("cooldownSeconds"));
  }
}

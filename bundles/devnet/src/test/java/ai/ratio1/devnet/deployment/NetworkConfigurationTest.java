package ai.ratio1.devnet.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.NetworkPlan;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration may say, and how it is told what it may not. */
class NetworkConfigurationTest {

  private static final Path SAMPLE = Path.of("..", "..", "docs", "how-to", "contracts.json");
  private static final Path FOLDER = Path.of("/somewhere");

  @Test
  void theSampleIsAPlan() {
    NetworkConfiguration sample = NetworkConfiguration.read(SAMPLE);
    NetworkPlan plan = sample.draft();
    assertThat(sample.chainId()).isEqualTo(31337);
    assertThat(sample.keystore()).hasFileName("deployer.json").isAbsolute();
    assertThat(plan.governance())
        .isInstanceOfSatisfying(
            NetworkPlan.Governance.Signers.class,
            multisig -> assertThat(multisig.signers()).hasSize(3));
    assertThat(plan.timing().epochLength()).isEqualTo(Duration.ofDays(1));
    assertThat(plan.timing().clockTolerance()).isEqualTo(Duration.ofSeconds(5));
    assertThat(plan.price())
        .isEqualTo(new NetworkPlan.Price.Fixed(new BigInteger("500000000000000000")));
    assertThat(plan.pools().administrator()).isEmpty();
    assertThat(plan.releases()).isPresent();
    assertThat(plan.faucet()).isPresent();
    assertThat(sample.networkId()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "epochs"                    | "epoch"                   | epochs is missing
          "slotMillis": 20000         | "slotMillis": 20000, "x": 1 | epochs.x is unknown
          "slotMillis": 20000         | "slotMillis": 70000       | epochs: a slot
          "slotMillis": 20000         | "slotMillis": 20000.5     | epochs.slotMillis is no number
          "slotMillis": 20000         | "slotMillis": "20000"     | epochs.slotMillis is no number
          "seconds": 86400,           | "seconds": 86400, "seconds": 86400, | Duplicate field
          "threshold": 2              | "threshold": 4            | governance: the threshold
          "threshold": 2              | "threshold": 0            | governance.threshold is no number
          0x70997970C51812dc3A010C7d01b50e0d17dc79C8 | 0x70997970C51812dc3A010C7d01b50e0d17dc79c8 | governance.signers[0] is an address with a mistake
          0x70997970C51812dc3A010C7d01b50e0d17dc79C8 | 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC | every signer of a multisig counts once
          0x70997970C51812dc3A010C7d01b50e0d17dc79C8 | 0x0000000000000000000000000000000000000000 | governance.signers[0] is zero
          0x70997970C51812dc3A010C7d01b50e0d17dc79C8 | 0x7099 | governance.signers[0] is no address
          "usdPerR1": "0.5"           | "usdPerR1": 0.5           | price.usdPerR1 is no text
          "usdPerR1": "0.5"           | "usdPerR1": "-1"          | price.usdPerR1 is no amount
          "usdPerR1": "0.5"           | "usdPerR1": "0"           | price: R1 is worth something
          "usdPerR1": "0.5"           | "pair": "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65" | price.windowSeconds is missing
          "stopThreshold": 2          | "stopThreshold": 3        | releases: 1 ≤ stop threshold
          "jurySize": 7               | "jurySize": 6             | challenges: juries are odd
          "assemblySeconds": 604800   | "assemblySeconds": 3600   | challenges: a jury needs longer
          "http://127.0.0.1:8545"     | "ftp://127.0.0.1"         | chain.endpoint is not http
          "id": 31337                 | "id": 31337, "key": "0x1" | chain.key is unknown
          "keystore": "deployer.json" | "key": "0x1"              | deployer.keystore is missing
          "faucet"                    | "fawcet"                  | fawcet is unknown
          """)
  void refusesWithThePlace(String sample, String changed, String reason) throws IOException {
    String text = Files.readString(SAMPLE);
    assertThat(text).contains(sample);
    byte[] config =
        text.replaceFirst(
                java.util.regex.Pattern.quote(sample),
                java.util.regex.Matcher.quoteReplacement(changed))
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> NetworkConfiguration.parse(config, FOLDER))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-DEPLOY-001"))
        .hasMessageContaining(reason);
  }

  @Test
  void refusesWhatIsNoObject() {
    for (String text : new String[] {"", "[]", "{", "{} {}", "null", "\"a\""}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> NetworkConfiguration.parse(bytes, FOLDER))
          .as(text)
          .isInstanceOf(R1Exception.class);
    }
  }
}

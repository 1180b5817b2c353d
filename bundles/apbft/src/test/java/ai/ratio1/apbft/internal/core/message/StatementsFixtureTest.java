package ai.ratio1.apbft.internal.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.wire.certificate.CertificateHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The statements that are evidence, as the controller takes them, and the digests that oracles
 * sign. The contract's test reads the same file. When this test fails, the text it expected is the
 * file to have, if the change is meant: what is signed is final once a network runs.
 */
final class StatementsFixtureTest {

  private static final Path FIXTURE = Path.of("../../contracts/test/fixtures/statements.json");
  private static final EvmAddress CONTROLLER = EvmAddress.of(filled(20, 0xc0));
  private static final Bytes32 DOMAIN = CertificateHash.domain(31337, CONTROLLER);
  private static final Header HEADER =
      new Header(hash(0x22), Header.MAX_UINT32, EvmAddress.of(filled(20, 0xa0)));
  private static final EpochOutcome OUTCOME =
      new EpochOutcome(
          HEADER.configDigest(),
          HEADER.epoch(),
          0x7fff_ffff,
          5,
          242,
          12,
          hash(1),
          hash(2),
          hash(3),
          hash(4),
          hash(5),
          hash(6));

  @Test
  void theContractTakesTheSameStatements() throws IOException {
    List<String> entries =
        List.of(
            entry(commit(-5)),
            entry(commit(32_767)),
            entry(reveal()),
            entry(prepare()),
            entry(new Commit(HEADER, 4, OUTCOME)));
    String text =
        entries.stream()
            .collect(
                Collectors.joining(
                    ",\n",
                    "{\n  \"chainId\": 31337,\n  \"controller\": \""
                        + CONTROLLER.toHex()
                        + "\",\n  \"oracle\": \""
                        + HEADER.oracle().toHex()
                        + "\",\n  \"statements\": [\n",
                    "\n  ]\n}\n"));
    assertThat(FIXTURE).exists();
    assertThat(Files.readString(FIXTURE)).isEqualTo(text);
  }

  private static ObsCommit commit(int offset) {
    return new ObsCommit(HEADER, hash(1), 200, offset);
  }

  private static ObsReveal reveal() {
    return new ObsReveal(
        HEADER, hash(1), ObsReveal.rawCid(hash(1)), 4_000_000_000L, hash(3), hash(4));
  }

  private static Prepare prepare() {
    return new Prepare(HEADER, Header.MAX_UINT32, hash(1), hash(2));
  }

  private static String entry(Message message) {
    return "    {\n      \"kind\": "
        + message.kind().code()
        + ",\n      \"content\": \"0x"
        + HexFormat.of().formatHex(Statements.encode(message))
        + "\",\n      \"digest\": \""
        + message.digest(DOMAIN).toHex()
        + "\"\n    }";
  }

  private static Bytes32 hash(int octet) {
    return Bytes32.of(filled(32, octet));
  }

  private static byte[] filled(int length, int octet) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }
}

package ai.ratio1.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.identity.internal.core.PrivateKeyPem;
import ai.ratio1.wire.Vectors;
import ai.ratio1.wire.Vectors.Vector;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups identity, address and wire_keys on both engines. */
class IdentityVectorsTest {

  static List<Arguments> identities() {
    return Engines.with(Vectors.of("identity"));
  }

  static List<Arguments> addresses() {
    return Engines.with(Vectors.of("address"));
  }

  static List<Arguments> wireKeys() {
    return Engines.with(Vectors.of("wire_keys"));
  }

  @ParameterizedTest
  @MethodSource
  void identities(Curve curve, Vector vector) throws Exception {
    if (vector.input().has("words")) {
      assertThat(scalarOf(vector.input().get("words"))).isEqualTo(vector.in("scalar_hex"));
    }
    NodeKey key = Engines.key(curve, vector.in("scalar_hex"));
    byte[] secret = HexFormat.of().parseHex(vector.in("scalar_hex"));
    byte[] uncompressed = curve.publicPoint(secret).uncompressed();

    assertThat(key.address().text()).isEqualTo(vector.out("node_address"));
    assertThat(key.address().withoutPrefix()).isEqualTo(vector.out("node_address_no_prefix"));
    assertThat(Eip55.format(key.evmAddress())).isEqualTo(vector.out("evm_address"));
    assertThat(HexFormat.of().formatHex(key.address().compressedKey()))
        .isEqualTo(vector.out("public_compressed_hex"));
    assertThat(HexFormat.of().formatHex(uncompressed))
        .isEqualTo(vector.out("public_uncompressed_hex"));
    assertThat(vector.out("spki_der_base64"))
        .isEqualTo(Base64.getEncoder().encodeToString(spki(uncompressed)));

    String pem = PrivateKeyPem.write(secret, uncompressed, null, new SecureRandom());
    assertThat(pem.replaceAll("-----[A-Z ]+-----|\\s", ""))
        .isEqualTo(vector.out("pkcs8_der_base64"));
    assertThat(PrivateKeyPem.read(pem, null, curve)).isEqualTo(secret);
  }

  @ParameterizedTest
  @MethodSource
  void addresses(Curve curve, Vector vector) {
    String text = vector.in("address");
    if (vector.id().startsWith("evm_address.")) {
      evmAddress(text, vector.expected().get("valid").booleanValue());
      return;
    }
    Optional<NodeAddress> parsed = Engines.signatures(curve).parse(text);
    assertThat(parsed.isPresent())
        .isEqualTo(vector.expected().get("recommended_strict_valid").booleanValue());
    parsed.ifPresent(
        address -> {
          assertThat(address.text()).isEqualTo(vector.out("canonical"));
          assertThat(Eip55.format(Engines.signatures(curve).evmAddress(address)))
              .isEqualTo(vector.out("evm_address"));
        });
  }

  @ParameterizedTest
  @MethodSource
  void wireKeys(Curve curve, Vector vector) {
    NodeKey key = Engines.key(curve, vector.in("scalar_hex"));
    assertThat(key.address().text()).isEqualTo(vector.out("node_address"));
    assertThat(Eip55.format(key.evmAddress())).isEqualTo(vector.out("evm_address"));
  }

  private static void evmAddress(String text, boolean valid) {
    if (valid) {
      assertThatCode(() -> EvmAddress.parse(text)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> EvmAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The genuine rule for keys of tests: SHA-256 of the words, modulo the group order. */
  private static String scalarOf(JsonNode words) throws Exception {
    String seed =
        String.join(
            ";", StreamSupport.stream(words.spliterator(), false).map(JsonNode::asText).toList());
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
    BigInteger order =
        new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    return String.format("%064x", new BigInteger(1, hash).mod(order));
  }

  /** SubjectPublicKeyInfo: a fixed header in front of the point. */
  private static byte[] spki(byte[] uncompressed) {
    byte[] header = HexFormat.of().parseHex("3056301006072a8648ce3d020106052b8104000a034200");
    byte[] der = new byte[header.length + uncompressed.length];
    System.arraycopy(header, 0, der, 0, header.length);
    System.arraycopy(uncompressed, 0, der, header.length, uncompressed.length);
    return der;
  }
}

package ai.ratio1.identity.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.Compression;
import ai.ratio1.wire.InflateLimits;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.Vectors;
import ai.ratio1.wire.Vectors.Vector;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Group encryption. That both engines share the same secrets is the engines' contract. */
class EncryptionVectorsTest {

  private static final Curve CURVE = new JavaCurve();

  static List<Vector> encryption() {
    return Vectors.of("encryption");
  }

  @ParameterizedTest
  @MethodSource
  void encryption(Vector vector) {
    if (vector.expected().has("ecdh_x_hex")) {
      sharedKey(vector);
    } else if (vector.expected().has("package")) {
      multi(vector);
    } else if (vector.expected().has("flag")) {
      single(vector);
    } else {
      opens(vector);
    }
  }

  private static void sharedKey(Vector vector) {
    NodeAddress peer = new NodeAddress(vector.in("peer_address"));
    byte[] x = key(vector.in("private_scalar_hex")).sharedX(CURVE.point(peer.compressedKey()));
    assertThat(HexFormat.of().formatHex(x)).isEqualTo(vector.out("ecdh_x_hex"));
    assertThat(HexFormat.of().formatHex(PairwiseSealer.deriveKey(x, PairwiseSealer.INFO)))
        .isEqualTo(vector.out("aes_key_hex"));
  }

  private static void single(Vector vector) {
    NodeKey from = key(vector.in("from_scalar_hex"));
    NodeKey to = key(vector.in("to_scalar_hex"));
    String text = vector.in("plaintext");
    assertThat(open(to, from.address(), vector.out("ciphertext"))).hasValue(text);

    SealedTexts texts = new SealedTexts(new Given(vector.in("nonce_hex")));
    String ours = texts.seal(text, pairKey(from, to.address()));
    byte[] expected = Base64.getDecoder().decode(vector.out("ciphertext"));
    byte[] actual = Base64.getDecoder().decode(ours);
    assertThat(Arrays.copyOf(actual, 13)).isEqualTo(Arrays.copyOf(expected, 13));
    assertThat(expected[12]).isEqualTo((byte) vector.expected().get("flag").intValue());
    // The compressed bytes may differ between zlib builds, the opened text may not.
    assertThat(open(to, from.address(), ours)).hasValue(text);
    if (vector.expected().hasNonNull("zlib_plaintext_hex")) {
      byte[] packed = HexFormat.of().parseHex(vector.out("zlib_plaintext_hex"));
      assertThat(Compression.inflate(packed, InflateLimits.DEFAULT))
          .hasValue(text.getBytes(StandardCharsets.UTF_8));
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static void multi(Vector vector) {
    NodeKey from = key(vector.in("from_scalar_hex"));
    String text = vector.in("plaintext");
    Map<NodeAddress, byte[]> pairKeys = new LinkedHashMap<>();
    Given random = new Given(vector.in("content_key_hex"), vector.in("content_nonce_hex"));
    vector.input().get("receiver_nonces_hex").forEach(nonce -> random.then(nonce.textValue()));
    for (JsonNode receiver : vector.input().get("receivers")) {
      NodeAddress address = new NodeAddress(receiver.get("address").textValue());
      pairKeys.put(address, pairKey(from, address));
    }
    String ours = new SealedTexts(random).seal(text, pairKeys);
    assertThat(unpacked(ours))
        .isEqualTo(new Json(JsonLimits.DEFAULT).parse(vector.expected().get("package").toString()));
    for (JsonNode receiver : vector.input().get("receivers")) {
      NodeKey to = key(receiver.get("scalar_hex").textValue());
      assertThat(open(to, from.address(), vector.out("ciphertext"))).hasValue(text);
      assertThat(open(to, from.address(), ours)).hasValue(text);
    }
  }

  private static void opens(Vector vector) {
    NodeKey to =
        key(vector.in(vector.input().has("to_scalar_hex") ? "to_scalar_hex" : "scalar_hex"));
    NodeAddress from = new NodeAddress(vector.in("from_address"));
    String info = vector.input().has("info") ? vector.in("info") : PairwiseSealer.INFO;
    Optional<String> opened =
        new SealedTexts(new SecureRandom())
            .open(
                vector.in("ciphertext"),
                to.address(),
                () ->
                    PairwiseSealer.deriveKey(to.sharedX(CURVE.point(from.compressedKey())), info));
    assertThat(opened).isEqualTo(Optional.ofNullable(vector.out("plaintext")));
    if (!vector.input().has("info")) {
      assertThat(open(to, from, vector.in("ciphertext"))).isEqualTo(opened);
    }
  }

  private static JsonNode unpacked(String sealed) {
    String text = Compression.inflate(sealed, InflateLimits.DEFAULT).orElseThrow();
    return new Json(JsonLimits.DEFAULT).parse(text);
  }

  private static Optional<String> open(NodeKey to, NodeAddress from, String sealed) {
    CurveSignatures peers = new CurveSignatures(CURVE, 16, 1);
    return new PairwiseSealer(to, peers, new SecureRandom()).open(sealed, from);
  }

  private static byte[] pairKey(NodeKey own, NodeAddress peer) {
    byte[] x = own.sharedX(CURVE.point(peer.compressedKey()));
    return PairwiseSealer.deriveKey(x, PairwiseSealer.INFO);
  }

  private static NodeKey key(String scalarHex) {
    return new NodeKey(CURVE, HexFormat.of().parseHex(scalarHex));
  }

  /** Gives the bytes it was given, in order. */
  private static final class Given implements RandomGenerator {

    private final Deque<byte[]> values = new ArrayDeque<>();

    Given(String... hex) {
      for (String value : hex) {
        then(value);
      }
    }

    void then(String hex) {
      values.add(HexFormat.of().parseHex(hex));
    }

    @Override
    public void nextBytes(byte[] bytes) {
      byte[] value = values.remove();
      assertThat(value).hasSameSizeAs(bytes);
      System.arraycopy(value, 0, bytes, 0, bytes.length);
    }

    @Override
    public long nextLong() {
      throw new AssertionError("only bytes are given");
    }
  }
}

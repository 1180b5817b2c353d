package ai.ratio1.identity.internal.core;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.CanonicalJson;
import ai.ratio1.wire.Compression;
import ai.ratio1.wire.InflateLimits;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two forms of sealed texts (protocol dossier, section 2.6), given the keys that each pair of
 * parties shares. Thread-safe if its source of randomness is.
 */
final class SealedTexts {

  static final int MOST_PLAIN_BYTES = 2 * 1024 * 1024;
  static final int MOST_RECEIVERS = 1000;

  private static final int NONCE = 12;
  private static final int KEY = 32;
  private static final int TAG_BITS = 128;
  private static final byte COMPRESSED = 1;
  // The multi form writes the content in hexadecimal digits and packs the whole once more.
  private static final int MOST_PACKAGE_BYTES = 2 * MOST_PLAIN_BYTES + MOST_RECEIVERS * 256;
  private static final int MOST_SEALED_CHARACTERS = 2 * MOST_PLAIN_BYTES;
  private static final int MOST_RATIO = 100;
  private static final InflateLimits PLAIN =
      new InflateLimits(MOST_SEALED_CHARACTERS, MOST_PLAIN_BYTES, MOST_RATIO);
  private static final InflateLimits PACKAGE =
      new InflateLimits(MOST_SEALED_CHARACTERS, MOST_PACKAGE_BYTES, MOST_RATIO);

  private final Json json =
      new Json(
          new JsonLimits(MOST_PACKAGE_BYTES, 4, 16, MOST_PACKAGE_BYTES, 16, 8 * MOST_RECEIVERS));
  private final RandomGenerator random;

  SealedTexts(RandomGenerator random) {
    this.random = random;
  }

  /** Seals for one receiver: base64 of nonce, flag and cipher text. */
  String seal(String plainText, byte[] pairKey) {
    byte[] nonce = bytes(NONCE);
    byte[] sealed = encrypt(pairKey, nonce, packed(plainText));
    ByteBuffer frame = ByteBuffer.allocate(NONCE + 1 + sealed.length);
    frame.put(nonce).put(COMPRESSED).put(sealed);
    return Base64.getEncoder().encodeToString(frame.array());
  }

  /**
   * Seals for several receivers: a fresh key seals the text, each pair's key seals that key.
   *
   * @param pairKeys the keys by receiver, in the order they are written
   */
  String seal(String plainText, Map<NodeAddress, byte[]> pairKeys) {
    byte[] contentKey = bytes(KEY);
    byte[] nonce = bytes(NONCE);
    ObjectNode frame = Json.object();
    frame.put("M", true);
    frame.put("c", "01");
    frame.put("n", HexFormat.of().formatHex(nonce));
    frame.put("d", HexFormat.of().formatHex(encrypt(contentKey, nonce, packed(plainText))));
    ArrayNode keys = frame.putArray("k");
    pairKeys.forEach(
        (receiver, pairKey) -> {
          byte[] keyNonce = bytes(NONCE);
          HexFormat hex = HexFormat.of();
          String wrapped =
              hex.formatHex(keyNonce) + hex.formatHex(encrypt(pairKey, keyNonce, contentKey));
          keys.add(Json.object().put("a", receiver.text()).put("k", wrapped));
        });
    byte[] text = CanonicalJson.text(frame).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder()
        .encodeToString(Compression.deflate(text, Deflater.DEFAULT_COMPRESSION));
  }

  /**
   * Opens either form.
   *
   * @param receiver the address under which the multi form lists its key
   * @param pairKey the key shared with the sender, computed only when the form is right
   */
  Optional<String> open(String sealed, NodeAddress receiver, Supplier<byte[]> pairKey) {
    if (sealed.length() > MOST_SEALED_CHARACTERS) {
      return Optional.empty();
    }
    try {
      byte[] frame = Base64.getDecoder().decode(sealed);
      Optional<ObjectNode> multi = multiForm(frame);
      Optional<byte[]> plain =
          multi.isPresent() ? openMulti(multi.get(), receiver, pairKey) : Optional.empty();
      return plain.or(() -> openSingle(frame, pairKey)).flatMap(SealedTexts::utf8);
    } catch (IllegalArgumentException | R1Exception e) {
      return Optional.empty();
    }
  }

  /** A zlib stream begins with 78 hex; a single form that does so by chance inflates to nothing. */
  private Optional<ObjectNode> multiForm(byte[] frame) {
    if (frame.length == 0 || frame[0] != 0x78) {
      return Optional.empty();
    }
    return Compression.inflate(frame, PACKAGE).map(json::parseObject);
  }

  private static Optional<byte[]> openMulti(
      ObjectNode frame, NodeAddress receiver, Supplier<byte[]> pairKey) {
    if (!frame.path("M").booleanValue()) {
      return Optional.empty();
    }
    for (JsonNode entry : frame.path("k")) {
      if (receiver.text().equals(entry.path("a").textValue())) {
        byte[] wrapped = hex(entry.path("k"));
        return decrypt(pairKey.get(), wrapped, 0, NONCE)
            .filter(key -> key.length == KEY)
            .flatMap(key -> decrypt(key, hex(frame.path("n")), hex(frame.path("d"))))
            .flatMap(plain -> unpacked(plain, frame.path("c").asText().equals("01")));
      }
    }
    return Optional.empty();
  }

  private static Optional<byte[]> openSingle(byte[] frame, Supplier<byte[]> pairKey) {
    if (frame.length < NONCE + 1 + TAG_BITS / 8) {
      return Optional.empty();
    }
    return decrypt(pairKey.get(), frame, 0, NONCE + 1)
        .flatMap(plain -> unpacked(plain, frame[NONCE] != 0));
  }

  private static Optional<byte[]> unpacked(byte[] plain, boolean compressed) {
    if (compressed) {
      return Compression.inflate(plain, PLAIN);
    }
    return plain.length > MOST_PLAIN_BYTES ? Optional.empty() : Optional.of(plain);
  }

  private static byte[] packed(String plainText) {
    byte[] plain = plainText.getBytes(StandardCharsets.UTF_8);
    if (plain.length > MOST_PLAIN_BYTES) {
      throw IdentityError.NOT_SEALABLE.failure("The text has " + plain.length + " bytes.");
    }
    return Compression.deflate(plain, Deflater.DEFAULT_COMPRESSION);
  }

  private static byte[] encrypt(byte[] key, byte[] nonce, byte[] plain) {
    try {
      return gcm(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /** The nonce is in front of the cipher text, with or without a flag between them. */
  private static Optional<byte[]> decrypt(byte[] key, byte[] frame, int nonceAt, int textAt) {
    return frame.length < textAt
        ? Optional.empty()
        : decrypt(
            key,
            Arrays.copyOfRange(frame, nonceAt, nonceAt + NONCE),
            Arrays.copyOfRange(frame, textAt, frame.length));
  }

  private static Optional<byte[]> decrypt(byte[] key, byte[] nonce, byte[] sealed) {
    if (nonce.length != NONCE) {
      return Optional.empty();
    }
    try {
      return Optional.of(gcm(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Cipher gcm(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
    // The platform's own GCM runs on AES instructions, 40 times as fast as Bouncy Castle's.
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] hex(JsonNode field) {
    return HexFormat.of().parseHex(field.asText());
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}

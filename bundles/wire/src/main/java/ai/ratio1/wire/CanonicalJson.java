package ai.ratio1.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * One text for one JSON value (protocol dossier, section 2.2): names sorted by code point, no
 * blanks, non-ASCII raw, doubles shortest. What has no such text is refused with R1-WIRE-006.
 *
 * <p>Numbers that JSON cannot write (NaN, infinities) become {@code null}.
 */
public final class CanonicalJson {

  private CanonicalJson() {}

  /** The text under the current rules, with all fields. Wallet requests use the same text. */
  public static String text(JsonNode node) {
    return text(node, CanonicalWriter.Doubles.CURRENT, 0, Set.of());
  }

  /**
   * The text as wallets show it: {@code indent} blanks a level, no blank after a colon, empty
   * containers closed on the spot.
   *
   * @param indent blanks a level; 0 gives {@link #text}
   */
  public static String indented(JsonNode node, int indent) {
    return text(node, CanonicalWriter.Doubles.CURRENT, indent, Set.of());
  }

  /** The text a signature of {@code message} covers: without the fields the signature adds. */
  public static String signedText(ObjectNode message, CanonVersion version) {
    return text(message, version.doubles(), 0, version.skipped());
  }

  /** SHA-256 of {@link #signedText}, without ever holding that text. */
  static byte[] hash(ObjectNode message, CanonVersion version) {
    MessageDigest digest = sha256();
    new CanonicalWriter(digest::update, version.doubles(), 0).write(message, version.skipped());
    return digest.digest();
  }

  /** SHA-256 of {@link #text}: the hash that wallet requests carry. */
  public static byte[] sha256(JsonNode node) {
    MessageDigest digest = sha256();
    new CanonicalWriter(digest::update, CanonicalWriter.Doubles.CURRENT, 0).write(node, Set.of());
    return digest.digest();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String text(
      JsonNode node, CanonicalWriter.Doubles doubles, int indent, Set<String> skipped) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    new CanonicalWriter(out::write, doubles, indent).write(node, skipped);
    return out.toString(StandardCharsets.UTF_8);
  }
}

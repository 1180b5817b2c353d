package ai.ratio1.identity;

import java.util.Base64;

/**
 * The Ratio1 address of a node or client: {@code 0xai_} and the URL-safe base64 of the 33-byte
 * compressed secp256k1 public key (protocol dossier, section 1). Always in canonical form, so that
 * equal keys are equal addresses.
 *
 * <p>This type checks the form alone; {@link Signatures#parse} also checks that the key lies on the
 * curve and accepts the older spellings that genuine peers send.
 *
 * @param text the canonical text, 49 characters
 */
public record NodeAddress(String text) {

  /** The prefix of every canonical address. */
  public static final String PREFIX = "0xai_";

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if {@code text} is not in canonical form
   */
  public NodeAddress {
    if (text.length() != 49 || !text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("not a canonical node address: " + text);
    }
    byte[] key = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
    if (key.length != 33 || (key[0] != 2 && key[0] != 3)) {
      throw new IllegalArgumentException("not a compressed public key: " + text);
    }
  }

  /**
   * The address of a public key.
   *
   * @param compressedKey the X9.62 compressed point, 33 bytes
   * @throws IllegalArgumentException if it is not 33 bytes that begin with 2 or 3
   */
  public static NodeAddress of(byte[] compressedKey) {
    return new NodeAddress(PREFIX + Base64.getUrlEncoder().encodeToString(compressedKey));
  }

  /** The X9.62 compressed public key, 33 bytes. */
  public byte[] compressedKey() {
    return Base64.getUrlDecoder().decode(withoutPrefix());
  }

  /** The 44 characters after the prefix, as heartbeats and allow-lists carry them. */
  public String withoutPrefix() {
    return text.substring(PREFIX.length());
  }

  /** The canonical text. */
  @Override
  public String toString() {
    return text;
  }
}

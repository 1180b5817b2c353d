package ai.ratio1.http.internal.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The secret that an operator's programs present; 256 bits, written as 64 hexadecimal digits. */
public final class OperatorToken {

  private static final String SCHEME = "Bearer ";
  private static final int BYTES = 32;

  private final byte[] text;

  private OperatorToken(String text) {
    this.text = text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A new token. */
  public static OperatorToken generate(RandomGenerator random) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return new OperatorToken(HexFormat.of().formatHex(secret));
  }

  /** A token that was written before; empty when the text is none. */
  public static Optional<OperatorToken> parse(String text) {
    return text.matches("[0-9a-f]{64}") ? Optional.of(new OperatorToken(text)) : Optional.empty();
  }

  /** The 64 digits, for the file that only the operator can read. */
  public byte[] secret() {
    return text.clone();
  }

  /** Compares in a time that does not tell how much of the token was right. */
  boolean matches(String authorization) {
    return authorization.startsWith(SCHEME)
        && MessageDigest.isEqual(
            text, authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
  }
}

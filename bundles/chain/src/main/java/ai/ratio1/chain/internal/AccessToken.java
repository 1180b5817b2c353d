package ai.ratio1.chain.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a provider gives its customers to say who they are; whoever has it can use up what they paid
 * for. Sent as {@code Authorization: Bearer}.
 *
 * <p>Source: RFC 6750, 2.1.
 *
 * @param text 16 to 4,096 characters
 */
record AccessToken(String text) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{16,4096}={0,2}");
  private static final int LONGEST_FILE = 8192;
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  AccessToken {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "endpoint.token has to be 16 to 4096 letters, digits and ._~+/- (= at its end)");
    }
  }

  /**
   * The token of the settings.
   *
   * @param text the token, or empty
   * @param file where it is, or empty
   * @return empty when there is none
   * @throws IllegalArgumentException when it is in both, or the file cannot be read
   */
  static Optional<AccessToken> of(String text, String file) {
    if (file.isBlank()) {
      return Optional.of(text).filter(given -> !given.isEmpty()).map(AccessToken::new);
    }
    if (!text.isEmpty()) {
      throw new IllegalArgumentException("endpoint.token and endpoint.token.file are both set");
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] start = in.readNBytes(LONGEST_FILE);
      return Optional.of(new AccessToken(new String(start, StandardCharsets.US_ASCII).strip()));
    } catch (IOException e) {
      throw new IllegalArgumentException("endpoint.token.file cannot be read: " + e.getMessage());
    }
  }

  /** Refuses an address to which it would travel for everybody on the way to read. */
  void requireSafe(URI endpoint) {
    boolean encrypted = "https".equalsIgnoreCase(endpoint.getScheme());
    if (!encrypted && !LOOPBACK.matcher(String.valueOf(endpoint.getHost())).matches()) {
      throw new IllegalArgumentException(
          "endpoint.token needs https:// or loopback, which the first of the endpoints is not");
    }
  }

  String header() {
    return "Bearer " + text;
  }

  @Override
  public String toString() {
    return "AccessToken";
  }
}

package ai.ratio1.dauth.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.dauth.internal.core.BrokerGrant;
import ai.ratio1.dauth.internal.core.DAuthError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks settings; every failure is coded and names the setting. */
final class SettingReader {

  private static final Pattern VERSION = Pattern.compile("\\d{1,4}(\\.\\d{1,4}){1,3}");
  private static final Pattern ALIAS = Pattern.compile("[\\x20-\\x7e]{1,20}");
  private static final int LEAST_SECRET = 16;
  private static final int MOST_SECRET = 1024;
  private static final int MOST_AUTHORITY = 16 * 1024;

  private SettingReader() {}

  static long within(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw DAuthError.INVALID_SETTING.because(
          name + " is " + value + ", but has to be a number from " + least + " to " + most + ".");
    }
    return value;
  }

  static String version(String name, String text) {
    return matching(name, text, VERSION, "numbers with dots between them");
  }

  static String alias(String text) {
    return matching("alias", text, ALIAS, "1 to 20 printable ASCII characters");
  }

  private static String matching(String name, String text, Pattern form, String words) {
    if (!form.matcher(text).matches()) {
      throw DAuthError.INVALID_SETTING.because(name + " has to be " + words + ".");
    }
    return text;
  }

  /**
   * The broker and its secret.
   *
   * @throws R1Exception R1-DAUTH-021 when they are not usable
   */
  static BrokerGrant broker(
      String hosts, int port, boolean tls, String authorityFile, String secretFile) {
    List<String> names = Arrays.stream(hosts.split(" ")).filter(h -> !h.isBlank()).toList();
    if (names.isEmpty() || port < 1 || port > 65_535) {
      throw DAuthError.NO_ACCOUNT.because("broker.host or broker.port is missing or wrong.");
    }
    try {
      return new BrokerGrant(names, port, tls, pem(authorityFile), secret(secretFile));
    } catch (IOException | InvalidPathException e) {
      throw DAuthError.NO_ACCOUNT.because(
          "The broker's secret or authority cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** The text of a PEM file; empty when there is no file. */
  static Optional<String> pem(String file) throws IOException {
    if (file.isBlank()) {
      return Optional.empty();
    }
    Path path = Path.of(file);
    if (Files.size(path) > MOST_AUTHORITY) {
      throw new IOException(path + " is larger than " + MOST_AUTHORITY + " bytes");
    }
    String pem = Files.readString(path).strip();
    if (!pem.startsWith("-----BEGIN CERTIFICATE-----")) {
      throw new IOException(path + " holds no PEM certificate");
    }
    return Optional.of(pem);
  }

  /** As the broker reads it: white space around the text does not count. */
  private static byte[] secret(String file) throws IOException {
    if (file.isBlank()) {
      throw new IOException("broker.secret.file is not set");
    }
    Path path = Path.of(file);
    if (Files.size(path) > MOST_SECRET) {
      throw new IOException(path + " has more than " + MOST_SECRET + " bytes");
    }
    byte[] secret = Files.readString(path).strip().getBytes(StandardCharsets.UTF_8);
    if (secret.length < LEAST_SECRET) {
      throw new IOException(path + " has less than " + LEAST_SECRET + " bytes");
    }
    return secret;
  }
}

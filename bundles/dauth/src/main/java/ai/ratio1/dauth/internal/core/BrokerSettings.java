package ai.ratio1.dauth.internal.core;

import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.wire.DAuthAnswer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes the broker account out of an answer, by type and inside limits. Genuine clients put every
 * value into their environment as text, so that an absent host becomes the host {@code null}.
 */
final class BrokerSettings {

  private static final Set<String> NOT_WORDS = Set.of("null", "none", "true", "false");
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[?[0-9A-Fa-f:]{2,39}]?");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final Pattern CREDENTIAL = Pattern.compile("[\\x21-\\x7e]{1,256}");
  private static final int LONGEST_PEM = 16 * 1024;

  private BrokerSettings() {}

  static BrokerAccount read(DAuthAnswer answer) {
    String host = text(answer, BrokerGrant.HOST, HOST);
    int port = port(answer);
    String user = text(answer, BrokerGrant.USER, CREDENTIAL);
    String password = text(answer, BrokerGrant.PASSWORD, CREDENTIAL);
    return new BrokerAccount(host, port, secured(answer), user, password, authority(answer));
  }

  private static String text(DAuthAnswer answer, String key, Pattern form) {
    JsonNode value = answer.settings().get(key);
    String text = value == null || !value.isTextual() ? "" : value.textValue();
    if (!form.matcher(text).matches() || NOT_WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      throw unusable(key);
    }
    return text;
  }

  private static int port(DAuthAnswer answer) {
    JsonNode value = answer.settings().get(BrokerGrant.PORT);
    String digits = value == null || value.isFloatingPointNumber() ? "" : value.asText();
    int port = PORT.matcher(digits).matches() ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 65_535) {
      throw unusable(BrokerGrant.PORT);
    }
    return port;
  }

  private static boolean secured(DAuthAnswer answer) {
    JsonNode value = answer.settings().get(BrokerGrant.SECURED);
    String word = value == null ? "" : value.asText();
    return switch (word) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw unusable(BrokerGrant.SECURED);
    };
  }

  private static Optional<String> authority(DAuthAnswer answer) {
    JsonNode value = answer.settings().get(BrokerGrant.AUTHORITY);
    if (value == null || value.isNull() || value.asText().isEmpty()) {
      return Optional.empty();
    }
    boolean pem =
        value.isTextual()
            && value.textValue().length() <= LONGEST_PEM
            && value.textValue().startsWith("-----BEGIN CERTIFICATE-----");
    if (!pem) {
      throw unusable(BrokerGrant.AUTHORITY);
    }
    return Optional.of(value.textValue());
  }

  private static RuntimeException unusable(String key) {
    return DAuthError.BAD_SETTINGS.because("The answer's " + key + " is missing or unusable.");
  }
}

package ai.ratio1.heartbeat.internal.core;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds the sender of a message without parsing it, so that a flood is told apart by sender before
 * it costs anything. What it finds is a claim: the parsed field must be compared with it.
 */
final class SenderScan {

  private static final byte[] NAME = "\"EE_SENDER\"".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST = 64;

  private SenderScan() {}

  /** The text value of the first field of that name; empty when there is none of sane length. */
  static Optional<String> find(byte[] message) {
    for (int at = 0; at <= message.length - NAME.length; at++) {
      if (message[at] == '"' && isName(message, at)) {
        int value = skipBlanks(message, at + NAME.length);
        if (value < message.length && message[value] == ':') {
          return text(message, skipBlanks(message, value + 1));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isName(byte[] message, int at) {
    for (int i = 1; i < NAME.length; i++) {
      if (message[at + i] != NAME[i]) {
        return false;
      }
    }
    return true;
  }

  private static int skipBlanks(byte[] message, int from) {
    int at = from;
    while (at < message.length
        && (message[at] == ' '
            || message[at] == '\t'
            || message[at] == '\n'
            || message[at] == '\r')) {
      at++;
    }
    return at;
  }

  private static Optional<String> text(byte[] message, int quote) {
    if (quote >= message.length || message[quote] != '"') {
      return Optional.empty();
    }
    int end = Math.min(message.length, quote + 1 + LONGEST);
    for (int at = quote + 1; at < end; at++) {
      if (message[at] == '"') {
        return Optional.of(
            new String(message, quote + 1, at - quote - 1, StandardCharsets.ISO_8859_1));
      }
    }
    return Optional.empty();
  }
}

package ai.ratio1.broker.internal.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the sender a message names without building a document: one pass, no allocation that grows
 * with the message.
 *
 * <p>Stricter than a parser where parsers differ, so that a message cannot show one sender here and
 * another one to its readers: no escapes in names of top-level fields, no other spelling of the
 * sender, every occurrence counts, nothing after the closing brace.
 */
public final class SenderScan {

  private static final byte[] SENDER = "EE_SENDER".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADDRESS = "EE_ADDR".getBytes(StandardCharsets.US_ASCII);

  private final ByteBuffer json;
  private final byte[] expected;
  private boolean named;

  private SenderScan(ByteBuffer json, String expected) {
    this.json = json.duplicate();
    this.expected = expected.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Whether {@code json} is an object whose top-level {@code EE_SENDER} is {@code sender}, and
   * whose {@code EE_ADDR}, if it has one, is too.
   */
  public static boolean isFrom(ByteBuffer json, String sender) {
    SenderScan scan = new SenderScan(json, sender);
    return scan.object() && scan.named && scan.atEnd();
  }

  private boolean object() {
    if (next() != '{') {
      return false;
    }
    int c = next();
    if (c == '}') {
      return true;
    }
    while (c == '"' && field()) {
      c = next();
      if (c == '}') {
        return true;
      }
      if (c != ',') {
        return false;
      }
      c = next();
    }
    return false;
  }

  /** A name, whose opening quote has been read, and its value. */
  private boolean field() {
    int start = json.position();
    int length = plainString();
    if (length < 0 || next() != ':') {
      return false;
    }
    boolean sender = same(start, length, SENDER);
    if (!sender && !same(start, length, ADDRESS)) {
      return skipValue(next());
    }
    named |= sender;
    return next() == '"' && names();
  }

  private boolean names() {
    int start = json.position();
    int length = plainString();
    return length >= 0 && same(start, length, expected);
  }

  /** The length of a string without escapes whose opening quote has been read, or -1. */
  private int plainString() {
    int start = json.position();
    while (json.hasRemaining()) {
      byte b = json.get();
      if (b == '"') {
        return json.position() - 1 - start;
      }
      if (b == '\\') {
        return -1;
      }
    }
    return -1;
  }

  private boolean skipValue(int first) {
    if (first == '"') {
      return skipString();
    }
    if (first == '{' || first == '[') {
      return skipNested();
    }
    while (json.hasRemaining() && isScalar(json.get(json.position()))) {
      json.get();
    }
    return first >= 0 && isScalar((byte) first);
  }

  private boolean skipNested() {
    int depth = 1;
    while (depth > 0 && json.hasRemaining()) {
      switch (json.get()) {
        case '"' -> {
          if (!skipString()) {
            return false;
          }
        }
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
    }
    return depth == 0;
  }

  private boolean skipString() {
    while (json.hasRemaining()) {
      byte b = json.get();
      if (b == '"') {
        return true;
      }
      if (b == '\\' && json.hasRemaining()) {
        json.get();
      }
    }
    return false;
  }

  private boolean same(int start, int length, byte[] text) {
    if (length != text.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (json.get(start + i) != text[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean atEnd() {
    return next() < 0;
  }

  /** The next byte that is not white space, or -1. */
  private int next() {
    while (json.hasRemaining()) {
      byte b = json.get();
      if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        return b & 0xff;
      }
    }
    return -1;
  }

  private static boolean isScalar(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '+'
        || b == '-'
        || b == '.';
  }
}

package ai.ratio1.heartbeat.internal.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** h: SHA-256 of 32 bytes, applied again and again. */
final class LinkHash {

  private LinkHash() {}

  /** h^times(from); the bytes themselves for 0. */
  static byte[] times(byte[] from, int times) {
    MessageDigest digest = sha256();
    byte[] value = from;
    for (int i = 0; i < times; i++) {
      value = digest.digest(value);
    }
    return value;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package ai.ratio1.mqtt.internal.core;

import java.util.random.RandomGenerator;

/** Client identifiers as the genuine network forms them (protocol dossier, section 3.2). */
public final class ClientId {

  private static final String KIND = "DEFAULT";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int RANDOM_LETTERS = 8;

  private ClientId() {}

  /** A new identifier, such as {@code node_DEFAULT_x1y2z3w4}. */
  public static String next(String alias, RandomGenerator random) {
    StringBuilder id = new StringBuilder(alias).append('_').append(KIND).append('_');
    for (int i = 0; i < RANDOM_LETTERS; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}

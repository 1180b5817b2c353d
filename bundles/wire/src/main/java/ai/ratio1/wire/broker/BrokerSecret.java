package ai.ratio1.wire.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file with the secret that a network's broker and its oracles share. */
public final class BrokerSecret {

  private static final int LEAST = 16;
  private static final int MOST = 1024;

  private BrokerSecret() {}

  /**
   * Reads the secret: the file's text without white space around it, as UTF-8 bytes, so that an
   * editor's last line break does not change every password.
   *
   * @throws IOException if it cannot be read or has not 16 to 1,024 bytes
   */
  public static byte[] read(Path file) throws IOException {
    if (Files.size(file) > MOST) {
      throw new IOException(file + " has more than " + MOST + " bytes");
    }
    byte[] secret = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    if (secret.length < LEAST) {
      throw new IOException(file + " has less than " + LEAST + " bytes");
    }
    return secret;
  }
}

package ai.ratio1.broker.internal.core;

import java.nio.file.Path;

/** Where the password of a keystore is. */
public sealed interface KeystorePassword {

  /**
   * In the settings.
   *
   * @param text the password
   */
  record Given(String text) implements KeystorePassword {
    @Override
    public String toString() {
      return "Given";
    }
  }

  /**
   * In a file, as its text without white space around it.
   *
   * @param path of the file
   */
  record InFile(Path path) implements KeystorePassword {}
}

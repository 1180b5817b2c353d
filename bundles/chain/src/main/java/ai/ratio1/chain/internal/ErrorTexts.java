package ai.ratio1.chain.internal;

import ai.ratio1.chain.internal.core.RevertReasons;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The errors that the contracts declare, as the contracts' build listed them. */
final class ErrorTexts {

  private ErrorTexts() {}

  static RevertReasons reasons() {
    try (InputStream listed = RevertReasons.class.getResourceAsStream("errors.txt")) {
      String text =
          new String(Objects.requireNonNull(listed).readAllBytes(), StandardCharsets.US_ASCII);
      return RevertReasons.of(text.lines().toList());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

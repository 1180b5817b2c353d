package ai.ratio1.chain.internal;

import ai.ratio1.chain.internal.core.RevertReasons;
import ai.ratio1.chain.internal.core.deployment.Runtimes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What the contracts' build listed: the errors they declare, and what their code is. */
final class BuildLists {

  private BuildLists() {}

  static RevertReasons reasons() {
    return RevertReasons.of(lines("errors.txt"));
  }

  /** The code of the contracts. */
  static Runtimes runtimes() {
    return Runtimes.of(lines("runtimes.txt"));
  }

  private static List<String> lines(String name) {
    try (InputStream listed = RevertReasons.class.getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(listed).readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

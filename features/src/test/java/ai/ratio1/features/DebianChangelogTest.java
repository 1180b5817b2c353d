package ai.ratio1.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianChangelogTest {

  private static final String CHANGES =
      """
      # Changelog

      What changed.

      ## Unreleased

      ### Breaking changes

      - The stores have a new layout: `./r1 reset`, which deletes everything that was kept in
        them ([why](docs/decisions/0001-why.md)).

      ### Additions

      - A page.

      ## 0.0.1

      - Nothing yet.
      """;

  @TempDir Path folder;

  @Test
  void theNewestSectionIsARelease() throws IOException {
    assertThat(written("made.gz"))
        .isEqualTo(
            """
            ratio1-node (0.1.0~SNAPSHOT) unstable; urgency=medium

              [ Breaking changes ]
              * The stores have a new layout: `./r1 reset`, which deletes everything that
                was kept in them (why).
              [ Additions ]
              * A page.

             -- Somebody <somebody@example.org>  Sat, 21 Nov 2026 00:00:00 +0000
            """);
  }

  @Test
  void equalInputsMakeEqualBytes() throws IOException {
    written("one.gz");
    written("two.gz");
    assertThat(folder.resolve("one.gz")).hasSameBinaryContentAs(folder.resolve("two.gz"));
  }

  @Test
  void anEmptySectionIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> DebianChangelog.text(List.of("# Changelog", "## 1.0", ""), "", ""));
  }

  private String written(String name) throws IOException {
    Path changes = Files.writeString(folder.resolve("CHANGELOG.md"), CHANGES);
    Path to = folder.resolve(name);
    DebianChangelog.main(
        new String[] {
          changes.toString(),
          "ratio1-node",
          "0.1.0-SNAPSHOT",
          "Somebody <somebody@example.org>",
          "2026-11-21T00:00:00Z",
          to.toString()
        });
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(to))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

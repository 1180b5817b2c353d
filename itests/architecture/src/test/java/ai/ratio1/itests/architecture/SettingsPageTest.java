package ai.ratio1.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/settings.md} says what the bundles take. */
class SettingsPageTest {

  private static final String NAME = "docs/reference/settings.md";
  private static final Path WRITTEN = Path.of("target", "settings.md").toAbsolutePath();
  private static final String MARK = "<!-- What follows is written by SettingsPageTest. -->\n";

  @Test
  void thePageHasEverySetting() throws Exception {
    String page = Files.readString(Sources.ROOT.resolve(NAME));
    int mark = page.indexOf(MARK);
    assertThat(mark).as("%s lacks the line %s", NAME, MARK).isNotNegative();
    String expected =
        page.substring(0, mark + MARK.length()) + "\n" + SettingsPage.ofClassPath().text();
    Files.createDirectories(WRITTEN.getParent());
    Files.writeString(WRITTEN, expected);
    assertThat(page)
        .as("%s is not what the bundles say: copy %s over it.", NAME, WRITTEN)
        .isEqualTo(expected);
  }

  @Test
  void noConfigurationIsOverlooked() throws Exception {
    long written =
        Sources.ofBundles().stream().filter(t -> t.contains("@ObjectClassDefinition(")).count();
    assertThat(SettingsPage.ofClassPath().pids())
        .as("Every bundle with a configuration has to be in itests/architecture/pom.xml.")
        .contains("ai.ratio1.chain", "ai.ratio1.dauth.server", "ai.ratio1.mqtt")
        .hasSize((int) written);
  }
}

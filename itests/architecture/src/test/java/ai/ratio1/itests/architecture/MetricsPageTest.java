package ai.ratio1.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/metrics.md} has the figures of the bundles, and no other. */
class MetricsPageTest {

  private static final Pattern WHOLE = Pattern.compile("\"(r1_[a-z0-9_]*[a-z0-9])\"");

  /** {@code "r1_mqtt_" + name + "_total"}: the rest of the name is given to a method. */
  private static final Pattern COMPOSED =
      Pattern.compile("\"(r1_[a-z0-9]+_)\" \\+ name(?: \\+ \"([a-z_]+)\")?");

  private static final Pattern REST =
      Pattern.compile("\\b(?:count|counter|gauge)\\(\\s*\"(?!r1_)([a-z0-9_]+)\"");
  private static final Pattern ON_PAGE = Pattern.compile("\\br1_[a-z0-9_]*[a-z0-9]");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(r1_[a-z0-9_]+)` \\| (counter|gauge) \\|");

  @Test
  void thePageHasEveryFigure() throws IOException {
    Set<String> figures = new TreeSet<>();
    for (String source : Sources.ofBundles()) {
      find(WHOLE, source, figures);
      Matcher composed = COMPOSED.matcher(source);
      if (composed.find()) {
        Set<String> rests = new TreeSet<>();
        find(REST, source, rests);
        String end = composed.group(2) == null ? "" : composed.group(2);
        rests.forEach(rest -> figures.add(composed.group(1) + rest + end));
      }
    }
    Set<String> described = new TreeSet<>();
    find(ON_PAGE, page(), described);
    assertThat(described)
        .as("figures of docs/reference/metrics.md, compared with those of the sources")
        .contains("r1_mqtt_connects_total", "r1_chain_head_block")
        .containsExactlyInAnyOrderElementsOf(figures);
  }

  @Test
  void everyFigureHasARowWithItsType() throws IOException {
    Set<String> described = new TreeSet<>();
    find(ON_PAGE, page(), described);
    Matcher row = ROW.matcher(page());
    while (row.find()) {
      described.remove(row.group(1));
      assertThat(row.group(2).equals("counter"))
          .as("%s is a %s: counters alone end in _total", row.group(1), row.group(2))
          .isEqualTo(row.group(1).endsWith("_total"));
    }
    assertThat(described).as("figures without a row").isEmpty();
  }

  private static String page() throws IOException {
    return Files.readString(Sources.ROOT.resolve("docs/reference/metrics.md"));
  }

  private static void find(Pattern pattern, String text, Set<String> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(matcher.groupCount()));
    }
  }
}

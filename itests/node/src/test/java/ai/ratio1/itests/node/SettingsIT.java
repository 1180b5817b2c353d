package ai.ratio1.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * Whatever a configuration says, its component goes on with the last good one and says what is
 * wrong. Every component of every packed bundle that runs without Kura, a thousand configurations
 * each; {@code -Dsettings.seed=N} draws others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsIT {

  private static final int UPDATES = 1000;
  private static final long SEED = Long.getLong("settings.seed", 1);

  /** Tells one update from another; components do not know it. */
  private static final String MARK = "test.update";

  @TempDir static Path folder;

  private Node node;
  private int mark;

  static List<PackedForm> forms() throws IOException {
    return Node.forms();
  }

  @BeforeAll
  void start() throws Exception {
    node = Node.start(folder);
    node.giveEverything();
  }

  @AfterAll
  void stop() throws Exception {
    node.close();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void noConfigurationBreaksAComponent(PackedForm form) throws Exception {
    String pid = form.pid();
    settle(pid, node.good(pid));
    assertThat(node.refusal(pid)).as("the good one").isEmpty();
    Object service = id(pid);
    RandomSettings settings =
        new RandomSettings(form, node.good(pid), new Random(SEED ^ pid.hashCode()));
    long before = refusalsInLog(pid);
    int refused = 0;
    for (int i = 0; i < UPDATES; i++) {
      String kept = kept(pid);
      RandomSettings.Draw draw = settings.next();
      String what = "seed " + SEED + ", update " + i + " of " + pid + ": " + draw;
      settle(pid, draw.values());
      Optional<String> refusal = node.refusal(pid);
      assertThat(id(pid)).as("the component was restarted by " + what).isEqualTo(service);
      if (!draw.wrong().isEmpty()) {
        assertThat(refusal).as(what).isPresent();
        assertThat(draw.wrong()).as(what).anyMatch(id -> refusal.get().contains(": " + id + " "));
      }
      if (refusal.isPresent()) {
        refused++;
        assertThat(refusal.get()).as(what).matches("R1-[A-Z]+-\\d{3}: (?s:.+)");
        assertThat(kept(pid)).as("what counts at the next start, after " + what).isEqualTo(kept);
      }
    }
    assertThat(refused).as("refused").isBetween(UPDATES / 4, UPDATES - 1);
    assertThat(refusalsInLog(pid) - before).as("lines of the log").isEqualTo(refused);
    assertThat(Files.readString(node.log)).doesNotContain("modified method has thrown");
    settle(pid, node.good(pid));
    assertThat(node.refusal(pid)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aWrongFirstConfigurationIsNoReasonToBeAway(PackedForm form) throws Exception {
    String pid = form.pid();
    settle(pid, node.good(pid));
    String kept = kept(pid);
    Bundle bundle = node.component(pid).orElseThrow().getBundle();
    bundle.stop();
    Map<String, Object> wrong = marked(node.good(pid));
    wrong.put(form.attributes().get(0).getAttribute("id"), new int[] {1, 2, 3});
    node.give(pid, wrong);
    bundle.start();
    Node.await(pid, () -> node.component(pid).isPresent());
    assertThat(node.refusal(pid)).hasValueSatisfying(why -> assertThat(why).startsWith("R1-SETT"));
    assertThat(kept(pid)).isEqualTo(kept);
    settle(pid, node.good(pid));
    assertThat(node.refusal(pid)).isEmpty();
  }

  private Map<String, Object> marked(Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put(MARK, ++mark);
    return all;
  }

  /** Gives a configuration and waits until the component has seen it. */
  private void settle(String pid, Map<String, Object> values) throws IOException {
    Map<String, Object> all = marked(values);
    node.give(pid, all);
    Object wanted = all.get(MARK);
    Node.await(
        pid + " to look at " + values,
        () ->
            node.component(pid)
                .map(ref -> ref.getProperty(MARK))
                .filter(wanted::equals)
                .isPresent());
  }

  private long refusalsInLog(String pid) throws IOException {
    String said = " " + pid + " refuses its configuration. R1-";
    try (Stream<String> lines = Files.lines(node.log)) {
      return lines.filter(line -> line.contains(said)).count();
    }
  }

  private Object id(String pid) {
    return node.component(pid)
        .map((ServiceReference<?> reference) -> reference.getProperty("service.id"))
        .orElse("no component");
  }

  private String kept(String pid) throws IOException {
    Path file = node.data.resolve("settings").resolve(pid + ".conf");
    return Files.exists(file) ? Files.readString(file) : "nothing";
  }
}

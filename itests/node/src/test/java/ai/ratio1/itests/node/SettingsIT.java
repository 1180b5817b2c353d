package ai.ratio1.itests.node;

import static ai.ratio1.itests.node.RandomSettings.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * Whatever a configuration says, its component goes on with the last good one and says what is
 * wrong. Every component of every packed bundle, a thousand configurations each; {@code
 * -Dsettings.seed=N} draws others.
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
    return Appliance.forms();
  }

  static List<PackedForm> formsWithSecrets() throws IOException {
    return forms().stream().filter(form -> !form.secrets().isEmpty()).toList();
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
        new RandomSettings(
            form, node.good(pid), new Random(SEED ^ pid.hashCode()), this::encrypted);
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
    node.give(pid, marked(wrong(form)));
    bundle.start();
    Node.await(pid, () -> node.component(pid).isPresent());
    // The service of a component is there a moment before the component.
    Node.await(pid + " to refuse", () -> refusal(pid).startsWith("R1-SETT"));
    assertThat(kept(pid)).isEqualTo(kept);
    settle(pid, node.good(pid));
    assertThat(node.refusal(pid)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("formsWithSecrets")
  void aSecretArrivesEncryptedOrNotAtAll(PackedForm form) throws Exception {
    String pid = form.pid();
    String right = encrypted(SECRET);
    for (String id : form.secrets()) {
      settle(pid, with(pid, id, right));
      assertThat(node.refusal(pid)).as(id).isEmpty();
      String kept = kept(pid);
      assertThat(kept).contains("\n" + id + "=");
      Object service = id(pid);
      for (Map.Entry<String, String> wrong : wrongSecrets(right).entrySet()) {
        settle(pid, with(pid, id, wrong.getKey()));
        assertThat(node.refusal(pid).orElseThrow())
            .as(id)
            .startsWith(wrong.getValue() + ": " + id + " ");
        assertThat(kept(pid)).isEqualTo(kept);
        assertThat(id(pid)).isEqualTo(service);
      }
      settle(pid, with(pid, id, encrypted("")));
      assertThat(node.refusal(pid)).as("none, as Kura encrypts it").isEmpty();
    }
    settle(pid, node.good(pid));
  }

  private Map<String, String> wrongSecrets(String right) {
    return Map.of(
        encryptedElsewhere(),
        "R1-SETTINGS-004",
        right.substring(0, right.length() - 5),
        "R1-SETTINGS-004",
        right.substring(right.indexOf('-')),
        "R1-SETTINGS-004",
        "what somebody typed into a file",
        "R1-SETTINGS-004",
        "placeholder",
        "R1-SETTINGS-004",
        encrypted("placeholder"),
        "R1-SETTINGS-006");
  }

  /** By a node with another key. */
  private static String encryptedElsewhere() {
    try {
      byte[] nonce = new byte[12];
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(new byte[32], "AES"),
          new GCMParameterSpec(128, nonce));
      byte[] sealed = cipher.doFinal(SECRET.getBytes(StandardCharsets.UTF_8));
      Base64.Encoder base64 = Base64.getEncoder();
      return base64.encodeToString(nonce) + "-" + base64.encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** With a wrong configuration over a restart, and put right in a web admin. */
  @Test
  void theLastGoodOneSurvivesARestartAndNoFileHasASecret() throws Exception {
    Map<String, String> kept = new HashMap<>();
    for (PackedForm form : forms()) {
      String pid = form.pid();
      settle(pid, secretsOf(form, encrypted(SECRET)));
      assertThat(node.refusal(pid)).as(pid).isEmpty();
      kept.put(pid, kept(pid));
      settle(pid, wrong(form));
    }
    node.close();
    noFileHas(SECRET);
    node = Node.start(folder);
    node.giveSession();
    node.awaitComponents();
    for (PackedForm form : forms()) {
      String pid = form.pid();
      Node.await(pid + " to refuse", () -> refusal(pid).startsWith("R1-SETTINGS-001: "));
      assertThat(kept(pid)).isEqualTo(kept.get(pid));
      assertThat(Files.readString(node.log))
          .containsPattern(
              Pattern.quote(pid) + " refuses its .*The last good one of an earlier run is used");
      settle(pid, node.good(pid));
      node.update(pid, marked(secretsOf(form, SECRET)));
      awaitMark(pid, mark, Map.of());
      assertThat(node.refusal(pid)).isEmpty();
    }
    noFileHas(SECRET);
  }

  /** A good configuration with every secret of a form. */
  private Map<String, Object> secretsOf(PackedForm form, String value) {
    Map<String, Object> values = new HashMap<>(node.good(form.pid()));
    form.secrets().forEach(id -> values.put(id, value));
    return values;
  }

  private static void noFileHas(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret))
            .as("%s has the secret", file)
            .isFalse();
      }
    }
  }

  private Map<String, Object> with(String pid, String id, Object value) {
    Map<String, Object> values = new HashMap<>(node.good(pid));
    values.put(id, value);
    return values;
  }

  private String refusal(String pid) {
    try {
      return node.refusal(pid).orElse("");
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private String encrypted(String secret) {
    try {
      return node.encrypted(secret);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, Object> wrong(PackedForm form) {
    return with(form.pid(), form.attributes().get(0).getAttribute("id"), new int[] {1, 2, 3});
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
    awaitMark(pid, mark, values);
  }

  private void awaitMark(String pid, Object wanted, Map<String, Object> values) {
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

package ai.ratio1.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class ConfiguredTest {

  private static final ErrorCode OWN = new ErrorCode("R1-TEST-001");
  private static final String SEALED = "sealed:";

  @TempDir Path folder;

  private final Map<String, R1Exception> refusals = new HashMap<>();
  private final List<String> used = new ArrayList<>();

  /** What can open secrets, while it is there. */
  private List<Secrets> secrets =
      List.of(
          value ->
              value.startsWith(SEALED)
                  ? Optional.of(value.substring(SEALED.length()))
                  : Optional.empty());

  @Test
  void valuesArriveInTheTypesOfTheForm() {
    String text =
        configured()
            .begin(
                Map.of(
                    "port",
                    8080L,
                    "grace.ms",
                    (short) 7,
                    "share",
                    1,
                    "peers",
                    new Vector<>(List.of("a", "", "b")),
                    "service.pid",
                    "what platforms add"));
    assertThat(text).isEqualTo("8080 7 1.0 fast [a, b]");
    assertThat(refusals).isEmpty();
  }

  @Test
  void whatIsMissingHasItsDefault() {
    assertThat(configured().begin(Map.of())).isEqualTo("80 5 0.5 fast []");
  }

  @Test
  void nothingIsRoundedCutOrReadFromATextAndTheSettingIsNamed() {
    Configured<TestConfig, String> configured = configured();
    configured.begin(Map.of("port", 1234));
    assertRefused(configured, "port", "1235");
    assertRefused(configured, "port", 80.5);
    assertRefused(configured, "port", (1L << 32) + 80);
    assertRefused(configured, "port", 0);
    assertRefused(configured, "port", 65_536);
    assertRefused(configured, "port", new int[] {80});
    assertRefused(configured, "grace.ms", 1e300);
    assertRefused(configured, "share", Double.NaN);
    assertRefused(configured, "share", Float.POSITIVE_INFINITY);
    assertRefused(configured, "share", 1.0000001);
    assertRefused(configured, "mode", "faster");
    assertRefused(configured, "mode", "AAAAAAAAAAAAAAAA-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assertRefused(configured, "peers", new String[] {"a", "b", "c", "d"});
    assertRefused(configured, "peers", new Object[] {"a", 1});
    assertRefused(configured, "mode", "x".repeat(1 << 17));
    assertThat(used).isEmpty();
    configured.next(Map.of("port", 99), used::add);
    assertThat(used).containsExactly("99 5 0.5 fast []");
    assertThat(refusals).isEmpty();
  }

  @Test
  void aSecretArrivesOpenedAndIsKeptAsItCame() throws Exception {
    assertThat(secret(SEALED + "hunter2")).isEqualTo("hunter2");
    assertThat(refusals).isEmpty();
    assertThat(Files.readString(file())).contains("sealed").doesNotContain("=hunter2");
    assertThat(secret("")).isEmpty();
    assertThat(secret(SEALED)).as("what platforms make of none").isEmpty();
    assertThat(refusals).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "hunter2, R1-SETTINGS-004",
    "placeholder, R1-SETTINGS-004",
    "sealed:placeholder, R1-SETTINGS-006"
  })
  void whatIsNoSecretOfThisNodeIsRefused(String value, String code) throws Exception {
    secret(SEALED + "good");
    String kept = Files.readString(file());
    assertThat(secret(value)).as("the last good one").isEqualTo("good");
    assertThat(refusals.get(TestConfig.PID).code().text()).isEqualTo(code);
    assertThat(refusals.get(TestConfig.PID).describe()).contains("secret ").doesNotContain("hunt");
    assertThat(Files.readString(file())).isEqualTo(kept);
  }

  @Test
  void aSecretIsNeverShown() {
    for (String value : List.of("hunter2".repeat(20_000), SEALED + "hunter2".repeat(20))) {
      refusals.clear();
      secret(value);
      assertThat(refusals.get(TestConfig.PID).code()).isEqualTo(SettingsError.REFUSED.code());
      assertThat(refusals.get(TestConfig.PID).describe()).contains("secret").doesNotContain("hunt");
    }
  }

  @Test
  void withoutWhatOpensSecretsTheirConfigurationWaits() {
    List<Secrets> there = secrets;
    secret(SEALED + "good");
    secrets = List.of();
    assertThat(secret(SEALED + "better")).as("the default").isEmpty();
    assertThat(refusals.get(TestConfig.PID).code().text()).isEqualTo("R1-SETTINGS-005");
    assertThat(secret("")).as("no secret needs nobody").isEmpty();
    assertThat(refusals).isEmpty();
    secrets = there;
    assertThat(secret(SEALED + "better")).isEqualTo("better");
  }

  @Test
  void aComponentThatHasSecretsCannotForgetThem() {
    assertThatThrownBy(
            () -> Configured.of(TestConfig.class, TestConfig.PID, context(), TestConfig::secret))
        .hasMessageContaining("Secrets");
  }

  /** What a component that starts with this secret sees of it. */
  private String secret(String value) {
    return Configured.of(TestConfig.class, TestConfig.PID, context(), secrets, TestConfig::secret)
        .begin(Map.of("secret", value));
  }

  @Test
  void aWrongFirstConfigurationIsReplacedByTheLastGoodOne() {
    configured().begin(Map.of("port", 1234, "peers", new String[] {"a", "b = c\n"}));
    assertThat(configured().begin(Map.of("port", "none")))
        .isEqualTo("1234 5 0.5 fast [a, b = c\n]");
    assertThat(refusals.get(TestConfig.PID).code()).isEqualTo(SettingsError.REFUSED.code());
  }

  @Test
  void aNewerGoodOneReplacesTheLast() {
    configured().begin(Map.of("port", 1234));
    configured().begin(Map.of());
    assertThat(configured().begin(Map.of("port", 0))).startsWith("80 ");
  }

  @Test
  void withoutALastGoodOneTheDefaultsCount() {
    assertThat(configured().begin(Map.of("port", "none"))).isEqualTo("80 5 0.5 fast []");
    assertThat(refusals).containsKey(TestConfig.PID);
    assertThat(configured().begin(Map.of())).isEqualTo("80 5 0.5 fast []");
    assertThat(refusals).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "port=none", "port=0", "peers[]=9", "peers[]=x", "\\u00", "garbled \0 text"})
  void aBrokenLastGoodOneIsNoReasonToFail(String content) throws Exception {
    configured().begin(Map.of("port", 1234));
    Files.writeString(file(), content);
    assertThat(configured().begin(Map.of("port", 0))).startsWith("80 ");
    Files.write(file(), new byte[2 << 20]);
    assertThat(configured().begin(Map.of("port", 0))).startsWith("80 ");
  }

  @Test
  void whatTheComponentCannotUseIsNotKept() throws Exception {
    Configured<TestConfig, String> configured = configured();
    configured.begin(Map.of("port", 1234));
    String before = Files.readString(file());
    configured.next(
        Map.of("port", 4321),
        settings -> {
          throw new R1Exception(OWN, "The port is taken.", "Take another.");
        });
    assertThat(refusals.get(TestConfig.PID).code()).isEqualTo(OWN);
    assertThat(Files.readString(file())).isEqualTo(before);
  }

  @Test
  void settingsThatDoNotFitTogetherAreRefusedByTheComponent() {
    Configured<TestConfig, String> configured =
        Configured.of(
            TestConfig.class,
            TestConfig.PID,
            context(),
            secrets,
            config -> {
              throw new IllegalArgumentException("not today");
            });
    assertThatThrownBy(() -> configured.begin(Map.of())).hasMessageContaining("not today");
    assertThat(configured.tryBegin(Map.of())).isEmpty();
    assertThat(refusals.get(TestConfig.PID).code()).isEqualTo(SettingsError.REFUSED.code());
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoReasonToFail() throws Exception {
    Files.writeString(folder.resolve("settings"), "a file in the way");
    assertThat(configured().begin(Map.of("port", 1234))).startsWith("1234 ");
  }

  private void assertRefused(
      Configured<TestConfig, String> configured, String setting, Object value) {
    refusals.clear();
    configured.next(Map.of(setting, value), used::add);
    assertThat(refusals.get(TestConfig.PID))
        .as("%s = %s", setting, value)
        .isNotNull()
        .satisfies(e -> assertThat(e.code()).isEqualTo(SettingsError.REFUSED.code()))
        .hasMessageStartingWith(setting + " ");
  }

  private Path file() {
    return folder.resolve("settings").resolve(TestConfig.PID + ".conf");
  }

  private Configured<TestConfig, String> configured() {
    return Configured.of(
        TestConfig.class,
        TestConfig.PID,
        context(),
        secrets,
        c ->
            "%d %d %s %s %s"
                .formatted(c.port(), c.grace_ms(), c.share(), c.mode(), List.of(c.peers())));
  }

  private BundleContext context() {
    Refusals board =
        new Refusals() {
          @Override
          public void refused(String pid, R1Exception why) {
            refusals.put(pid, why);
          }

          @Override
          public void taken(String pid) {
            refusals.remove(pid);
          }

          @Override
          public Map<String, R1Exception> now() {
            return refusals;
          }
        };
    Object reference = stub(ServiceReference.class, Map.of());
    return (BundleContext)
        stub(
            BundleContext.class,
            Map.of(
                "getProperty",
                folder.toString(),
                "getServiceReference",
                reference,
                "getService",
                board,
                "ungetService",
                true));
  }

  private static Object stub(Class<?> type, Map<String, Object> answers) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> answers.get(method.getName()));
  }
}

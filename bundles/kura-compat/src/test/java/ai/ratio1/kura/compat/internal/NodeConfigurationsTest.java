package ai.ratio1.kura.compat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.ratio1.testing.Framework;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.service.cm.Configuration;

/** In a framework, whose storage is wiped at a restart as on a gateway. */
class NodeConfigurationsTest {

  private static final String SHARED =
      "org.eclipse.kura;version=1.6.0,org.eclipse.kura.configuration.metatype;version=1.1.0,"
          + "org.eclipse.kura.crypto;version=1.3.0,org.slf4j;version=2.0.0,"
          + "org.osgi.service.log;version=1.5.0";

  private static final String METATYPE =
      """
      <MetaData xmlns="http://www.osgi.org/xmlns/metatype/v1.3.0">
        <OCD id="pump" name="Pump">
          <AD id="speed" type="Integer" min="1" max="100" default="10"/>
          <AD id="mode" type="String" default="slow">
            <Option label="Slow" value="slow"/>
            <Option label="Fast" value="fast"/>
          </AD>
          <AD id="secret" type="Password" required="false"/>
          <AD id="peers" type="String" cardinality="9" required="false"/>
        </OCD>
        <Designate %s="pump"><Object ocdref="pump"/></Designate>
      </MetaData>
      """;

  @TempDir Path folder;

  private Framework framework;
  private ConfigurationService service;

  @BeforeEach
  void start() throws Exception {
    framework = Framework.start(folder, Clock.systemUTC(), SHARED, Map.of());
    framework.install("org.apache.felix.metatype.internal.Activator");
    install("single", METATYPE.formatted("pid"));
    install("factory", METATYPE.formatted("factoryPid").replace("pump", "tank"));
    framework.install(NodeConfigurations.class.getName());
    service = framework.service(ConfigurationService.class);
    Framework.await(() -> service.getConfigurableComponentPids().contains("pump"));
  }

  @AfterEach
  void stop() {
    framework.close();
  }

  @Test
  void aChangeIsCheckedAndOthersStay() throws Exception {
    service.updateConfiguration("pump", Map.of("speed", 50));
    assertThat(values("pump")).containsEntry("speed", 50).containsEntry("mode", "slow");
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("speed", "50"),
            Map.of("speed", 101),
            Map.of("speed", 50L),
            Map.of("mode", "faster"),
            Map.of("peers", "alone"),
            Map.of("peers", new Integer[] {1}))) {
      assertInvalid(() -> service.updateConfiguration("pump", wrong));
    }
    assertThat(values("pump")).containsEntry("speed", 50).containsEntry("mode", "slow");
    assertThat(service.getSnapshots()).hasSize(1);
    assertThatExceptionOfType(KuraException.class)
        .isThrownBy(() -> service.updateConfiguration("nobody", Map.of()));
  }

  @Test
  void ofSeveralChangesAllOrNoneAreMade() throws Exception {
    service.createFactoryConfiguration("tank", "tank-1", Map.of(), false);
    service.updateConfiguration("pump", Map.of("speed", 50), false);
    ComponentConfiguration good = changed("pump", 60);
    ComponentConfiguration wrong = changed("tank-1", 600);
    assertInvalid(() -> service.updateConfigurations(List.of(good, wrong)));
    assertThat(values("pump")).containsEntry("speed", 50);
    service.updateConfigurations(List.of(good, changed("tank-1", 61)));
    assertThat(values("pump")).containsEntry("speed", 60);
    assertThat(values("tank-1")).containsEntry("speed", 61);
  }

  @Test
  void secretsLieEncryptedAndAreShownAsPasswords() throws Exception {
    for (Object secret : List.of(new Password("hunter2"), "hunter2")) {
      service.updateConfiguration("pump", Map.of("secret", secret));
      String stored = String.valueOf(configuration("pump").getProperties().get("secret"));
      assertThat(stored).isNotEqualTo("hunter2").contains("-");
      service.updateConfiguration("pump", Map.of("secret", stored));
      assertThat(values("pump").get("secret")).isInstanceOf(Password.class).hasToString("hunter2");
    }
  }

  @Test
  void changesAndInstancesOutliveTheFrameworksStorage() throws Exception {
    service.updateConfiguration("pump", Map.of("speed", 50, "peers", new String[] {"a", "b"}));
    service.createFactoryConfiguration("tank", "tank-1", Map.of("mode", "fast"), false);
    service.createFactoryConfiguration("tank", "tank-2", null, true);
    service.deleteFactoryConfiguration("tank-2", true);
    assertThatExceptionOfType(KuraException.class)
        .isThrownBy(() -> service.createFactoryConfiguration("tank", "tank-1", null, true));
    restart();
    assertThat(values("pump")).containsEntry("speed", 50);
    assertThat(values("pump").get("peers")).isEqualTo(new String[] {"a", "b"});
    assertThat(values("tank-1")).containsEntry("mode", "fast").containsEntry("speed", 10);
    assertThat(configuration("tank-1").getFactoryPid()).isEqualTo("tank");
    assertThat(service.getComponentConfiguration("tank-2")).isNull();
    assertThat(service.getConfigurableComponentPids()).containsExactly("pump", "tank-1");
    restart();
    assertThat(framework.admin().listConfigurations("(service.factoryPid=tank)")).hasSize(1);
  }

  @Test
  void aBrokenSnapshotMeansTheOneBefore() throws Exception {
    service.updateConfiguration("pump", Map.of("speed", 50));
    service.updateConfiguration("pump", Map.of("speed", 60));
    long newest = service.getSnapshots().stream().max(Comparator.naturalOrder()).orElseThrow();
    Files.writeString(folder.resolve("data/kura-compat/snapshots/snapshot_" + newest), "broken");
    restart();
    assertThat(values("pump")).containsEntry("speed", 50);
    assertThatExceptionOfType(KuraException.class)
        .isThrownBy(() -> service.getSnapshot(newest))
        .withMessageContaining("R1-COMPAT-001");
  }

  @Test
  void aRollbackMakesEverythingAsItWas() throws Exception {
    service.updateConfiguration("pump", Map.of("speed", 50));
    service.createFactoryConfiguration("tank", "tank-1", Map.of("speed", 7), true);
    long both = service.snapshot();
    service.deleteFactoryConfiguration("tank-1", false);
    service.createFactoryConfiguration("tank", "tank-2", null, false);
    service.updateConfiguration("pump", Map.of("speed", 60));
    assertThat(service.rollback()).isEqualTo(both);
    assertThat(values("pump")).containsEntry("speed", 50);
    assertThat(values("tank-1")).containsEntry("speed", 7);
    assertThat(service.getComponentConfiguration("tank-2")).isNull();
    service.rollback(service.getSnapshots().iterator().next());
    assertThat(service.getComponentConfiguration("tank-1")).isNull();
    restart();
    assertThat(values("pump")).containsEntry("speed", 50);
    assertThat(service.getComponentConfiguration("tank-1")).isNull();
  }

  @Test
  void formsAreShown() throws Exception {
    ComponentConfiguration usual = service.getDefaultComponentConfiguration("pump");
    assertThat(usual.getConfigurationProperties()).containsEntry("speed", 10);
    assertThat(usual.getDefinition().getName()).isEqualTo("Pump");
    assertThat(usual.getDefinition().getAD())
        .extracting(AD::getId, AD::getType, AD::isRequired)
        .contains(
            org.assertj.core.groups.Tuple.tuple("speed", Scalar.INTEGER, true),
            org.assertj.core.groups.Tuple.tuple("secret", Scalar.PASSWORD, false));
    assertThat(service.getFactoryComponentPids()).isEqualTo(Set.of("tank"));
    assertThat(service.getComponentConfigurations(framework.context().createFilter("(speed=10)")))
        .hasSize(1);
  }

  private interface Change {
    void make() throws KuraException;
  }

  private static void assertInvalid(Change change) {
    assertThatExceptionOfType(KuraException.class)
        .isThrownBy(change::make)
        .withMessageContaining("R1-COMPAT-003")
        .extracting(KuraException::getCode)
        .isEqualTo(KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID);
  }

  private static ComponentConfiguration changed(String pid, int speed) {
    return new ComponentConfiguration() {
      @Override
      public String getPid() {
        return pid;
      }

      @Override
      public org.eclipse.kura.configuration.metatype.OCD getDefinition() {
        return null;
      }

      @Override
      public Map<String, Object> getConfigurationProperties() {
        return Map.of("speed", speed);
      }
    };
  }

  private Map<String, Object> values(String pid) throws KuraException {
    return service.getComponentConfiguration(pid).getConfigurationProperties();
  }

  private Configuration configuration(String pid) throws Exception {
    return framework.admin().listConfigurations("(kura.service.pid=" + pid + ")")[0];
  }

  private void restart() throws Exception {
    framework.close();
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
    start();
  }

  private void install(String name, String metatype) throws Exception {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, "test." + name);
    main.putValue(Constants.IMPORT_PACKAGE, "org.eclipse.kura.configuration");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.putNextEntry(new JarEntry("OSGI-INF/metatype/metatype.xml"));
      jar.write(metatype.getBytes(StandardCharsets.UTF_8));
    }
    framework
        .context()
        .installBundle("test:" + name, new ByteArrayInputStream(bytes.toByteArray()))
        .start();
  }
}

package ai.ratio1.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsAssemblyTest {

  private static final String LEVELS =
      """
      "levels": [{"folder": "5s", "up-to": 5}, {"folder": "6s", "up-to": 99}]""";

  @TempDir Path folder;

  @BeforeEach
  void makesAnAppliance() throws IOException {
    bundle("appliance/bundles/library-1.2.jar", "some.library", "1.2.0");
    bundle("appliance/bundles/ours-0.1.jar", "ours;singleton:=true", "0.1.0");
    bundle("appliance/bundles/theirs-3.jar", "theirs", "3.0.0");
    bundle("bridge/bridge-0.1.jar", "bridge", "0.1.0");
    write(
        "appliance/features/base.json",
        """
        {"bundles": [
          {"id": "g:ours:0.1", "start-level": 9},
          {"id": "g:library:1.2", "start-level": 5},
          {"id": "g:theirs:3", "start-level": 2}]}""");
  }

  @Test
  void bundlesAreWhereTheirLevelSays() throws IOException {
    assertThat(assembled("\"first\": [\"g:bridge\"], \"platform\": [\"g:theirs\"]"))
        .containsExactly("5s/bridge_0.1.0.jar", "5s/some.library_1.2.0.jar", "6s/ours_0.1.0.jar");
    // Once more, over what is there.
    assertThat(assembled("\"last\": [\"g:bridge\"]"))
        .contains("5s/theirs_3.0.0.jar", "6s/bridge_0.1.0.jar")
        .hasSize(4);
  }

  @Test
  void aBundleThatComesTwiceIsRefused() throws IOException {
    bundle("bridge/bridge-0.1.jar", "ours", "0.1.0");
    assertThatThrownBy(() -> assembled("\"last\": [\"g:bridge\"]"))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void whatThePlatformHasMustBeInAFeature() {
    assertThatIllegalStateException()
        .isThrownBy(() -> assembled("\"platform\": [\"g:nobody\"]"))
        .withMessageContaining("g:nobody");
  }

  @Test
  void whatIsNoBundleIsRefused() throws IOException {
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(folder.resolve("bridge/bridge-0.1.jar")))) {
      jar.finish();
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> assembled("\"first\": [\"g:bridge\"]"))
        .withMessageContaining("is no bundle");
  }

  private Set<String> assembled(String more) throws IOException {
    Path definition = folder.resolve("node.json");
    Files.writeString(definition, "{\"features\": [\"base\"], " + LEVELS + ", " + more + "}");
    Path plugins = folder.resolve("plugins");
    PluginsAssembly.main(
        new String[] {
          definition.toString(),
          folder.resolve("appliance").toString(),
          folder.resolve("bridge").toString(),
          plugins.toString()
        });
    Set<String> files = new TreeSet<>();
    try (Stream<Path> all = Files.walk(plugins)) {
      all.filter(Files::isRegularFile).forEach(f -> files.add(plugins.relativize(f).toString()));
    }
    return files;
  }

  private void bundle(String path, String symbolicName, String version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
    manifest.getMainAttributes().putValue("Bundle-Version", version);
    Path to = folder.resolve(path);
    Files.createDirectories(to.getParent());
    new JarOutputStream(Files.newOutputStream(to), manifest).close();
  }

  private void write(String path, String text) throws IOException {
    Path to = folder.resolve(path);
    Files.createDirectories(to.getParent());
    Files.writeString(to, text);
  }
}

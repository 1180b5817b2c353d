package ai.ratio1.kura.compat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

class FrameworkFolderTest {

  private static BundleContext framework(Map<String, String> properties) {
    return (BundleContext)
        Proxy.newProxyInstance(
            FrameworkFolderTest.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> properties.get((String) arguments[0]));
  }

  @Test
  void theFirstThatIsSetCounts() {
    BundleContext both = framework(Map.of("kura.data", "/kura", "r1.data", "/r1"));
    assertThat(FrameworkFolder.of(both, "kura.data", "r1.data")).isEqualTo(Path.of("/kura"));
    BundleContext one = framework(Map.of("kura.data", " ", "r1.data", "/r1"));
    assertThat(FrameworkFolder.of(one, "kura.data", "r1.data")).isEqualTo(Path.of("/r1"));
  }

  @Test
  void noneIsSaidWithACodeAndWhatToDo() {
    assertThatThrownBy(() -> FrameworkFolder.of(framework(Map.of()), "kura.data", "r1.data"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("R1-KURA-011: Not set: the framework property kura.data or r1.data")
        .hasMessageContaining("Start the node by its launcher");
  }
}

package ai.ratio1.http.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class OpenDoorsTest {

  private final OpenDoors doors = new OpenDoors();

  private record Named(String path) implements Door {
    @Override
    public Audience audience() {
      return Audience.LOCAL;
    }

    @Override
    public Response handle(Request request) {
      return Response.text(200, path);
    }
  }

  @SuppressWarnings("unchecked")
  private static ServiceReference<Door> reference() {
    return (ServiceReference<Door>)
        Proxy.newProxyInstance(
            OpenDoorsTest.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (proxy, method, arguments) -> method.getName().equals("compareTo") ? 0 : null);
  }

  private static BundleContext framework(@Nullable String data) {
    return (BundleContext)
        Proxy.newProxyInstance(
            OpenDoorsTest.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> method.getName().equals("getProperty") ? data : null);
  }

  @Test
  void saysWhetherADoorIsOpen() {
    ServiceReference<Door> reference = reference();
    for (String path : new String[] {"", "/", "x", "/x/", "/a b", "/%41", "/../x\n"}) {
      assertThat(doors.add(reference, new Named(path))).as(path).isFalse();
      assertThat(doors.remove(reference)).as(path).isFalse();
    }
    assertThat(doors.table().size()).isZero();
    assertThat(doors.add(reference, new Named("/x"))).isTrue();
    assertThat(doors.table().size()).isEqualTo(1);
    assertThat(doors.remove(reference)).isTrue();
    assertThat(doors.table().size()).isZero();
  }

  @Test
  void aFrameworkWithoutADataFolderIsToldSo() {
    assertThat(DataFolder.of(framework("/srv/node"))).isEqualTo(Path.of("/srv/node/http"));
    for (String missing : new String[] {null, ""}) {
      assertThatThrownBy(() -> DataFolder.of(framework(missing)))
          .isInstanceOfSatisfying(
              R1Exception.class, e -> assertThat(e.describe()).startsWith("R1-HTTP-011: "));
    }
  }
}

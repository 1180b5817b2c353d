package ai.ratio1.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.IdentityError;
import ai.ratio1.identity.internal.core.JavaCurve;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EngineTest {

  private static final Supplier<Curve> MISSING =
      () -> {
        throw new UnsatisfiedLinkError("libsecp256k1.so: cannot open shared object file");
      };

  @Test
  void takesTheNativeEngineWhenItIsThere() {
    try (Curve curve = Engine.AUTO.start(() -> new NativeCurve(new SecureRandom()))) {
      assertThat(curve.name()).isEqualTo("libsecp256k1");
    }
  }

  @Test
  void fallsBackWhenItIsNot() {
    assertThat(Engine.AUTO.start(MISSING).name()).isEqualTo("bouncycastle");
    assertRefused(IdentityError.NO_NATIVE, () -> Engine.NATIVE.start(MISSING));
  }

  @Test
  void fallsBackFromAnEngineThatGivesWrongAnswersAndClosesIt() {
    Lying lying = new Lying();
    assertThat(Engine.AUTO.start(() -> lying).name()).isEqualTo("bouncycastle");
    assertThat(lying.closed).isTrue();
    assertRefused(IdentityError.SELF_TEST, () -> Engine.NATIVE.start(Lying::new));
  }

  @Test
  void asksNoLibraryWhenJavaIsDemanded() {
    Supplier<Curve> never =
        () -> {
          throw new AssertionError("the native engine was asked for");
        };
    assertThat(Engine.JAVA.start(never).name()).isEqualTo("bouncycastle");
  }

  @Test
  void readsTheThreeWordsOfTheSetting() {
    assertThat(Engine.parse("auto")).isEqualTo(Engine.AUTO);
    assertThat(Engine.parse("native")).isEqualTo(Engine.NATIVE);
    assertThat(Engine.parse("java")).isEqualTo(Engine.JAVA);
    for (String other : new String[] {"", "AUTO", "openssl"}) {
      assertRefused(IdentityError.CONFIGURATION, () -> Engine.parse(other));
    }
  }

  /** As in a framework without the JNA bundle, whose package is an optional import. */
  @Test
  void worksInAClassLoaderThatHasNoJna() throws Exception {
    URL[] path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !new File(entry).getName().startsWith("jna-"))
            .map(EngineTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> loader.loadClass("com.sun.jna.Native"))
          .isInstanceOf(ClassNotFoundException.class);
      Class<?> probe = loader.loadClass(WithoutJna.class.getName());
      Object name = probe.getMethod("engineName").invoke(null);
      assertThat(name).isEqualTo("bouncycastle");
    }
  }

  /** Runs inside the loader without JNA, with the very call the component makes. */
  public static final class WithoutJna {

    private WithoutJna() {}

    public static String engineName() {
      SecureRandom random = new SecureRandom();
      return Engine.AUTO.start(() -> new NativeCurve(random)).name();
    }
  }

  private static URL url(String entry) {
    try {
      return new File(entry).toURI().toURL();
    } catch (java.net.MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(IdentityError error, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(error.code()));
  }

  /** Verifies everything. */
  private static final class Lying implements Curve {

    private final JavaCurve java = new JavaCurve();
    private boolean closed;

    @Override
    public String name() {
      return "lying";
    }

    @Override
    public Point point(byte[] compressed) {
      Point point = java.point(compressed);
      return point == null ? null : new CredulousPoint(point);
    }

    @Override
    public Point publicPoint(byte[] secret) {
      return java.publicPoint(secret);
    }

    @Override
    public byte[] sign(byte[] secret, byte[] digest) {
      return java.sign(secret, digest);
    }

    @Override
    public Point recover(byte[] digest, byte[] signature, int recoveryId) {
      return java.recover(digest, signature, recoveryId);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private record CredulousPoint(Curve.Point point) implements Curve.Point {

    @Override
    public byte[] compressed() {
      return point.compressed();
    }

    @Override
    public byte[] uncompressed() {
      return point.uncompressed();
    }

    @Override
    public boolean verify(byte[] digest, byte[] signature) {
      return true;
    }

    @Override
    public byte[] sharedX(byte[] secret) {
      return point.sharedX(secret);
    }
  }
}

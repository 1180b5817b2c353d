package ai.ratio1.hardware.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A framework of its own for bundles without code. */
final class TestFramework implements AutoCloseable {

  private static final int PATIENCE = 20;

  private final Framework framework;

  TestFramework(Path storage) throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(Constants.FRAMEWORK_STORAGE, storage.toString(), "felix.log.level", "0"));
    framework.start();
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** Installs a bundle with extra headers; a profile in it, unless that is empty. */
  Bundle install(String name, String profile, String... headers)
      throws BundleException, IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      main.putValue(parts[0], parts[1]);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      if (!profile.isEmpty()) {
        jar.putNextEntry(new JarEntry(MachineProbe.PROFILE));
        jar.write(profile.getBytes(StandardCharsets.UTF_8));
      }
    }
    return context().installBundle("test:" + name, new ByteArrayInputStream(bytes.toByteArray()));
  }

  /** Waits for an event rather than for a time. */
  void await(Bundle bundle, int state) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    BundleListener listener =
        (BundleEvent event) -> {
          if (bundle.getState() == state) {
            reached.countDown();
          }
        };
    context().addBundleListener(listener);
    try {
      if (bundle.getState() != state && !reached.await(PATIENCE, TimeUnit.SECONDS)) {
        throw new AssertionError(bundle.getSymbolicName() + " is in state " + bundle.getState());
      }
    } finally {
      context().removeBundleListener(listener);
    }
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(0);
  }
}

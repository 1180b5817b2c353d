package ai.ratio1.launcher;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * The seed as a bundle, for that is what the OSGi Configurator follows: when the bundle is updated
 * it applies what changed and removes what is gone. A file that a property names it reads once.
 */
final class SeedBundle {

  static final String LOCATION = "ai.ratio1:seed";
  static final String SYMBOLIC_NAME = "ai.ratio1.seed";

  private static final String RESOURCE = "OSGI-INF/configurator/seed.json";

  private SeedBundle() {}

  /** Installs the seed, or updates it when its text is another one. */
  static void install(String text, BundleContext context) throws IOException, BundleException {
    byte[] resource = text.getBytes(StandardCharsets.UTF_8);
    Bundle bundle = context.getBundle(LOCATION);
    if (bundle == null) {
      bundle = context.installBundle(LOCATION, jar(resource));
    } else if (!holds(bundle, resource)) {
      bundle.update(jar(resource));
    }
    bundle.adapt(BundleStartLevel.class).setStartLevel(1);
    bundle.start();
  }

  /** Reads the copy itself, for the cache is a folder that others may write to. */
  private static boolean holds(Bundle bundle, byte[] resource) throws IOException {
    URL entry = bundle.getEntry(RESOURCE);
    if (entry == null) {
      return false;
    }
    try (InputStream copy = entry.openStream()) {
      return Arrays.equals(copy.readNBytes(resource.length + 1), resource);
    }
  }

  private static ByteArrayInputStream jar(byte[] resource) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest())) {
      jar.putNextEntry(new JarEntry(RESOURCE));
      jar.write(resource);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, SYMBOLIC_NAME);
    // Features without a Configurator start all the same.
    headers.putValue(
        Constants.REQUIRE_CAPABILITY,
        "osgi.extender;filter:=\"(osgi.extender=osgi.configurator)\";resolution:=optional");
    return manifest;
  }
}

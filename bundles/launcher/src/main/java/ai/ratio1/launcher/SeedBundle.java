package ai.ratio1.launcher;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  private static final String HASH = "Ratio1-Seed-Sha256";
  private static final String RESOURCE = "OSGI-INF/configurator/seed.json";

  private SeedBundle() {}

  /** Installs the seed, or updates it when its text is another one. */
  static void install(String text, BundleContext context) throws IOException, BundleException {
    byte[] resource = text.getBytes(StandardCharsets.UTF_8);
    String hash = Sha256.of(resource);
    Bundle bundle = context.getBundle(LOCATION);
    if (bundle == null) {
      bundle = context.installBundle(LOCATION, jar(resource, hash));
    } else if (!hash.equals(bundle.getHeaders().get(HASH))) {
      bundle.update(jar(resource, hash));
    }
    bundle.adapt(BundleStartLevel.class).setStartLevel(1);
    bundle.start();
  }

  private static ByteArrayInputStream jar(byte[] resource, String hash) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest(hash))) {
      jar.putNextEntry(new JarEntry(RESOURCE));
      jar.write(resource);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static Manifest manifest(String hash) {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, SYMBOLIC_NAME);
    // Features without a Configurator start all the same.
    headers.putValue(
        Constants.REQUIRE_CAPABILITY,
        "osgi.extender;filter:=\"(osgi.extender=osgi.configurator)\";resolution:=optional");
    headers.putValue(HASH, hash);
    return manifest;
  }
}

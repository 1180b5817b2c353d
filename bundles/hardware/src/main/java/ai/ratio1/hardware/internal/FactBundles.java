package ai.ratio1.hardware.internal;

import ai.ratio1.hardware.internal.core.HardwareError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/**
 * Says what the machine has in the framework's own words: for every part a bundle without code that
 * provides its capabilities. What an earlier run of this bundle left behind is taken over.
 */
final class FactBundles {

  static final String LOCATION = "r1:hardware/";

  private static final String SYMBOLIC_NAME = "ai.ratio1.hardware.facts.";

  private final BundleContext context;

  FactBundles(BundleContext context) {
    this.context = context;
  }

  /** The bundles that are no longer true. */
  List<Bundle> outdated(SortedMap<String, String> headers) {
    List<Bundle> outdated = new ArrayList<>();
    present()
        .forEach(
            (part, bundle) -> {
              if (!Objects.equals(headers.get(part), provided(bundle))) {
                outdated.add(bundle);
              }
            });
    return outdated;
  }

  /**
   * Makes the bundles say what the headers say.
   *
   * @return whether anything changed
   * @throws ai.ratio1.base.R1Exception R1-HW-007 when the framework refuses
   */
  boolean publish(SortedMap<String, String> headers) {
    Map<String, Bundle> present = present();
    boolean changed = false;
    try {
      for (Map.Entry<String, Bundle> entry : present.entrySet()) {
        if (!headers.containsKey(entry.getKey())) {
          entry.getValue().uninstall();
          changed = true;
        }
      }
      for (Map.Entry<String, String> entry : headers.entrySet()) {
        changed |= say(entry.getKey(), entry.getValue(), present.get(entry.getKey()));
      }
    } catch (BundleException e) {
      throw HardwareError.NOT_PUBLISHED.failure("A fact cannot be published: " + e.getMessage(), e);
    }
    return changed;
  }

  private boolean say(String part, String header, @Nullable Bundle bundle) throws BundleException {
    if (bundle == null) {
      context.installBundle(LOCATION + part, jar(part, header));
      return true;
    }
    boolean same = header.equals(provided(bundle));
    if (!same) {
      bundle.update(jar(part, header));
    }
    return !same;
  }

  private Map<String, Bundle> present() {
    Map<String, Bundle> present = new LinkedHashMap<>();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getLocation().startsWith(LOCATION)) {
        present.put(bundle.getLocation().substring(LOCATION.length()), bundle);
      }
    }
    return present;
  }

  private static String provided(Bundle bundle) {
    return String.valueOf(bundle.getHeaders("").get(Constants.PROVIDE_CAPABILITY));
  }

  private static InputStream jar(String part, String header) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(
        Constants.BUNDLE_SYMBOLICNAME, SYMBOLIC_NAME + part.replaceAll("[^A-Za-z0-9_.-]", "_"));
    main.putValue(Constants.BUNDLE_NAME, "Facts: " + part);
    main.putValue(Constants.PROVIDE_CAPABILITY, header);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new JarOutputStream(bytes, manifest).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}

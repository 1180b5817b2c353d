package ai.ratio1.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A Felix framework with Declarative Services, Config Admin and a given clock. Bundles are taken
 * from the test class path by the name of a class in them; packages that tests share with bundles
 * ({@code ai.ratio1.*} contracts) come from the class path.
 */
public final class Framework implements AutoCloseable {

  private static final List<String> BASE =
      List.of(
          "org.osgi.util.function.Function",
          "org.osgi.util.promise.Promise",
          "org.osgi.service.component.ComponentContext",
          "org.apache.felix.cm.impl.ConfigurationManager",
          "org.apache.felix.scr.impl.Activator");

  /** Tells one configuration from another; no component knows it. */
  private static final String MARK = "test.update";

  private final org.osgi.framework.launch.Framework felix;

  private Framework(org.osgi.framework.launch.Framework felix) {
    this.felix = felix;
  }

  /**
   * Starts a framework.
   *
   * @param folder receives cache and data
   * @param shared packages that bundles get from the test class path, in the syntax of the
   *     framework property {@code org.osgi.framework.system.packages.extra}
   */
  public static Framework start(Path folder, Clock clock, String shared, Map<String, String> more)
      throws BundleException {
    Map<String, String> properties = new HashMap<>();
    properties.put("org.osgi.framework.storage", folder.resolve("cache").toString());
    properties.put(
        "org.osgi.framework.system.packages.extra",
        "org.osgi.service.cm;version=1.6.1,org.eclipse.kura.configuration;version=1.2.0,"
            + contracts("settings")
            + ","
            + shared);
    properties.put("r1.data", folder.resolve("data").toString());
    properties.put("felix.log.level", "1");
    properties.put("ds.loglevel", "error");
    properties.putAll(more);
    Framework framework = new Framework(new FrameworkFactory().newFramework(properties));
    framework.felix.init();
    framework.felix.start();
    framework.register(Clock.class, clock, Map.of());
    framework.install(BASE.toArray(String[]::new));
    return framework;
  }

  /**
   * Packages of the contracts, as {@link #start} wants them: in the versions that the bundles on
   * the class path export.
   *
   * @param names without {@code ai.ratio1.}
   */
  public static String contracts(String... names) {
    return Arrays.stream(names)
        .map(name -> "ai.ratio1." + name)
        .map(name -> name + ";version=" + versionOf(name))
        .collect(Collectors.joining(","));
  }

  private static String versionOf(String name) {
    Pattern export =
        Pattern.compile(
            "(?:^|,)" + Pattern.quote(name) + ";(?:[^\",]|\"[^\"]*\")*?version=\"([0-9.]+)\"");
    try {
      Enumeration<URL> manifests =
          Framework.class.getClassLoader().getResources(JarFile.MANIFEST_NAME);
      for (URL manifest : Collections.list(manifests)) {
        try (InputStream in = manifest.openStream()) {
          String exports = new Manifest(in).getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
          Matcher found = export.matcher(exports == null ? "" : exports);
          if (found.find()) {
            return found.group(1);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException("no bundle of the class path exports " + name);
  }

  /** Installs and starts the bundles that hold the named classes. */
  public List<Bundle> install(String... classes) throws BundleException {
    List<Bundle> bundles = new ArrayList<>();
    for (String name : classes) {
      bundles.add(context().installBundle("reference:" + locate(name)));
    }
    for (Bundle bundle : bundles) {
      bundle.start();
    }
    return bundles;
  }

  /** The system bundle's context. */
  public BundleContext context() {
    return felix.getBundleContext();
  }

  /** Registers a service. */
  public <S> ServiceRegistration<S> register(Class<S> type, S service, Map<String, ?> properties) {
    return context()
        .registerService(type, service, FrameworkUtil.asDictionary(new HashMap<>(properties)));
  }

  /** Registers one service under several types. */
  public ServiceRegistration<?> register(
      Object service, Map<String, ?> properties, Class<?>... types) {
    String[] names = Arrays.stream(types).map(Class::getName).toArray(String[]::new);
    return context()
        .registerService(names, service, FrameworkUtil.asDictionary(new HashMap<>(properties)));
  }

  /** Gives a component its configuration. */
  public Configuration configure(String pid, Map<String, ?> values) throws IOException {
    Configuration configuration = admin().getConfiguration(pid, "?");
    configuration.update(FrameworkUtil.asDictionary(new HashMap<String, Object>(values)));
    return configuration;
  }

  /**
   * Gives a component that offers a service its configuration, and waits until it has looked at it.
   * Felix SCR 2.2.18 reads the values of a configuration before the count of its changes, so it may
   * miss one that follows another at once.
   */
  public void give(String pid, Map<String, ?> values) throws IOException {
    String mark = UUID.randomUUID().toString();
    Map<String, Object> marked = new HashMap<>(values);
    marked.put(MARK, mark);
    configure(pid, marked);
    await(() -> hasService("(" + MARK + "=" + mark + ")"));
  }

  private boolean hasService(String filter) {
    try {
      return context().getAllServiceReferences(null, filter) != null;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Config Admin. */
  public ConfigurationAdmin admin() {
    return service(ConfigurationAdmin.class);
  }

  /** Whether somebody offers a service now. */
  public boolean offers(Class<?> type) {
    return context().getServiceReference(type) != null;
  }

  /** A service, once it is there. One may go away after it was found, and is then no service. */
  public <S> S service(Class<S> type) {
    return await(
        () -> {
          ServiceReference<S> reference = context().getServiceReference(type);
          return reference == null ? null : context().getService(reference);
        });
  }

  /** Every service of a type that is there now. */
  public <S> List<S> all(Class<S> type) {
    try {
      return context().getServiceReferences(type, null).stream()
          .map(context()::getService)
          .toList();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Polls until a supplier gives something; longer than the listener waits between attempts. */
  public static <T> T await(Supplier<T> supplier) {
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (System.nanoTime() < end) {
      T value = supplier.get();
      if (value != null && !Boolean.FALSE.equals(value)) {
        return value;
      }
      LockSupport.parkNanos(2_000_000);
    }
    throw new AssertionError("waited 40 s in vain");
  }

  @Override
  public void close() {
    try {
      felix.stop();
      felix.waitForStop(10_000);
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String locate(String name) {
    try {
      Class<?> type = Class.forName(name, false, Framework.class.getClassLoader());
      return type.getProtectionDomain().getCodeSource().getLocation().toURI().toString();
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}

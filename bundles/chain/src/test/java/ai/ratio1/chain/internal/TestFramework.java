package ai.ratio1.chain.internal;

import ai.ratio1.chain.Chain;
import ai.ratio1.settings.Configured;
import ai.ratio1.storage.DurableFile;
import ai.ratio1.wire.evm.Keccak256;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.web3j.utils.Numeric;

/**
 * A framework with Declarative Services, in which this module and every library it uses are bundles
 * with class loaders of their own, as the build made them. Only the service contracts come from the
 * class path, so that a test can be the services around it.
 */
final class TestFramework implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String CONFIGURATION_ADMIN = "org.osgi.service.cm.ConfigurationAdmin";

  final Bundle bundle;
  final Bundle wrap;
  private final Framework framework;
  private final Bundle configurationAdmin;

  TestFramework(Path folder) throws Exception {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
    properties.put("r1.data", folder.toString());
    properties.put("felix.log.level", "1");
    properties.put("ds.loglevel", "error");
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        "org.slf4j;version=1.7.36,org.osgi.service.event;version=1.4.1,"
            + "org.eclipse.kura.configuration;version=1.2.0,"
            + contracts());
    framework = factory().newFramework(properties);
    framework.start();
    context().registerService(Clock.class, Clock.systemUTC(), null);
    configurationAdmin = install(jar("org.apache.felix", "org.apache.felix.configadmin"));
    List<Bundle> bundles =
        List.of(
            configurationAdmin,
            install(jar("org.osgi", "org.osgi.util.function")),
            install(jar("org.osgi", "org.osgi.util.promise")),
            install(jar("org.osgi", "org.osgi.service.component")),
            install(jar("org.apache.felix", "org.apache.felix.scr")),
            install(home("com.fasterxml.jackson.core.JsonFactory")),
            install(home("com.fasterxml.jackson.annotation.JsonProperty")),
            install(home("com.fasterxml.jackson.databind.ObjectMapper")),
            install(home("org.bouncycastle.asn1.x9.X9ECParameters")),
            install(home("org.h2.mvstore.MVStore")),
            install(home(DurableFile.class.getName())),
            install(home(Configured.class.getName())),
            install(home(Keccak256.class.getName())));
    wrap = install(home(Numeric.class.getName()));
    bundle = install(home(ChainComponent.class.getName()));
    for (Bundle one : bundles) {
      one.start();
    }
    wrap.start();
    bundle.start();
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** A service, once it is there. One may go away after it was found, and is then no service. */
  <S> S service(Class<S> type) {
    AtomicReference<S> found = new AtomicReference<>();
    Await.until(
        "a service " + type.getSimpleName(),
        PATIENCE,
        () -> {
          ServiceReference<S> reference = context().getServiceReference(type);
          found.set(reference == null ? null : context().getService(reference));
          return found.get() != null;
        });
    return found.get();
  }

  /** The services of the bundle under test, without those that Declarative Services adds. */
  List<String> offered() {
    ServiceReference<?>[] references = bundle.getRegisteredServices();
    return Stream.of(references == null ? new ServiceReference<?>[0] : references)
        .flatMap(reference -> Stream.of((String[]) reference.getProperty(Constants.OBJECTCLASS)))
        .filter(type -> type.startsWith("ai.ratio1."))
        .toList();
  }

  void configure(Map<String, ?> values) throws Exception {
    Dictionary<String, Object> properties = new Hashtable<>(values);
    Object configuration = configuration();
    contract("Configuration")
        .getMethod("update", Dictionary.class)
        .invoke(configuration, properties);
  }

  /** Takes the configuration away and waits until no service is left. */
  void takeConfigurationAway() throws Exception {
    contract("Configuration").getMethod("delete").invoke(configuration());
    Await.until("no service is left", PATIENCE, () -> offered().isEmpty());
  }

  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Object configuration() throws Exception {
    // The class path has the same class once more, so only "all" includes the bundle's.
    ServiceReference<?> reference = context().getAllServiceReferences(CONFIGURATION_ADMIN, null)[0];
    Object admin = context().getService(reference);
    return contract("ConfigurationAdmin")
        .getMethod("getConfiguration", String.class, String.class)
        .invoke(admin, ChainComponent.PID, "?");
  }

  private Class<?> contract(String name) throws ClassNotFoundException {
    return configurationAdmin.loadClass("org.osgi.service.cm." + name);
  }

  private Bundle install(String location) throws BundleException {
    return context().installBundle("reference:" + location);
  }

  /** Felix, which sees the class path, so that its types are those of the test. */
  private static FrameworkFactory factory() throws MalformedURLException {
    URL felix = new URL(jar("org.apache.felix", "org.apache.felix.framework"));
    ClassLoader loader =
        new URLClassLoader(new URL[] {felix}, TestFramework.class.getClassLoader());
    return ServiceLoader.load(FrameworkFactory.class, loader).findFirst().orElseThrow();
  }

  /** What the bundle of the contracts exports, in the words of its manifest. */
  private static String contracts() throws Exception {
    Path home = Path.of(new URL(home(Chain.class.getName())).toURI());
    Attributes attributes;
    if (Files.isDirectory(home)) {
      try (var manifest = Files.newInputStream(home.resolve(JarFile.MANIFEST_NAME))) {
        attributes = new Manifest(manifest).getMainAttributes();
      }
    } else {
      try (JarFile jar = new JarFile(home.toFile())) {
        attributes = jar.getManifest().getMainAttributes();
      }
    }
    return attributes.getValue(Constants.EXPORT_PACKAGE);
  }

  /** Where a class of the class path lies. */
  private static String home(String type) throws ClassNotFoundException {
    return Class.forName(type, false, TestFramework.class.getClassLoader())
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .toString();
  }

  /**
   * A jar that only this framework needs. It is no dependency of this module, so it comes from the
   * local repository, in the version that the parent manages.
   */
  private static String jar(String group, String artifact) {
    String version = version(artifact);
    String name = artifact + "-" + version + ".jar";
    Path repository =
        Path.of(
            System.getProperty(
                "localRepository", System.getProperty("user.home") + "/.m2/repository"));
    Path file =
        repository
            .resolve(group.replace('.', '/'))
            .resolve(artifact)
            .resolve(version)
            .resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          file + " is missing: build a module that depends on it first, such as heartbeat.");
    }
    return file.toUri().toString();
  }

  private static String version(String artifact) {
    try {
      String parent = Files.readString(Path.of("..", "..", "pom.xml"));
      Matcher managed =
          Pattern.compile(
                  "<artifactId>" + Pattern.quote(artifact) + "</artifactId><version>([^<]+)<")
              .matcher(parent);
      if (!managed.find()) {
        throw new IllegalStateException("the parent does not manage " + artifact);
      }
      return managed.group(1);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

package ai.ratio1.heartbeat.internal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentContext;
import org.osgi.util.function.Function;
import org.osgi.util.promise.Promise;

/**
 * A framework with Declarative Services and the bundle under test as the build made it; contracts
 * and libraries come from the class path, so that a test can be the services around it.
 */
final class TestFramework implements AutoCloseable {

  private static final List<String> CONTRACTS =
      List.of(
          "availability",
          "base",
          "chain",
          "consensus",
          "dauth",
          "event",
          "identity",
          "metrics",
          "storage",
          "transport",
          "wire",
          "wire.certificate",
          "wire.evm");
  private static final String LIBRARIES =
      "org.slf4j;version=1.7.36,org.osgi.service.event;version=1.4.1,org.osgi.service.cm;version=1.6.1,"
          + "com.fasterxml.jackson.databind;version=2.22.1,"
          + "com.fasterxml.jackson.databind.node;version=2.22.1,org.h2.mvstore;version=2.4.240";

  final Bundle bundle;
  private final Framework framework;

  TestFramework(Path folder) throws BundleException {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
    properties.put("r1.data", folder.toString());
    properties.put("felix.log.level", "1");
    properties.put("ds.loglevel", "error");
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        CONTRACTS.stream()
            .map(name -> "ai.ratio1." + name + ";version=1.0.0,")
            .collect(Collectors.joining("", "", LIBRARIES)));
    framework = new org.apache.felix.framework.FrameworkFactory().newFramework(properties);
    framework.start();
    for (Class<?> inside :
        List.of(
            Function.class,
            Promise.class,
            ComponentContext.class,
            org.apache.felix.cm.PersistenceManager.class,
            org.apache.felix.scr.info.ScrInfo.class)) {
      install(inside.getProtectionDomain().getCodeSource().getLocation().getPath()).start();
    }
    bundle = install(Path.of("target/classes").toAbsolutePath() + "/");
    bundle.start();
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  <T> ServiceRegistration<?> register(
      Object service, Map<String, ?> properties, Class<?>... types) {
    String[] names = Arrays.stream(types).map(Class::getName).toArray(String[]::new);
    return context().registerService(names, service, new Hashtable<>(properties));
  }

  void configure(String pid, Map<String, ?> values) throws Exception {
    ConfigurationAdmin admin =
        context().getService(context().getServiceReference(ConfigurationAdmin.class));
    Configuration configuration = admin.getConfiguration(pid, "?");
    Dictionary<String, Object> properties = new Hashtable<>(values);
    configuration.update(properties);
  }

  boolean offers(Class<?> type) {
    return context().getServiceReference(type) != null;
  }

  <T> T service(Class<T> type) {
    return context().getService(context().getServiceReference(type));
  }

  @Override
  public void close() throws Exception {
    framework.stop();
    framework.waitForStop(5000);
  }

  private Bundle install(String path) throws BundleException {
    return context().installBundle("reference:file:" + path);
  }
}

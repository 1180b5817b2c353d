package ai.ratio1.mqtt.internal;

import ai.ratio1.transport.BrokerAccess;
import ai.ratio1.transport.BrokerAccount;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentContext;
import org.osgi.util.function.Function;
import org.osgi.util.promise.Promise;

/**
 * A framework with Declarative Services, Paho, and the bundle under test as the build made it;
 * contracts come from the class path, so that a test can be the services around it.
 */
final class TestFramework implements AutoCloseable {

  final Bundle bundle;
  private final Framework framework;

  private record Access(BrokerAccount account) implements BrokerAccess {}

  TestFramework(Path folder) throws BundleException {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
    properties.put("r1.data", folder.toString());
    properties.put("felix.log.level", "1");
    properties.put("ds.loglevel", "error");
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        List.of("base", "metrics", "storage", "transport").stream()
            .map(name -> "ai.ratio1." + name + ";version=1.0.0")
            .collect(
                Collectors.joining(
                    ",", "", ",org.slf4j;version=1.7.36,org.osgi.service.cm;version=1.6.1")));
    framework = new org.apache.felix.framework.FrameworkFactory().newFramework(properties);
    framework.start();
    for (Class<?> inside :
        List.of(
            Function.class,
            Promise.class,
            ComponentContext.class,
            MqttAsyncClient.class,
            org.apache.felix.cm.PersistenceManager.class,
            org.apache.felix.scr.info.ScrInfo.class)) {
      install(inside.getProtectionDomain().getCodeSource().getLocation().getPath()).start();
    }
    context().registerService(Clock.class, Clock.systemUTC(), null);
    bundle = install(Path.of("target/classes").toAbsolutePath() + "/");
    bundle.start();
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  ServiceRegistration<?> grant(BrokerAccount account, int ranking) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(Constants.SERVICE_RANKING, ranking);
    return context().registerService(BrokerAccess.class, new Access(account), properties);
  }

  void configure(Map<String, ?> values) throws Exception {
    ServiceReference<ConfigurationAdmin> admin =
        context().getServiceReference(ConfigurationAdmin.class);
    Configuration configuration = context().getService(admin).getConfiguration(MqttConfig.PID, "?");
    configuration.update(new Hashtable<>(values));
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
    framework.waitForStop(10_000);
  }

  private Bundle install(String path) throws BundleException {
    return context().installBundle("reference:file:" + path);
  }
}

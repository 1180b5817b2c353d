package ai.ratio1.itests.node;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.http.HttpService;

/**
 * A Felix framework with the packed bundles of every feature and of a gateway. What only a network
 * gives, a session as oracle and a chain, are stand-ins here; so is the HTTP server of a gateway.
 */
final class Node implements AutoCloseable {

  private static final String MARKER = "org.eclipse.kura.configuration.ConfigurableComponent";
  private static final String CRYPTO = "org.eclipse.kura.crypto.CryptoService";
  private static final String CONFIGURATIONS =
      "org.eclipse.kura.configuration.ConfigurationService";

  /** Tells settings from those before; components do not know it. */
  private static final String GIVEN = "test.given";

  private static final String GATEWAY =
      "javax.servlet;version=3.1.0,javax.servlet.http;version=3.1.0,"
          + "org.osgi.service.http;version=1.2.1,org.osgi.service.cm;version=1.6.1";

  private static final String LOG =
      """
      <configuration>
        <appender name="file" class="ch.qos.logback.core.FileAppender">
          <file>%s</file>
          <encoder><pattern>%%level %%logger %%msg%%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="file"/></root>
      </configuration>
      """;

  /** Start levels: whatever our bundles stand on, and they. */
  private static final int THEIRS = 1;

  private static final int OURS = 2;

  final Path data;
  final Path log;
  private final Framework felix;

  private Node(Path folder, Framework felix) {
    this.data = folder.resolve("data");
    this.log = folder.resolve("node.log");
    this.felix = felix;
  }

  static Node start(Path folder) throws Exception {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
    properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, GATEWAY);
    properties.put("r1.data", folder.resolve("data").toString());
    properties.put("org.apache.felix.http.require.config", "true");
    properties.put("felix.log.level", "0");
    properties.put("org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR");
    Files.createDirectories(folder.resolve("data/broker"));
    Files.writeString(folder.resolve("data/broker/secret"), "sixteen bytes and some more");
    Node node = new Node(folder, new FrameworkFactory().newFramework(properties));
    node.felix.init();
    // Before the server of the appliance, of which a gateway's doors can make nothing.
    node.context().registerService(HttpService.class, answering(HttpService.class), null);
    node.context().registerService(Clock.class, Clock.systemUTC(), null);
    Files.deleteIfExists(node.log);
    node.felix.start();
    node.startAll();
    // What our components say when they start is to be in the log already.
    Path logback = folder.resolve("logback.xml");
    Files.writeString(logback, LOG.formatted(node.log));
    node.give(
        "org.ops4j.pax.logging",
        Map.of("org.ops4j.pax.logging.logback.config.file", logback.toString()));
    await("the log", () -> Files.exists(node.log));
    node.reachLevel(OURS);
    return node;
  }

  private void reachLevel(int level) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    felix.adapt(FrameworkStartLevel.class).setStartLevel(level, event -> reached.countDown());
    reached.await();
  }

  BundleContext context() {
    return felix.getBundleContext();
  }

  private void startAll() throws IOException, BundleException {
    List<Bundle> needed = new ArrayList<>();
    for (Appliance.Listed listed : Appliance.bundles()) {
      Bundle bundle = context().installBundle("reference:" + uri(listed.jar()));
      if (!listed.optional() && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        needed.add(bundle);
      }
    }
    // For its packages: there is neither a web admin nor a cloud here.
    context().installBundle("reference:" + uri(Appliance.gatewayStandIn()));
    for (Path jar : Appliance.gatewayBundles()) {
      needed.add(context().installBundle("reference:" + uri(jar)));
    }
    for (Bundle bundle : needed) {
      boolean ours = bundle.getSymbolicName().startsWith("ai.ratio1.");
      bundle.adapt(BundleStartLevel.class).setStartLevel(ours ? OURS : THEIRS);
      bundle.start();
    }
  }

  private static URI uri(Path jar) {
    return jar.toAbsolutePath().normalize().toUri();
  }

  /** All that its components wait for, and waits until every one of them works with it. */
  void giveEverything() throws Exception {
    giveSession();
    giveGoodSettings();
  }

  /** Waits until every component works with the settings that let it work here. */
  void giveGoodSettings() throws IOException {
    String now = UUID.randomUUID().toString();
    for (PackedForm form : Appliance.forms()) {
      Map<String, Object> values = new HashMap<>(good(form.pid()));
      values.put(GIVEN, now);
      give(form.pid(), values);
    }
    for (PackedForm form : Appliance.forms()) {
      await(form.pid(), () -> component(form.pid()).filter(it -> isGiven(it, now)).isPresent());
    }
  }

  private static boolean isGiven(ServiceReference<?> component, String which) {
    return which.equals(component.getProperty(GIVEN));
  }

  /** Until every one of them works. */
  void awaitComponents() throws IOException {
    for (PackedForm form : Appliance.forms()) {
      await(form.pid(), () -> component(form.pid()).isPresent());
    }
  }

  /** What lets a component work on a machine without a network; all else has its default. */
  Map<String, Object> good(String pid) {
    return switch (pid) {
      case "ai.ratio1.broker" -> Map.of("port", 0);
      case "ai.ratio1.chain" ->
          Map.of(
              "controller",
              "0x91a8c3023179a6c675de05fb3f849f0c1bba6689",
              "endpoints",
              new String[] {"http://127.0.0.1:9"});
      case "ai.ratio1.http" -> Map.of("public.rate.per.minute", 100_000, "public.burst", 10_000);
      case "ai.ratio1.dauth.server" ->
          Map.of("broker.secret.file", data.resolve("broker/secret").toString());
      default -> Map.of();
    };
  }

  /** A session as oracle and a chain whose endpoints are away. */
  void giveSession() throws ReflectiveOperationException {
    Class<?> session = type("ai.ratio1.dauth.Session");
    Object oracle = type("ai.ratio1.dauth.Role").getField("ORACLE").get(null);
    Dictionary<String, Object> properties = new Hashtable<>(Map.of("ai.ratio1.role", "ORACLE"));
    Object licence =
        type("ai.ratio1.chain.LicenceId").getMethod("parse", String.class).invoke(null, "ND-1");
    register(
        session, Map.of("role", oracle, "licence", licence, "since", Instant.EPOCH), properties);
    // What it has seen it knows without asking anybody.
    Object seen =
        type("ai.ratio1.chain.BlockRef")
            .getConstructors()[0]
            .newInstance(
                0, type("ai.ratio1.base.Bytes32").getField("ZERO").get(null), Instant.EPOCH);
    register(
        type("ai.ratio1.chain.Chain"), Map.of("head", seen, "finalised", seen), new Hashtable<>());
  }

  private void register(
      Class<?> type, Map<String, Object> answers, Dictionary<String, Object> properties) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "hashCode" -> System.identityHashCode(answers);
              case "equals" -> proxy == arguments[0];
              case "toString" -> type.getSimpleName();
              default ->
                  answers.containsKey(method.getName())
                      ? answers.get(method.getName())
                      : nothing(method.getReturnType());
            };
    Object service = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    context().registerService(type.getName(), service, properties);
  }

  private Object nothing(Class<?> type) throws Throwable {
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == List.class || type == Set.class || type == Map.class) {
      return type == List.class ? List.of() : type == Set.class ? Set.of() : Map.of();
    }
    if (type == void.class) {
      return null;
    }
    Class<?> code = type("ai.ratio1.base.ErrorCode");
    throw (Throwable)
        type("ai.ratio1.base.R1Exception")
            .getConstructor(code, String.class, String.class)
            .newInstance(
                code.getConstructor(String.class).newInstance("R1-CHAIN-001"),
                "The chain is away.",
                "Wait.");
  }

  private static <S> S answering(Class<S> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> 1;
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> "server";
                  default -> null;
                }));
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return bundle("ai.ratio1.api").loadClass(name);
  }

  Bundle bundle(String symbolicName) {
    for (Bundle bundle : context().getBundles()) {
      if (bundle.getSymbolicName().equals(symbolicName)) {
        return bundle;
      }
    }
    throw new AssertionError(symbolicName + " is not installed");
  }

  /** Gives a component a configuration, whatever is in it. */
  void give(String pid, Map<String, Object> values) throws IOException {
    ServiceReference<ConfigurationAdmin> reference =
        context().getServiceReference(ConfigurationAdmin.class);
    Configuration configuration = context().getService(reference).getConfiguration(pid, "?");
    configuration.update(new Hashtable<>(values));
  }

  /** The configurable component of a PID, while it is active. */
  Optional<ServiceReference<?>> component(String pid) {
    try {
      ServiceReference<?>[] found =
          context().getAllServiceReferences(MARKER, "(component.name=" + pid + ")");
      return found == null ? Optional.empty() : Optional.of(found[0]);
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** What a web admin makes of a secret before a component gets it. */
  String encrypted(String secret) throws ReflectiveOperationException {
    Object crypto = context().getService(context().getServiceReference(CRYPTO));
    Class<?> type = bundle("ai.ratio1.kura-compat").loadClass(CRYPTO);
    return new String(
        (char[])
            type.getMethod("encryptAes", char[].class)
                .invoke(crypto, (Object) secret.toCharArray()));
  }

  /** Changes a configuration as the web admin of a gateway does, and takes a snapshot. */
  void update(String pid, Map<String, Object> values) throws ReflectiveOperationException {
    Object service = context().getService(context().getServiceReference(CONFIGURATIONS));
    bundle("ai.ratio1.kura-compat")
        .loadClass(CONFIGURATIONS)
        .getMethod("updateConfiguration", String.class, Map.class, boolean.class)
        .invoke(service, pid, values, true);
  }

  /** Code and sentence of what is wrong with the newest configuration of a component. */
  Optional<String> refusal(String pid) throws ReflectiveOperationException {
    ServiceReference<?> reference = context().getServiceReference("ai.ratio1.settings.Refusals");
    Object board = context().getService(reference);
    Class<?> type = bundle("ai.ratio1.settings").loadClass("ai.ratio1.settings.Refusals");
    Map<?, ?> now = (Map<?, ?>) type.getMethod("now").invoke(board);
    Object why = now.get(pid);
    return why == null
        ? Optional.empty()
        : Optional.of((String) why.getClass().getMethod("describe").invoke(why));
  }

  static void await(String what, BooleanSupplier there) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!there.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited a minute in vain for " + what);
      }
      LockSupport.parkNanos(200_000);
    }
  }

  @Override
  public void close() throws Exception {
    felix.stop();
    felix.waitForStop(30_000);
  }
}

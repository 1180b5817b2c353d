package ai.ratio1.http.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Felix HTTP listen where the settings say, for as long as this object is open, and keeps
 * trying while the port is taken. Felix reads its settings from Config Admin alone (the framework
 * property {@code org.apache.felix.http.require.config} holds it back until then), so several
 * frameworks of one JVM listen on ports of their own. What opens the keystore is added on the way
 * to Felix, so that it lies in no file of Config Admin.
 */
final class Listener implements ConfigurationPlugin {

  /** Service property of the container that this listener started. */
  static final String MARK = "ai.ratio1.http";

  /** Of the container's settings. */
  static final String FELIX_PID = "org.apache.felix.http";

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final ErrorCode PORT_TAKEN = new ErrorCode("R1-HTTP-002");
  private static final ErrorCode NOT_STARTED = new ErrorCode("R1-HTTP-007");
  private static final ErrorCode NO_ADMIN = new ErrorCode("R1-HTTP-008");
  private static final String PREFIX = "org.apache.felix.http.runtime.init.";
  private static final long TICK_SECONDS = 1;
  private static final long SERVES_MILLIS = 10;
  private static final int PATIENCE_TICKS = 6;

  private final ConfigurationAdmin admin;
  private final Path folder;
  private final RandomGenerator random;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "r1-http-listener"));

  private ListenerSettings settings;

  /** What tells our container from others and from earlier ones; empty while there is none. */
  private String mark;

  private Optional<InetSocketAddress> bound = Optional.empty();
  private Optional<Object> port = Optional.empty();
  private boolean closed;
  private int attempt;
  private int waited;

  Listener(
      ConfigurationAdmin admin, ListenerSettings settings, Path folder, RandomGenerator random) {
    this.admin = admin;
    this.settings = settings;
    this.folder = folder;
    this.random = random;
    this.mark = kept();
  }

  // The task reports its own failures.
  @SuppressWarnings("FutureReturnValueIgnored")
  void start() {
    timer.scheduleWithFixedDelay(this::tick, 0, TICK_SECONDS, TimeUnit.SECONDS);
  }

  /** Listens elsewhere, or in another way, from the next second on. */
  synchronized void apply(ListenerSettings changed) {
    if (!changed.equals(settings)) {
      settings = changed;
      mark = "";
      attempt = 0;
      forget();
    }
  }

  // Configuration Admin has this type.
  @SuppressWarnings("JdkObsolete")
  @Override
  public synchronized void modifyConfiguration(
      ServiceReference<?> felix, Dictionary<String, Object> told) {
    if (isOurs(told.get(PREFIX + MARK))) {
      settings.untold().forEach(told::put);
    }
  }

  /**
   * Told of a container that came up.
   *
   * @param property its service properties
   * @param serves whether it already knows the servlet: it takes it up some time after it listens
   */
  synchronized void up(Function<String, @Nullable Object> property, BooleanSupplier serves) {
    if (!closed && isOurs(property.apply(MARK))) {
      port = Optional.ofNullable(property.apply(settings.portProperty()));
      bound = Optional.of(settings.address());
      timer.execute(() -> tellOnce(serves));
    }
  }

  /** Told of a container that went away. */
  synchronized void down(Function<String, @Nullable Object> property) {
    if (isOurs(property.apply(MARK))) {
      bound = Optional.empty();
      forget();
    }
  }

  /**
   * Stops listening.
   *
   * @param keep whether the container may keep its settings, because the framework stops it anyway;
   *     with a keystore they are of no use to it
   */
  synchronized void close(boolean keep) {
    closed = true;
    timer.shutdownNow();
    forget();
    if (keep && settings.keystore().isEmpty()) {
      return;
    }
    try {
      configuration().delete();
    } catch (IOException | IllegalStateException e) {
      LOG.debug("Config Admin went first: {}", e.getMessage());
    }
  }

  // The task reports its own failures.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void tellOnce(BooleanSupplier serves) {
    try {
      if (serves.getAsBoolean()) {
        tell();
      } else {
        timer.schedule(() -> tellOnce(serves), SERVES_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (IllegalStateException | RejectedExecutionException e) {
      LOG.debug("The container or this listener went first: {}", e.getMessage());
    }
  }

  /** Writes the address where the command line finds it. */
  private synchronized void tell() {
    if (closed || port.isEmpty()) {
      return;
    }
    String number = port.get().toString();
    String url = settings.scheme() + "://" + settings.host() + ":" + number;
    LOG.info("Listening on {}.", url);
    try {
      DurableFile.write(folder.resolve("url"), (url + "\n").getBytes(StandardCharsets.US_ASCII));
      DurableFile.write(
          folder.resolve("port"), (number + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      LOG.warn("The port cannot be written to {}: {}", folder, e.getMessage());
    }
  }

  private void forget() {
    port = Optional.empty();
    try {
      Files.deleteIfExists(folder.resolve("port"));
      Files.deleteIfExists(folder.resolve("url"));
    } catch (IOException e) {
      LOG.warn("The port cannot be taken out of {}: {}", folder, e.getMessage());
    }
  }

  private synchronized void tick() {
    if (closed || port.isPresent() || (attempt > 0 && ++waited < PATIENCE_TICKS)) {
      return;
    }
    try {
      if (attempt == 0 && !mark.isEmpty()) {
        // The container comes up by itself with what it kept.
        attempt = 1;
      } else if (isTaken(settings.address())) {
        LOG.error(
            "{}: Port {} of {} is taken. Stop the other program or set another port.",
            PORT_TAKEN,
            settings.port(),
            settings.host());
      } else {
        configure();
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("{}: Config Admin refused the listener: {}", NO_ADMIN, e.getMessage());
    }
  }

  private void configure() throws IOException {
    if (attempt > 0) {
      LOG.error("{}: The listener did not start. See the messages of Jetty.", NOT_STARTED);
    }
    waited = 0;
    attempt++;
    mark = fingerprint() + HexFormat.of().toHexDigits(random.nextLong());
    configuration().update(settings.forFelix(PREFIX + MARK, mark));
  }

  /** The mark of a container that kept these very settings over a restart of the framework. */
  private String kept() {
    if (settings.keystore().isPresent()) {
      return "";
    }
    try {
      Dictionary<String, Object> present = configuration().getProperties();
      Object text = present == null ? null : present.get(PREFIX + MARK);
      return text instanceof String known && known.startsWith(fingerprint()) ? known : "";
    } catch (IOException | IllegalStateException e) {
      LOG.debug("Config Admin says nothing about the container: {}", e.getMessage());
      return "";
    }
  }

  /** Of the settings; the rest of a mark differs each time, for Felix restarts on a difference. */
  private String fingerprint() {
    return Integer.toHexString(settings.toString().hashCode()) + "-";
  }

  private boolean isOurs(@Nullable Object property) {
    return !mark.isEmpty() && mark.equals(property);
  }

  private Configuration configuration() throws IOException {
    return admin.getConfiguration(FELIX_PID, "?");
  }

  private boolean isTaken(InetSocketAddress address) {
    if (bound.equals(Optional.of(address))) {
      return false;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(address);
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}

package ai.ratio1.kura.cloud.internal;

import ai.ratio1.http.Door;
import ai.ratio1.kura.cloud.internal.core.CloudError;
import ai.ratio1.kura.cloud.internal.core.Commands;
import ai.ratio1.kura.cloud.internal.core.StatusLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the node into the Status view of the web admin, which shows whatever calls itself a cloud
 * connection. The view waits for every connection, so that one that takes long or fails would take
 * the others along: the node is asked on a thread of its own, and only so long.
 */
@Component(
    name = "ai.ratio1.kura.status",
    immediate = true,
    service = {})
public final class StatusEntry {

  private static final Logger LOG = LoggerFactory.getLogger(StatusEntry.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final int MOST_WAITING = 4;

  private final BundleContext context;
  private final Duration patience;
  private final Commands commands;
  private final ExecutorService thread;
  private @Nullable ServiceRegistration<?> entry;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  volatile List<Door> doors = List.of();

  /** Makes the entry; nobody sees it yet. */
  @Activate
  public StatusEntry(BundleContext context) {
    this(context, PATIENCE);
  }

  StatusEntry(BundleContext context, Duration patience) {
    this.context = context;
    this.patience = patience;
    this.commands =
        new Commands(this::door, (words, e) -> LOG.error("The node's status lacks {}.", words, e));
    this.thread =
        new ThreadPoolExecutor(
            0,
            1,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            work -> new Thread(work, "r1-kura-status"));
  }

  /**
   * Shows it. This class names no type of a connection: on a Kura that has other ones it can still
   * say so.
   */
  @Activate
  void show() {
    try {
      entry = NodeEndpoint.register(context, this::lines);
    } catch (LinkageError e) {
      LOG.error(
          "{}",
          CloudError.NOT_SHOWN.because("This Kura knows no such cloud connections.").describe(),
          e);
    }
  }

  /** Takes it back; a question that is still open is not interrupted either. */
  @Deactivate
  void hide() {
    Optional.ofNullable(entry).ifPresent(ServiceRegistration::unregister);
    thread.shutdown();
  }

  /** What the view shows; unknown where the node does not answer in time. Never throws. */
  Map<String, String> lines() {
    Future<Map<String, String>> answer;
    try {
      answer = thread.submit(() -> StatusLines.of(commands));
    } catch (RejectedExecutionException e) {
      return StatusLines.unknown();
    }
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Stores of other bundles may close when a thread that reads them is interrupted.
      answer.cancel(false);
    } catch (ExecutionException e) {
      LOG.error("The node's status failed.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return StatusLines.unknown();
  }

  private Optional<Door> door(String path) {
    return doors.stream().filter(door -> door.path().equals(path)).findFirst();
  }
}

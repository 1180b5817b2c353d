package ai.ratio1.mqtt.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.mqtt.internal.core.Backoff;
import ai.ratio1.mqtt.internal.core.ClientId;
import ai.ratio1.mqtt.internal.core.LinkMachine;
import ai.ratio1.mqtt.internal.core.LinkMachine.Phase;
import ai.ratio1.mqtt.internal.core.MqttError;
import ai.ratio1.mqtt.internal.core.OutMessage;
import ai.ratio1.mqtt.internal.core.SubscriptionPlan;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.transport.LinkStatus;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connection, and moves messages between it and the two sides. Everything happens on one
 * thread that never waits; only what arrives goes to the mailboxes on the connection's own thread.
 */
final class Link implements LinkMachine.Actions, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);
  private static final long TICK_MILLIS = 100;
  private static final long CLOSE_MILLIS = 1500;
  private static final int TICKS_TO_TIDY = 10;
  private static final int TICKS_TO_ASK_AGAIN = 600;
  private static final String LOOPBACK = "localhost|::1|127(\\.\\d{1,3}){3}";

  private final ScheduledExecutorService thread = Threads.scheduler("r1-mqtt-link", 1);
  private final AtomicBoolean pumping = new AtomicBoolean();
  private final Set<Connection> parting = ConcurrentHashMap.newKeySet();
  private final SubscriptionPlan plan = new SubscriptionPlan();
  private final Connections connections;
  private final Outbox outbox;
  private final Mailboxes mailboxes;
  private final Environment environment;
  private final StatusBoard board;
  private final LinkMachine machine;
  private MqttSettings settings;
  private String clientId;
  private int ticks;
  private @Nullable Line line;
  private CompletionStage<Void> parted = CompletableFuture.completedFuture(null);

  /** Makes connections. */
  interface Connections {
    Connection create(
        BrokerAccount account, String clientId, MqttSettings settings, Connection.Events events);
  }

  Link(
      Connections connections,
      MqttSettings settings,
      Outbox outbox,
      Mailboxes mailboxes,
      Environment environment) {
    this.connections = connections;
    this.settings = settings;
    this.outbox = outbox;
    this.mailboxes = mailboxes;
    this.environment = environment;
    this.board = new StatusBoard(environment.clock());
    this.machine = new LinkMachine(this, settings.patience(), backoff(settings));
    this.clientId = ClientId.next(settings.alias(), environment.random());
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> step(this::tick), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Connects with another account, or not at all. */
  void use(Optional<BrokerAccount> account) {
    post(
        () -> {
          machine.use(account, environment.now());
          show();
        });
  }

  /** Takes other settings, which means another connection. */
  void configure(MqttSettings next) {
    post(
        () -> {
          settings = next;
          clientId = ClientId.next(next.alias(), environment.random());
          machine.configure(next.patience(), backoff(next), environment.now());
          show();
        });
  }

  /** Something was published. */
  void outboxChanged() {
    if (pumping.compareAndSet(false, true)) {
      post(this::pump);
    }
  }

  /** Subscriptions came or went. */
  void mailboxesChanged() {
    post(this::reconcile);
  }

  LinkStatus status() {
    return board.status();
  }

  /** Says good-bye to the broker, and ends within two seconds, whatever it answers; idempotent. */
  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    CountDownLatch gone = new CountDownLatch(1);
    post(
        () -> {
          machine.use(Optional.empty(), environment.now());
          parted.whenComplete((done, failure) -> gone.countDown());
        });
    var unused = Threads.await(gone::await, CLOSE_MILLIS);
    parting.forEach(Connection::abandon);
    thread.shutdown();
    unused = Threads.await(thread::awaitTermination, CLOSE_MILLIS);
  }

  @Override
  public void openConnection(BrokerAccount account) {
    environment.counters().attempts.increment();
    board.connecting(account);
    if (!account.tls() && !account.host().matches(LOOPBACK)) {
      environment
          .complaints()
          .complain(MqttError.PLAIN.because(board.broker() + " is used without encryption."));
    }
    Line next = new Line(account);
    line = next;
    next.connection.open();
  }

  @Override
  public void closeConnection() {
    Connection old = disconnected(false);
    if (old != null) {
      parting.add(old);
      parted = old.close().whenComplete((done, failure) -> parting.remove(old));
      var unused = thread.schedule(old::abandon, 2 * CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void abandonConnection(boolean broken) {
    Connection old = disconnected(broken);
    if (old != null) {
      old.abandon();
    }
  }

  private @Nullable Connection disconnected(boolean broken) {
    Line old = line;
    line = null;
    plan.reset();
    outbox.offline(broken);
    return old == null ? null : old.connection;
  }

  private void tick() {
    Line now = line;
    long time = environment.now();
    machine
        .tick(now == null ? time : now.connection.heardAt(), time)
        .ifPresent(
            why -> {
              environment.counters().replacements.increment();
              trouble(MqttError.WEDGED.because("The connection stood still: " + why + "."));
            });
    ticks++;
    if (ticks % TICKS_TO_TIDY == 0) {
      outbox.expire();
      if (mailboxes.expire()) {
        reconcile();
      }
    }
    if (ticks % TICKS_TO_ASK_AGAIN == 0) {
      plan.askAgain();
      reconcile();
    }
    show();
  }

  private void reconcile() {
    Line now = line;
    if (now == null || machine.phase() != Phase.CONNECTED) {
      return;
    }
    for (SubscriptionPlan.Step step : plan.reconcile(mailboxes.wanted())) {
      if (step.quality() == null) {
        now.connection.unsubscribe(step.filter());
      } else {
        expect("SUBSCRIBE " + step.filter());
        now.connection.subscribe(step.filter(), step.quality());
      }
    }
  }

  private void pump() {
    pumping.set(false);
    Line now = line;
    if (now == null || machine.phase() != Phase.CONNECTED) {
      return;
    }
    for (Optional<OutMessage> next = outbox.next(); next.isPresent(); next = outbox.next()) {
      expect("PUBLISH " + next.get().id());
      now.connection.publish(next.get());
    }
  }

  private void expect(String what) {
    machine.expect(what, outbox.bytesInFlight(), environment.now());
  }

  private void trouble(R1Exception why) {
    board.failed(why, machine.nanosToRetry(environment.now()));
    environment.complaints().complain(why);
  }

  private void show() {
    board.show(machine.phase(), plan.refused());
  }

  private void post(Runnable task) {
    try {
      thread.execute(() -> step(task));
    } catch (RejectedExecutionException e) {
      // Closed: there is nothing left to do.
      return;
    }
  }

  private void step(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      // Whatever it is, the watchdog has to go on.
      environment.complaints().complain(e);
    }
  }

  private Backoff backoff(MqttSettings of) {
    return new Backoff(of.retryMin().toNanos(), of.retryMax().toNanos(), environment.random());
  }

  /** One connection; what it tells after another took its place does not count. */
  private final class Line implements Connection.Events {

    final Connection connection;

    Line(BrokerAccount account) {
      this.connection = connections.create(account, clientId, settings, this);
    }

    @Override
    public void opened() {
      ifCurrent(
          () -> {
            machine.opened(environment.now());
            environment.counters().connects.increment();
            board.connected();
            LOG.info("Connected to {} as {}.", board.broker(), clientId);
            outbox.online();
            reconcile();
            pump();
            show();
          });
    }

    @Override
    public void failed(Throwable cause) {
      ifCurrent(
          () -> {
            boolean wasConnected = machine.phase() == Phase.CONNECTED;
            machine.failed(environment.now());
            trouble(ConnectFailure.explain(board.broker(), wasConnected, cause));
            show();
          });
    }

    @Override
    public void answered(String filter, boolean granted) {
      ifCurrent(
          () -> {
            machine.answered("SUBSCRIBE " + filter);
            if (plan.answered(filter, granted)) {
              environment.counters().refusals.increment();
              LOG.warn("{}", MqttError.FILTER_REFUSED.because("Refused: " + filter).describe());
            }
            show();
          });
    }

    /** True of an earlier connection, too: while it says good-bye, acknowledgements still come. */
    @Override
    public void taken(long id) {
      post(
          () -> {
            outbox.taken(id);
            if (line == this) {
              machine.answered("PUBLISH " + id);
              pump();
            }
          });
    }

    @Override
    public void arrived(String topic, byte[] payload) {
      mailboxes.deliver(topic, payload);
    }

    private void ifCurrent(Runnable task) {
      post(
          () -> {
            if (line == this) {
              task.run();
            }
          });
    }
  }
}

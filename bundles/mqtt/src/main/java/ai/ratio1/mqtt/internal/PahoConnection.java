package ai.ratio1.mqtt.internal;

import ai.ratio1.mqtt.internal.core.MqttError;
import ai.ratio1.mqtt.internal.core.OutMessage;
import ai.ratio1.mqtt.internal.core.QosLevel;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.transport.Quality;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.ScheduledExecutorPingSender;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Eclipse Paho client. All calls into it are made on one thread of its own, since any of them
 * may stand still; its own threads come from a pool that ends with it.
 */
final class PahoConnection implements Connection {

  private static final Logger LOG = LoggerFactory.getLogger(PahoConnection.class);

  /** Paho's connect, receive, send, callback, disconnect and ping each hold a thread. */
  private static final int PAHO_THREADS = 6;

  /** How long acknowledgements on their way are awaited before the good-bye. */
  private static final long QUIESCE_MILLIS = 250;

  private static final long GOOD_BYE_MILLIS = 1000;
  private static final long DISPOSAL_MILLIS = 3000;
  private static final int REFUSED = 0x80;

  private final BrokerAccount account;
  private final String clientId;
  private final MqttSettings settings;
  private final LongSupplier nanos;
  private final Events events;
  private final ExecutorService disposal;
  private final ExecutorService caller = Threads.scheduler("r1-mqtt-client", 1);
  private final ScheduledExecutorService pool = Threads.scheduler("r1-mqtt-paho", PAHO_THREADS);
  private final AtomicBoolean abandoned = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile @Nullable BrokerSockets sockets;
  private volatile @Nullable MqttAsyncClient client;

  /** A call that may stand still. */
  private interface Call {
    void run() throws MqttException, IOException, GeneralSecurityException;
  }

  /**
   * Not connected yet.
   *
   * @param disposal tidies up behind an abandoned client
   */
  PahoConnection(
      BrokerAccount account,
      String clientId,
      MqttSettings settings,
      LongSupplier nanos,
      Events events,
      ExecutorService disposal) {
    this.account = account;
    this.clientId = clientId;
    this.settings = settings;
    this.nanos = nanos;
    this.events = events;
    this.disposal = disposal;
  }

  @Override
  public void open() {
    call(
        () -> {
          BrokerSockets factory = new BrokerSockets(account, nanos);
          sockets = factory;
          MqttAsyncClient made =
              new MqttAsyncClient(
                  uri(),
                  clientId,
                  new MemoryPersistence(),
                  new ScheduledExecutorPingSender(pool),
                  pool);
          client = made;
          made.setCallback(new Arrivals());
          made.connect(options(factory), null, new Answer(token -> events.opened()));
        });
  }

  @Override
  public void subscribe(String filter, Quality quality) {
    call(
        () ->
            client()
                .subscribe(
                    filter,
                    QosLevel.of(quality),
                    null,
                    new Answer(
                        token -> events.answered(filter, token.getGrantedQos()[0] != REFUSED))));
  }

  @Override
  public void unsubscribe(String filter) {
    call(
        () ->
            client()
                .unsubscribe(
                    filter, null, new Answer(token -> LOG.debug("Unsubscribed {}.", filter))));
  }

  @Override
  public void publish(OutMessage message) {
    call(
        () ->
            client()
                .publish(
                    message.topic(),
                    message.payload(),
                    QosLevel.of(message.quality()),
                    false,
                    null,
                    new Answer(token -> events.taken(message.id()))));
  }

  @Override
  public long heardAt() {
    BrokerSockets factory = sockets;
    return factory == null ? nanos.getAsLong() : factory.heardAt();
  }

  @Override
  public CompletionStage<Void> close() {
    call(
        () -> {
          try {
            // Asked for it while it connects, Paho may wait for ever until it is sent.
            if (client().isConnected()) {
              client().disconnect(QUIESCE_MILLIS).waitForCompletion(GOOD_BYE_MILLIS);
            }
          } finally {
            abandon();
          }
        });
    return ended;
  }

  @Override
  public void abandon() {
    if (!abandoned.compareAndSet(false, true)) {
      return;
    }
    BrokerSockets factory = sockets;
    if (factory != null) {
      factory.close();
    }
    caller.shutdownNow();
    ended.complete(null);
    try {
      disposal.execute(this::dispose);
    } catch (RejectedExecutionException e) {
      // Too many are waited for already, or the transport has stopped.
      pool.shutdown();
    }
  }

  /**
   * Waits for Paho's threads, which end by themselves once the socket is closed; Paho's own way to
   * force them makes some of them wait for ever.
   */
  private void dispose() {
    BrokerSockets factory = sockets;
    if (factory != null) {
      factory.awaitStart();
    }
    pool.shutdown();
    if (!Threads.await(pool::awaitTermination, DISPOSAL_MILLIS)) {
      LOG.warn("{}", MqttError.UNEXPECTED.because("Threads of a client do not end.").describe());
      pool.shutdownNow();
    }
    try {
      MqttAsyncClient made = client;
      if (made != null) {
        made.close(true);
      }
    } catch (MqttException | RuntimeException e) {
      LOG.debug("Paho does not close: {}", e.toString());
    }
  }

  private void call(Call call) {
    try {
      caller.execute(() -> attempt(call));
    } catch (RejectedExecutionException e) {
      // Abandoned meanwhile.
      return;
    }
  }

  private void attempt(Call call) {
    try {
      call.run();
    } catch (MqttException | IOException | GeneralSecurityException | RuntimeException e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    if (!abandoned.get()) {
      events.failed(cause);
    }
  }

  private MqttAsyncClient client() throws MqttException {
    MqttAsyncClient made = client;
    if (made == null) {
      throw new MqttException(MqttException.REASON_CODE_CLIENT_NOT_CONNECTED);
    }
    return made;
  }

  /** Plain TCP as far as Paho knows. */
  private String uri() {
    return settings.relay().map(URI::toString).orElseGet(this::brokerUri);
  }

  private String brokerUri() {
    String host = account.host().contains(":") ? "[" + account.host() + "]" : account.host();
    return "tcp://" + host + ":" + account.port();
  }

  private MqttConnectOptions options(BrokerSockets factory) {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(true);
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setConnectionTimeout(seconds(settings.connectTimeout()));
    // Paho counts a message as in flight for a moment longer than its callback tells.
    options.setMaxInflight(2 * settings.outbox().window());
    options.setUserName(account.user());
    options.setPassword(account.password().toCharArray());
    options.setSocketFactory(factory);
    return options;
  }

  private static int seconds(Duration time) {
    return (int) time.plusMillis(999).toSeconds();
  }

  /** Passes on the answer to a request; a failed request means a failed connection. */
  private final class Answer implements IMqttActionListener {

    private final Consumer<IMqttToken> success;

    Answer(Consumer<IMqttToken> success) {
      this.success = success;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      if (!abandoned.get()) {
        success.accept(token);
      }
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      fail(cause);
    }
  }

  private final class Arrivals implements MqttCallback {

    @Override
    public void connectionLost(Throwable cause) {
      fail(cause);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      events.arrived(topic, message.getPayload());
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // Each message has a listener of its own.
    }
  }
}

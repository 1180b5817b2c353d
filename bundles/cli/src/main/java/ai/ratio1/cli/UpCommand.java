package ai.ratio1.cli;

import ai.ratio1.devnet.Devnet;
import ai.ratio1.devnet.DevnetSettings;
import ai.ratio1.devnet.DevnetWatch;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the devnet and shows it. */
@Command(
    name = "up",
    description = "Starts a whole network on this machine and shows what happens.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A network that was stopped continues where it was, with the epochs it was founded with;",
      "./r1 reset forgets it. Stop with ./r1 down or Ctrl-C."
    })
final class UpCommand extends OutputOption implements Callable<Integer> {

  private static final int ONCE_EPOCH = 20;

  private final Context context;

  @Option(names = "--once", description = "End with status 0 after the first claim; epoch 20 s.")
  private boolean once;

  @Option(
      names = "--epoch",
      paramLabel = "SECONDS",
      description = "Epoch length of a new network; default 30.")
  private int epochSeconds;

  @Option(
      names = "--slot",
      paramLabel = "MILLIS",
      description = "Slot length of a new network; default ${DEFAULT-VALUE}.")
  private int slotMillis = 500;

  @Option(
      names = "--beat",
      paramLabel = "MILLIS",
      description = "Time between two beats; default ${DEFAULT-VALUE}.")
  private int beatMillis = 250;

  @Option(
      names = "--port-base",
      paramLabel = "PORT",
      description =
          "Chain on PORT+45, broker on PORT+83, nodes from PORT+101; default ${DEFAULT-VALUE}.")
  private int portBase = DevnetSettings.DEFAULT.portBase();

  @Option(
      names = "--oracles",
      paramLabel = "COUNT",
      description = "Oracles of a new network, 4 to 31; default ${DEFAULT-VALUE}.")
  private int oracles = DevnetSettings.DEFAULT.oracles();

  @Option(names = "--processes", description = "Give every framework a JVM of its own.")
  private boolean processes;

  @Option(
      names = "--broker",
      paramLabel = "BROKER",
      description = "embedded or mosquitto; default ${DEFAULT-VALUE}.")
  private String broker = "embedded";

  @Option(names = "--no-claim", description = "Leave claiming to you: ./r1 claim.")
  private boolean noClaim;

  UpCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    UpDisplay display = new UpDisplay(context.console(), asJson());
    CountDownLatch stopped = new CountDownLatch(1);
    try (Devnet devnet =
            Devnet.start(context.folder(), settings(), context.installation(), display);
        DevnetWatch watch = new DevnetWatch(devnet, display, !noClaim)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(watch, stopped), "r1-up-stop"));
      display.ready(devnet.network());
      // Owners see at once what the chain recorded, oracles when it is final.
      watch.run(() -> once && watch.claims() > 0 && display.hasShownARecord());
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  /** Told to end, the JVM waits until the devnet has stopped in order. */
  private static void stop(DevnetWatch watch, CountDownLatch stopped) {
    watch.close();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private DevnetSettings settings() {
    int defaultEpoch = once ? ONCE_EPOCH : (int) DevnetSettings.DEFAULT.epochLength().toSeconds();
    return new DevnetSettings(
        Duration.ofSeconds(epochSeconds == 0 ? defaultEpoch : epochSeconds),
        Duration.ofMillis(slotMillis),
        Duration.ofMillis(beatMillis),
        portBase,
        processes,
        brokerKind(),
        !noClaim,
        oracles,
        Map.of());
  }

  private DevnetSettings.BrokerKind brokerKind() {
    try {
      return DevnetSettings.BrokerKind.valueOf(broker.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the broker is embedded or mosquitto, not " + broker, e);
    }
  }
}

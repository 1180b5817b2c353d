package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.testing.AnvilRpc;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Takes back what the newest blocks of the devnet's chain brought, and nothing that is final. While
 * it waits for that, blocks are mined for transactions alone: so nothing becomes final before
 * everybody has seen it, however busy the machine is.
 */
final class Reorganiser {

  /** A block is final when this many lie above it. */
  private static final int FINALITY = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final TestNetwork network;
  private final AnvilRpc anvil;

  /** How it is taken back. */
  enum Way {
    /** The state of before is put back: the chain is shorter. */
    REVERT,
    /** Other blocks, which are empty, take the place of the newest. */
    REPLACE
  }

  Reorganiser(TestNetwork network) {
    this.network = network;
    this.anvil = new AnvilRpc(network.devnet().network().endpoint());
  }

  /**
   * Lets something happen on the chain, waits until it was seen and takes it back.
   *
   * @param act makes it happen
   * @param seen whether everybody who is to see it has
   * @param gone checked before another block is mined
   */
  void takeBack(Runnable act, BooleanSupplier seen, Runnable gone) {
    boolean done = takeBack(Way.REVERT, () -> true, act, seen, gone);
    assertThat(done).isTrue();
  }

  /**
   * The same with what happens by itself.
   *
   * @param ahead whether it has not happened yet
   * @return whether it had not, and so could be taken back
   */
  boolean takeBack(Way way, BooleanSupplier ahead, BooleanSupplier seen, Runnable gone) {
    return takeBack(way, ahead, () -> {}, seen, gone);
  }

  private boolean takeBack(
      Way way, BooleanSupplier ahead, Runnable act, BooleanSupplier seen, Runnable gone) {
    return anvil.withoutTime(
        1,
        () -> {
          try {
            return ahead.getAsBoolean() && happenAndTakeBack(way, act, seen, gone);
          } finally {
            // Either way sets the chain's clock back.
            anvil.call("evm_setTime", network.devnet().clock().instant().getEpochSecond());
          }
        });
  }

  private boolean happenAndTakeBack(Way way, Runnable act, BooleanSupplier seen, Runnable gone) {
    long block = anvil.head();
    String before = anvil.call("evm_snapshot").asText();
    act.run();
    Await.until("seen on the chain", PATIENCE, seen);
    anvil.call("evm_setAutomine", false);
    int depth = (int) (anvil.head() - block);
    assertThat(depth).as("blocks to take back").isBetween(1, FINALITY);
    if (way == Way.REVERT) {
      anvil.call("evm_revert", before);
    } else {
      anvil.call("anvil_reorg", depth, new Object[0]);
    }
    gone.run();
    return true;
  }
}

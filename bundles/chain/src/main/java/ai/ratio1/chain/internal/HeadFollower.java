package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.internal.core.ActiveNodes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;

/**
 * Follows the newest and the newest finalised block, and keeps what is asked for often. One thread
 * polls; readers never block.
 */
final class HeadFollower implements AutoCloseable {

  /** Where the set of active nodes comes from. */
  interface ActiveNodeSource {
    /** All nodes that were active at the end of a second; later blocks must not share it. */
    ActiveNodes at(Instant moment);

    /** What changed in a range of blocks, both ends included, in order. */
    List<ActiveNodes.Change> changes(long from, long to);
  }

  /** What is known; replaced as a whole. */
  private record View(BlockRef head, BlockRef finalised, ActiveNodes active) {}

  private static final Logger LOG = LoggerFactory.getLogger(HeadFollower.class);
  private static final long MAX_GAP = 1_000;

  private final List<Consumer<BlockRef>> listeners = new CopyOnWriteArrayList<>();
  private final JsonRpc rpc;
  private final ActiveNodeSource source;
  private final ScheduledExecutorService poller;
  private final long pollMillis;
  private volatile View view;
  private volatile int outages;
  private @Nullable Future<?> polling;

  /** Asks once, so that everything is known from the start. */
  HeadFollower(
      JsonRpc rpc, ActiveNodeSource source, ScheduledExecutorService poller, long pollMillis) {
    this.rpc = rpc;
    this.source = source;
    this.poller = poller;
    this.pollMillis = pollMillis;
    this.view = first();
  }

  /** Begins to poll. */
  void start() {
    polling =
        poller.scheduleWithFixedDelay(this::poll, pollMillis, pollMillis, TimeUnit.MILLISECONDS);
  }

  BlockRef head() {
    return view.head();
  }

  BlockRef finalised() {
    return view.finalised();
  }

  Set<EvmAddress> activeNodes() {
    return view.active().nodes();
  }

  /** How many polls in a row got no answer. */
  int outages() {
    return outages;
  }

  AutoCloseable onHead(Consumer<BlockRef> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    if (polling != null) {
      polling.cancel(true);
    }
    poller.shutdownNow();
  }

  private View first() {
    BlockRef finalised = rpc.block(DefaultBlockParameterName.FINALIZED);
    BlockRef head = rpc.block(DefaultBlockParameterName.LATEST);
    return new View(head, finalised, activeAt(finalised));
  }

  private void poll() {
    try {
      View before = view;
      View now = next(before);
      view = now;
      int missed = outages;
      outages = 0;
      if (missed > 0) {
        LOG.info("The chain answers again after {} polls.", missed);
      }
      if (!now.head().hash().equals(before.head().hash())) {
        listeners.forEach(listener -> tell(listener, now.head()));
      }
    } catch (R1Exception outage) {
      int missed = outages;
      outages = missed + 1;
      if (missed == 0) {
        LOG.warn("The chain does not answer: {}", outage.describe());
      }
    } catch (RuntimeException unexpected) {
      // A periodic task that throws is never run again.
      LOG.error("Polling the chain failed.", unexpected);
    }
  }

  private View next(View before) {
    BlockRef finalised = newestFinalised(before.finalised());
    BlockRef head = rpc.block(DefaultBlockParameterName.LATEST);
    ActiveNodes active =
        finalised.hash().equals(before.finalised().hash())
            ? before.active()
            : follow(before, finalised);
    return new View(head, finalised, active);
  }

  /** A lagging endpoint takes nothing back: what was final stays so. */
  private BlockRef newestFinalised(BlockRef known) {
    BlockRef finalised = rpc.block(DefaultBlockParameterName.FINALIZED);
    boolean lags =
        finalised.number() < known.number()
            && stillThere(known).map(same -> same.hash().equals(known.hash())).orElse(true);
    return lags ? known : finalised;
  }

  private ActiveNodes follow(View before, BlockRef finalised) {
    long from = before.finalised().number() + 1;
    boolean extended =
        stillThere(before.finalised())
            .filter(same -> same.hash().equals(before.finalised().hash()))
            .isPresent();
    if (!extended) {
      LOG.warn(
          "Finalised block {} was replaced: this chain broke its own finality, or is another.",
          before.finalised().number());
    }
    boolean near = finalised.number() >= from && finalised.number() - from < MAX_GAP;
    return extended && near
        ? before.active().after(source.changes(from, finalised.number()))
        : activeAt(finalised);
  }

  /**
   * Blocks may share a second, and one that is not final yet may share that of the final block. So
   * time tells only what the second before left; what came then is in the logs. To hear some of
   * them twice changes nothing.
   */
  private ActiveNodes activeAt(BlockRef finalised) {
    long second = finalised.timestamp().getEpochSecond();
    long from = Math.max(0, finalised.number() - 1);
    for (long step = 2; from > 0 && isAtOrAfter(second, from); step *= 2) {
      from = Math.max(0, finalised.number() - step);
    }
    return source
        .at(Instant.ofEpochSecond(Math.max(0, second - 1)))
        .after(source.changes(from, finalised.number()));
  }

  private boolean isAtOrAfter(long second, long block) {
    return rpc.blockAt(DefaultBlockParameter.valueOf(BigInteger.valueOf(block)))
        .filter(found -> found.timestamp().getEpochSecond() >= second)
        .isPresent();
  }

  private Optional<BlockRef> stillThere(BlockRef block) {
    return rpc.blockAt(DefaultBlockParameter.valueOf(BigInteger.valueOf(block.number())));
  }

  private static void tell(Consumer<BlockRef> listener, BlockRef head) {
    try {
      listener.accept(head);
    } catch (RuntimeException | LinkageError failure) { // Classes go with their bundle.
      LOG.error("A listener of block {} failed.", head.number(), failure);
    }
  }
}

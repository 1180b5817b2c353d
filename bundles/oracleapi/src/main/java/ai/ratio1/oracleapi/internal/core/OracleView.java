package ai.ratio1.oracleapi.internal.core;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.WireTime;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * What the oracle knows when it answers.
 *
 * @param now its time
 * @param schedule when epochs begin
 * @param lastSynced the newest epoch whose agreed bytes it knows; −1 before the first
 * @param oracles the oracles of the current epoch
 * @param versions of application, core and SDK, as genuine servers join them
 * @param own its own agreed bytes from epoch 0 on; told while the network is young
 */
public record OracleView(
    Instant now,
    EpochSchedule schedule,
    long lastSynced,
    Set<EvmAddress> oracles,
    String versions,
    List<Integer> own) {

  private static final int FULL = 255;
  private static final double CERTAIN = 1.0;
  private static final long HOUR = Duration.ofHours(1).toSeconds();

  // So long genuine servers tell their own bytes.
  private static final long YOUNG = 20;

  /** Copies the collections. */
  public OracleView {
    oracles = Set.copyOf(oracles);
    own = List.copyOf(own);
  }

  /** The current epoch. */
  public long current() {
    return schedule.epochAt(now);
  }

  /** Whether answers tell the oracle's own bytes. */
  public static boolean tellsOwnBytes(long current) {
    return current < YOUNG;
  }

  /**
   * The state of the oracle for a range of epochs.
   *
   * @param voided those of them that nobody certified
   */
  ObjectNode state(EpochRange range, SortedSet<Long> voided) {
    ObjectNode state = Json.object();
    long seconds = schedule.epochLength().toSeconds();
    long interval = seconds % HOUR == 0 ? HOUR : seconds;
    state.put("current_epoch", current());
    state.put("current_date", WireTime.seconds(now));
    state.put("genesis_date", WireTime.seconds(schedule.genesis()));
    state.put("epoch_intervals", seconds / interval);
    state.put("epoch_interval_seconds", interval);
    state.put("epoch_length", seconds);
    state.set("manager", manager(range, voided));
    return state;
  }

  /** Every byte that is served was certified, or voided in its place: nothing is uncertain. */
  private ObjectNode manager(EpochRange range, SortedSet<Long> voided) {
    ObjectNode manager = Json.object();
    manager.put("ver", versions);
    ObjectNode certainty = manager.putObject("certainty");
    for (long epoch = range.first(); epoch <= range.last(); epoch++) {
      certainty.put(Long.toString(epoch), CERTAIN);
    }
    manager.put("valid", true);
    manager.put("supervisor_min_avail_prc", Python.round(schedule.theta() / (double) FULL, 4));
    if (tellsOwnBytes(current())) {
      ObjectNode epochs = manager.putObject("epochs");
      for (int epoch = 0; epoch < own.size(); epoch++) {
        epochs.put(Integer.toString(epoch), own.get(epoch));
      }
    }
    // Diaries of a file that this oracle does not have.
    manager.putArray("saves_utc");
    manager.putArray("save_epochs");
    manager.putArray("em_restarts_utc");
    manager.putArray("em_reloads_utc");
    voided.forEach(manager.putArray("faulty_epochs")::add);
    return manager;
  }
}

package ai.ratio1.itests.bench;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.heartbeat.internal.core.BeatIngest;
import ai.ratio1.heartbeat.internal.core.BeatWatcher;
import ai.ratio1.heartbeat.internal.core.ChainBook;
import ai.ratio1.heartbeat.internal.core.IngestLimits;
import ai.ratio1.heartbeat.internal.core.Refusal;
import ai.ratio1.heartbeat.internal.core.SlotBook;
import ai.ratio1.heartbeat.internal.core.Tally;
import ai.ratio1.identity.Signatures;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The receiving path of the heartbeat bundle on one thread, with the limits it has by default:
 * bytes go in, slots are marked. A refusal ends the benchmark, since all traffic is valid.
 */
final class Oracle implements BeatWatcher {

  private final Tally tally = new Tally();
  private final BeatIngest ingest;

  Oracle(Signatures signatures, Set<EvmAddress> licensed) {
    this.ingest =
        new BeatIngest(
            signatures,
            new IngestLimits(Traffic.LARGEST, 8, 4096, 200),
            Traffic.beacons(),
            new SlotBook(),
            new ChainBook(),
            tally,
            this);
    ingest.setSchedule(Traffic.SCHEDULE);
    ingest.setNetwork(Links.NETWORK);
    ingest.setLicensed(licensed);
  }

  /** Takes messages one by one: each is worked on before the next is offered. */
  void hear(List<Traffic.Arrival> arrivals) {
    for (Traffic.Arrival arrival : arrivals) {
      boolean due = ingest.offer(arrival.payload(), arrival.receivedAt());
      while (due) {
        due = ingest.work();
      }
    }
  }

  /** Takes links of hash chains in the same way. */
  void hearLinks(List<Traffic.Arrival> arrivals) {
    for (Traffic.Arrival arrival : arrivals) {
      boolean due = ingest.offerLink(arrival.payload(), arrival.receivedAt());
      while (due) {
        due = ingest.work();
      }
    }
  }

  /** How many beats were counted. */
  long counted() {
    return tally.boundCount();
  }

  @Override
  public void refused(Refusal refusal, Optional<EvmAddress> sender, String detail) {
    throw new IllegalStateException("a valid beat was refused: " + refusal + " " + detail);
  }

  @Override
  public void twins(Sighting newer) {
    throw new IllegalStateException("a node was taken for two: " + newer);
  }

  @Override
  public void twoAnchors(AnchorContradiction contradiction) {
    throw new IllegalStateException("a node was charged: " + contradiction.first());
  }
}

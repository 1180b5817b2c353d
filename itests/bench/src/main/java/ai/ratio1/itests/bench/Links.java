package ai.ratio1.itests.bench;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.heartbeat.internal.core.AnchorDomain;
import ai.ratio1.heartbeat.internal.core.BeatChain;
import ai.ratio1.heartbeat.internal.core.BeatComposer;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.NodeKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What an oracle hears of nodes that reveal links: one signed heartbeat with the anchor, then one
 * link in every beat interval. The same in every run.
 *
 * @param nodes who may beat
 * @param anchors the heartbeats
 * @param rounds the links of every interval
 */
record Links(
    Set<EvmAddress> nodes, List<Traffic.Arrival> anchors, List<List<Traffic.Arrival>> rounds) {

  static final AnchorDomain NETWORK =
      new AnchorDomain(Traffic.hash("network"), Traffic.hash("domain"));

  /** Composes everything; every engine makes the same signatures. */
  static Links compose(Curve curve, int nodes, int rounds) {
    RandomGenerator random = new SplittableRandom(2026);
    Set<EvmAddress> licensed = new HashSet<>();
    List<Traffic.Arrival> anchors = new ArrayList<>();
    List<List<Traffic.Arrival>> heard = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      heard.add(new ArrayList<>());
    }
    Instant start = Traffic.SCHEDULE.startOf(Traffic.EPOCH);
    for (int node = 0; node < nodes; node++) {
      NodeKey key = new NodeKey(curve, Traffic.secret(node));
      licensed.add(key.evmAddress());
      BeatComposer composer = Traffic.composer(node, key, random);
      BeatChain chain = new BeatChain(key, Traffic.beacons());
      byte[] heartbeat =
          composer.compose(
              start,
              Traffic.EPOCH,
              chain.anchor(Traffic.EPOCH, Traffic.SCHEDULE, NETWORK),
              Traffic.BROKER);
      anchors.add(new Traffic.Arrival(heartbeat, start.plus(Traffic.LATENCY)));
      for (int round = 0; round < rounds; round++) {
        Instant sent = start.plus(Traffic.INTERVAL.multipliedBy(round)).plusSeconds(3);
        byte[] frame =
            chain.link(sent, Traffic.EPOCH, Traffic.SCHEDULE, NETWORK).orElseThrow().frame();
        heard.get(round).add(new Traffic.Arrival(frame, sent.plus(Traffic.LATENCY)));
      }
    }
    return new Links(Set.copyOf(licensed), anchors, heard);
  }
}

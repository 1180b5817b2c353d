package ai.ratio1.heartbeat.internal;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.heartbeat.internal.core.BeatWatcher;
import ai.ratio1.heartbeat.internal.core.Refusal;
import ai.ratio1.heartbeat.internal.core.Tally;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells the operator of refused beats and copied keys, seldom enough for a flood. */
final class Refusals implements BeatWatcher {

  private final Announcer announcer;
  private final Tally tally;
  private final Duration interval;

  Refusals(Announcer announcer, Tally tally, Duration interval) {
    this.announcer = announcer;
    this.tally = tally;
    this.interval = interval;
  }

  @Override
  public void refused(Refusal refusal, Optional<EvmAddress> sender, String detail) {
    if (!announcer.isDue(refusal.label(), interval)) {
      return;
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put(NodeEvents.CODE, refusal.code().text());
    properties.put("total", tally.refusedCount(refusal));
    sender.ifPresent(known -> properties.put(NodeEvents.SUBJECT, known.toHex()));
    announcer.announce(
        NodeEvents.BEAT_REFUSED,
        refusal.code()
            + ": Refused a beat that is "
            + refusal.text()
            + (detail.isEmpty() ? "" : " (" + printable(detail) + ")")
            + sender.map(known -> ", in the name of " + known).orElse("")
            + "; "
            + tally.refusedCount(refusal)
            + " so far.",
        properties);
  }

  @Override
  public void twins(Sighting newer) {
    if (announcer.isDue("twins " + newer.evmAddress(), interval)) {
      announcer.announce(
          NodeEvents.TWO_INSTANCES,
          Codes.TWINS
              + ": Two processes use the key of "
              + newer.evmAddress()
              + "; one of them is instance "
              + newer.instance()
              + ". Stop one, or give it a key of its own.",
          Map.of(
              NodeEvents.CODE, Codes.TWINS.text(), NodeEvents.SUBJECT, newer.evmAddress().toHex()));
    }
  }

  @Override
  public void twoAnchors(AnchorContradiction contradiction) {
    BeatAnchor first = contradiction.first();
    announcer.announce(
        NodeEvents.TWO_ANCHORS,
        Codes.TWO_ANCHORS
            + ": "
            + first.node()
            + " signed two anchors for epoch "
            + first.epoch()
            + ": "
            + first.anchor()
            + ", which counts, and "
            + contradiction.second().anchor()
            + ".",
        Map.of(
            NodeEvents.CODE,
            Codes.TWO_ANCHORS.text(),
            NodeEvents.SUBJECT,
            first.node().toHex(),
            NodeEvents.EPOCH,
            first.epoch()));
  }

  /** What strangers wrote goes into logs as plain text of bounded length. */
  private static String printable(String detail) {
    String plain = detail.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.substring(0, Math.min(80, plain.length()));
  }
}

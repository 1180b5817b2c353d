package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.CanonicalJson;
import ai.ratio1.wire.Compression;
import ai.ratio1.wire.Envelope;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.SignedMessage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Composes signed heartbeats in the genuine format v2 (protocol dossier, section 4.1) with more
 * fields under the signature: the epoch, its beacon, the running process, and the anchor of the
 * node's hash chain. Not thread-safe.
 */
public final class BeatComposer {

  private final NodeProfile node;
  private final NodeIdentity identity;
  private final BeaconBook beacons;
  private final Supplier<MachineFacts> machine;
  private final Duration statusAge;
  private final RandomGenerator random;
  private final SequenceNumbers numbers = new SequenceNumbers();
  private Instant packedAt = Instant.MIN;
  private String packedStatus = "";
  private long total;

  /**
   * A composer.
   *
   * @param machine asked when the status is packed again
   * @param statusAge how old the packed status may be, so that fast beats stay cheap
   */
  public BeatComposer(
      NodeProfile node,
      NodeIdentity identity,
      BeaconBook beacons,
      Supplier<MachineFacts> machine,
      Duration statusAge,
      RandomGenerator random) {
    this.node = node;
    this.identity = identity;
    this.beacons = beacons;
    this.machine = machine;
    this.statusAge = statusAge;
    this.random = random;
  }

  /** The beat of now of a node without a hash chain; otherwise as the other. */
  public byte[] compose(Instant now, long epoch, String broker) {
    return compose(now, epoch, Optional.empty(), broker);
  }

  /**
   * The beat of now.
   *
   * @param epoch the current epoch; below 0 before genesis or while epochs are unknown
   * @param anchor the anchor of the node's hash chain for it, if there is one
   * @param broker the broker in use, without credentials
   */
  public byte[] compose(Instant now, long epoch, Optional<SignedAnchor> anchor, String broker) {
    ObjectNode body = Json.object();
    body.put("HEARTBEAT_VERSION", "v2");
    body.put(Envelope.ENCODED_DATA, status(now, broker));
    body.put("NR_INFERENCES", 0);
    body.put("NR_PAYLOADS", 0);
    body.put("NR_STREAMS_DATA", 0);
    body.put(Beat.INSTANCE, node.instance());
    beacons
        .newest(Math.max(0, epoch))
        .ifPresent(
            binding -> {
              body.put(Beat.EPOCH, Math.toIntExact(binding.epoch()));
              body.put(Beat.BEACON, binding.beacon().toHex());
            });
    anchor.ifPresent(
        signed -> {
          body.put(Beat.ANCHOR, signed.anchor().anchor().toHex());
          body.put(Beat.ANCHOR_LENGTH, signed.anchor().length());
          body.put(Beat.ANCHOR_SIGNATURE, "0x" + HexFormat.of().formatHex(signed.signature()));
        });
    Envelope.Author author =
        new Envelope.Author(node.address(), node.alias(), node.applicationVersion());
    // Version 4, variant 1: random.
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | (1L << 63);
    UUID id = new UUID(high, low);
    ObjectNode message =
        Envelope.of(Envelope.Event.HEARTBEAT, author, body, now, id)
            .sequence(numbers.next(now), ++total)
            .compose();
    return Json.bytes(SignedMessage.sign(message, identity));
  }

  private String status(Instant now, String broker) {
    if (packedAt.equals(Instant.MIN)
        || Duration.between(packedAt, now).abs().compareTo(statusAge) >= 0) {
      MachineFacts facts = machine.get();
      ObjectNode status = NodeStatus.compose(node, facts, broker, now);
      status.put("VERSION", version(facts));
      packedStatus = Compression.deflate(CanonicalJson.text(status));
      packedAt = now;
    }
    return packedStatus;
  }

  private String version(MachineFacts facts) {
    return node.applicationVersion()
        + " | "
        + node.coreVersion()
        + " | "
        + node.sdkVersion()
        + " "
        + facts.platform();
  }
}

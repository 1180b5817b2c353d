package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.BeatLink;
import ai.ratio1.wire.certificate.AnchorHash;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This node's hash chain of the current epoch. Seed, length and signature follow from key, network
 * and epoch, so a node that was restarted goes on with the same chain. Not thread-safe.
 */
public final class BeatChain {

  private static final String PURPOSE = "r1 beat chain";

  private final NodeIdentity identity;
  private final BeaconBook beacons;
  private @Nullable Anchored current;
  private int lastNumber;

  private record Anchored(SignedAnchor signed, HashChain chain) {}

  /**
   * A link to send.
   *
   * @param frame the bytes
   * @param slot the slot it marks
   */
  public record Link(byte[] frame, int slot) {}

  /** No chain yet. */
  public BeatChain(NodeIdentity identity, BeaconBook beacons) {
    this.identity = identity;
    this.beacons = beacons;
  }

  /** The anchor of an epoch; empty until the beacon of that epoch is known. */
  public Optional<SignedAnchor> anchor(long epoch, EpochSchedule schedule, AnchorDomain network) {
    return anchored(epoch, schedule, network).map(Anchored::signed);
  }

  /**
   * The link of now; empty while there is no anchor, and when the link was revealed before in this
   * run.
   */
  public Optional<Link> link(
      Instant now, long epoch, EpochSchedule schedule, AnchorDomain network) {
    Optional<Anchored> known = anchored(epoch, schedule, network);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    HashChain chain = known.get().chain();
    int number = LinkTimes.number(now, epoch, chain.length(), schedule);
    if (number <= lastNumber) {
      return Optional.empty();
    }
    lastNumber = number;
    byte[] frame = BeatLink.encode(identity.address(), epoch, number, chain.link(number));
    return Optional.of(new Link(frame, LinkTimes.slot(number, chain.length(), schedule)));
  }

  private Optional<Anchored> anchored(long epoch, EpochSchedule schedule, AnchorDomain network) {
    Anchored known = current;
    if (known != null && known.signed().anchor().epoch() == epoch) {
      return Optional.of(known);
    }
    Optional<Bytes32> beacon =
        beacons
            .newest(Math.max(0, epoch))
            .filter(binding -> binding.epoch() == epoch)
            .map(Beat.Binding::beacon);
    beacon.ifPresent(
        value -> {
          current = make(epoch, value, schedule, network);
          lastNumber = 0;
        });
    return beacon.isPresent() ? Optional.ofNullable(current) : Optional.empty();
  }

  private Anchored make(long epoch, Bytes32 beacon, EpochSchedule schedule, AnchorDomain network) {
    byte[] context =
        ByteBuffer.allocate(Bytes32.ZERO.toArray().length + Long.BYTES)
            .put(network.networkId().toArray())
            .putLong(epoch)
            .array();
    HashChain chain = new HashChain(identity.derive(PURPOSE, context), LinkTimes.length(schedule));
    BeatAnchor anchor =
        new BeatAnchor(epoch, identity.evmAddress(), chain.anchor(), chain.length(), beacon);
    byte[] signature = identity.signRecoverable(AnchorHash.digest(network.domain(), anchor));
    return new Anchored(new SignedAnchor(anchor, signature), chain);
  }
}

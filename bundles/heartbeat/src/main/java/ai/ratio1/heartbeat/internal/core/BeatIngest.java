package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.BeatLink;
import ai.ratio1.wire.Envelope;
import ai.ratio1.wire.SignedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The way of a beat from bytes to a marked slot. {@link #offer} sorts messages by sender, at the
 * speed of the network; {@link #work} takes one beat of every sender in turn, so that a flood in
 * one name never delays the others. Cheap checks come first, the signature last. Thread-safe.
 */
public final class BeatIngest {

  private final Signatures signatures;
  private final IngestLimits limits;
  private final BeaconBook beacons;
  private final SlotBook slots;
  private final Tally tally;
  private final BeatWatcher watcher;
  private final BeatReader reader;
  private final ChainIntake chains;
  private final Senders senders;
  private final Queue<Sender> ready = new ConcurrentLinkedQueue<>();
  private volatile @Nullable EpochSchedule schedule;

  /** An intake with empty memory. */
  public BeatIngest(
      Signatures signatures,
      IngestLimits limits,
      BeaconBook beacons,
      SlotBook slots,
      ChainBook chains,
      Tally tally,
      BeatWatcher watcher) {
    this.signatures = signatures;
    this.limits = limits;
    this.beacons = beacons;
    this.slots = slots;
    this.tally = tally;
    this.watcher = watcher;
    this.reader = new BeatReader(limits.payloadBytes());
    this.senders = new Senders(signatures, limits);
    this.chains = new ChainIntake(signatures, chains, slots);
  }

  /** Takes when epochs begin; before, beats are seen and not counted. */
  public void setSchedule(EpochSchedule known) {
    schedule = known;
  }

  /** Takes the network that anchors must be signed for; before, they are not looked at. */
  public void setNetwork(AnchorDomain network) {
    chains.setNetwork(network);
  }

  /** Takes the nodes with an active licence; all others are turned away. */
  public void setLicensed(Set<EvmAddress> nodes) {
    senders.setLicensed(nodes);
  }

  /**
   * Takes a message from the network.
   *
   * @param payload is kept until it was worked on; do not change it
   * @return whether a sender became ready, so that one more {@link #work} is due
   */
  public boolean offer(byte[] payload, Instant receivedAt) {
    tally.received();
    if (payload.length > limits.payloadBytes()) {
      return refuse(Refusal.TOO_LARGE, null, payload.length + " bytes");
    }
    Optional<String> spelling = SenderScan.find(payload);
    if (spelling.isEmpty()) {
      return refuse(Refusal.NO_SENDER, null, "");
    }
    return offer(spelling.get(), payload, new Sender.Arrival.Message(payload, receivedAt));
  }

  /**
   * Takes a link of a hash chain from the network; otherwise as {@link #offer}.
   *
   * @return whether a sender became ready, so that one more {@link #work} is due
   */
  public boolean offerLink(byte[] frame, Instant receivedAt) {
    tally.received();
    Optional<BeatLink> link = BeatLink.parse(frame);
    if (link.isEmpty()) {
      return refuse(Refusal.UNREADABLE, null, frame.length + " bytes are no link");
    }
    return offer(link.get().sender(), frame, new Sender.Arrival.Link(link.get(), receivedAt));
  }

  private boolean offer(String spelling, byte[] payload, Sender.Arrival arrival) {
    Senders.Found found = senders.find(spelling, arrival.receivedAt());
    if (found.sender().isEmpty()) {
      return refuse(found.refusal().orElse(Refusal.NO_SENDER), null, spelling);
    }
    Sender sender = found.sender().get();
    if (!sender.isNew(fingerprint(payload))) {
      return refuse(Refusal.DUPLICATE, sender, "");
    }
    sender.queue.add(arrival);
    if (sender.queued.incrementAndGet() > limits.queuePerSender() && sender.queue.poll() != null) {
      sender.queued.decrementAndGet();
      refuse(Refusal.OVERLOAD, sender, "");
    }
    return schedule(sender);
  }

  /**
   * Looks up who is behind an address, as for a beat.
   *
   * @return empty for everybody without a licence, and for strangers beyond their ration
   */
  public Optional<EvmAddress> licensed(String spelling, Instant now) {
    return senders.find(spelling, now).sender().map(sender -> sender.evmAddress);
  }

  /**
   * Works on one beat of the sender whose turn it is.
   *
   * @return whether that sender has more, so that one more call is due
   */
  public boolean work() {
    Sender sender = ready.poll();
    if (sender == null) {
      return false;
    }
    try {
      Sender.Arrival arrival = sender.queue.poll();
      if (arrival != null) {
        sender.queued.decrementAndGet();
        check(sender, arrival);
      }
    } finally {
      sender.scheduled.set(false);
    }
    return !sender.queue.isEmpty() && schedule(sender);
  }

  /** Whether nothing waits; what workers hold at this moment does not count. */
  public boolean isIdle() {
    return ready.isEmpty();
  }

  /** The last valid beat of a node. */
  public Optional<Sighting> lastSeen(EvmAddress node) {
    return senders.find(node).flatMap(Sender::sighting);
  }

  /** The last valid beat of every node. */
  public List<Sighting> sightings() {
    return senders.all().stream().flatMap(sender -> sender.sighting().stream()).toList();
  }

  /**
   * How far this clock is ahead of the others: the lower median over the last sample of every peer.
   *
   * @param self not a peer
   * @param since older samples do not count
   * @param fewest with fewer samples the answer is zero, as one peer proves nothing
   */
  public Duration clockOffset(EvmAddress self, Instant since, int fewest) {
    Duration[] samples =
        senders.all().stream()
            .filter(sender -> !sender.evmAddress.equals(self))
            .flatMap(sender -> sender.offset().stream())
            .filter(offset -> !offset.at().isBefore(since))
            .map(Sender.Offset::ahead)
            .toArray(Duration[]::new);
    if (samples.length < fewest) {
      return Duration.ZERO;
    }
    Arrays.sort(samples);
    return samples[(samples.length - 1) / 2];
  }

  private boolean schedule(Sender sender) {
    boolean due = sender.scheduled.compareAndSet(false, true);
    if (due) {
      ready.add(sender);
    }
    return due;
  }

  private void check(Sender sender, Sender.Arrival arrival) {
    if (arrival instanceof Sender.Arrival.Link link) {
      check(sender, link);
    } else if (arrival instanceof Sender.Arrival.Message message) {
      check(sender, message);
    }
  }

  private void check(Sender sender, Sender.Arrival.Link arrival) {
    EpochSchedule windows = schedule;
    if (windows == null) {
      refuse(Refusal.NO_ANCHOR, sender, "epochs are not known yet");
      return;
    }
    BeatLink link = arrival.link();
    ChainIntake.Outcome outcome = chains.take(link, sender, windows, arrival.receivedAt());
    if (outcome.refusal().isPresent()) {
      refuse(
          outcome.refusal().get(), sender, "link " + link.number() + " of epoch " + link.epoch());
      return;
    }
    sender.accept(arrival.receivedAt(), outcome.bound());
    tally.link();
    tally.accepted(outcome.bound());
  }

  private void check(Sender sender, Sender.Arrival.Message arrival) {
    Optional<Beat> read = reader.read(arrival.payload());
    if (read.isEmpty()) {
      refuse(Refusal.UNREADABLE, sender, "");
      return;
    }
    Beat beat = read.get();
    if (!isFrom(beat, sender)) {
      refuse(Refusal.FALSE_SENDER, sender, "");
      return;
    }
    EpochSchedule windows = schedule;
    if (windows == null) {
      accept(sender, beat, arrival, false, Duration.ofSeconds(30));
    } else if (isSkewed(beat, arrival, windows)) {
      skewed(sender, beat, arrival);
    } else {
      check(sender, beat, arrival, windows);
    }
  }

  private void check(
      Sender sender, Beat beat, Sender.Arrival.Message arrival, EpochSchedule windows) {
    long epoch = windows.epochAt(beat.sentAt());
    boolean bound = false;
    if (epoch >= 0) {
      if (slots.isFrozen(epoch)
          || arrival.receivedAt().isAfter(windows.endOf(epoch).plus(windows.lateWindow()))) {
        refuse(Refusal.LATE, sender, "epoch " + epoch);
        return;
      }
      BeaconBook.Judgement judgement =
          beat.binding()
              .map(binding -> beacons.judge(binding, epoch, windows, arrival.receivedAt()))
              .orElse(BeaconBook.Judgement.UNBOUND);
      if (judgement == BeaconBook.Judgement.REFUSED) {
        refuse(Refusal.BEACON, sender, "epoch " + epoch);
        return;
      }
      bound = judgement == BeaconBook.Judgement.BOUND;
    }
    // Three beat intervals; a slot is two.
    Duration overlap = windows.slotLength().multipliedBy(3).dividedBy(2);
    if (accept(sender, beat, arrival, bound, overlap) && epoch >= 0) {
      slots.mark(epoch, windows.slots(), sender.evmAddress, windows.slotAt(beat.sentAt()));
      boolean known = bound;
      beat.anchor(sender.evmAddress)
          .ifPresent(anchor -> anchor(sender, chains.take(anchor, epoch, known, windows)));
    }
  }

  private void anchor(Sender sender, ChainIntake.Anchored anchored) {
    // The beat itself counts: it has a signature of its own.
    anchored.refusal().ifPresent(refusal -> refuse(refusal, sender, ""));
    if (anchored.contradiction().isPresent()) {
      tally.contradiction();
      watcher.twoAnchors(anchored.contradiction().get());
    }
  }

  private boolean accept(
      Sender sender, Beat beat, Sender.Arrival.Message arrival, boolean bound, Duration overlap) {
    if (!sender.isLater(beat)) {
      refuse(Refusal.REPLAYED, sender, "number " + beat.sequence());
      return false;
    }
    if (!SignedMessage.verify(beat.message(), signatures).isValid()) {
      refuse(Refusal.FORGED, sender, "");
      return false;
    }
    if (sender.accept(beat, arrival.receivedAt(), bound, overlap)) {
      tally.twins();
      sender.sighting().ifPresent(watcher::twins);
    }
    tally.accepted(bound);
    return true;
  }

  private void skewed(Sender sender, Beat beat, Sender.Arrival.Message arrival) {
    // Without samples from skewed beats a clock that is far off would not be noticed at all.
    if (sender.isWorthSampling(beat, arrival.receivedAt())
        && SignedMessage.verify(beat.message(), signatures).isValid()) {
      sender.sample(beat, arrival.receivedAt());
    }
    Duration ahead = Duration.between(arrival.receivedAt(), beat.sentAt());
    refuse(Refusal.SKEWED, sender, "its clock is off by " + ahead.toMillis() + " ms");
  }

  private static boolean isSkewed(
      Beat beat, Sender.Arrival.Message arrival, EpochSchedule windows) {
    Duration difference = Duration.between(beat.sentAt(), arrival.receivedAt()).abs();
    return difference.compareTo(windows.clockTolerance()) > 0;
  }

  private boolean isFrom(Beat beat, Sender sender) {
    return isSpelling(beat.sender(), sender)
        && isSpelling(beat.message().path(Envelope.ADDRESS).asText(beat.sender()), sender);
  }

  private boolean isSpelling(String text, Sender sender) {
    return text.equals(sender.address.text())
        || signatures.parse(text).filter(sender.address::equals).isPresent();
  }

  /**
   * Tells messages of one sender apart. A checksum will do: to have a beat taken for a duplicate,
   * somebody would have to send one of the same checksum before the beat itself is sent.
   */
  private static long fingerprint(byte[] payload) {
    CRC32C checksum = new CRC32C();
    checksum.update(payload, 0, payload.length);
    return checksum.getValue() << 32 | payload.length;
  }

  private boolean refuse(Refusal refusal, @Nullable Sender sender, String detail) {
    tally.refused(refusal);
    watcher.refused(refusal, Optional.ofNullable(sender).map(known -> known.evmAddress), detail);
    return false;
  }
}

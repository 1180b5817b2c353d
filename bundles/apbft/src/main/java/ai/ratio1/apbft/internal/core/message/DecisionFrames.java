package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.Slot;
import java.util.Optional;

/** The bodies of messages about decisions: the slot, then their fields. */
final class DecisionFrames {

  private DecisionFrames() {}

  static void write(FrameWriter frame, DecisionMessage message) {
    frame.slot(message.slot());
    if (message instanceof DecisionOffer offer) {
      frame.value(offer.value());
    } else if (message instanceof DecisionWish wish) {
      frame.u32(wish.view());
    } else if (message instanceof DecisionNewView newView) {
      frame.u32(newView.view());
      writeLock(frame, newView);
      frame.u8(newView.value().isPresent() ? 1 : 0);
      newView.value().ifPresent(frame::value);
    } else if (message instanceof DecisionPropose proposal) {
      write(frame, proposal);
    } else if (message instanceof DecisionPrepare prepare) {
      frame.u32(prepare.view()).hash(prepare.valueHash());
    } else if (message instanceof DecisionCommit commit) {
      frame.u32(commit.view()).hash(commit.valueHash());
    } else if (message instanceof DecisionCert cert) {
      frame.u32(cert.view()).value(cert.value()).signatures(cert.signers(), cert.signatures());
    } else if (message instanceof DecisionRequest request) {
      frame.address(request.to());
    }
  }

  static DecisionMessage read(FrameReader frame, Kind kind, Header header, Slot slot) {
    return switch (kind) {
      case DECISION_OFFER -> new DecisionOffer(header, slot, frame.value());
      case DECISION_WISH -> new DecisionWish(header, slot, frame.u32());
      case DECISION_NEW_VIEW -> readNewView(frame, header, slot);
      case DECISION_PROPOSE -> readPropose(frame, header, slot);
      case DECISION_PREPARE -> new DecisionPrepare(header, slot, frame.u32(), frame.hash());
      case DECISION_COMMIT -> new DecisionCommit(header, slot, frame.u32(), frame.hash());
      case DECISION_CERT -> readCert(frame, header, slot);
      case DECISION_REQUEST -> new DecisionRequest(header, slot, frame.address());
      default -> throw new IllegalArgumentException("not about a decision: " + kind);
    };
  }

  private static void write(FrameWriter frame, DecisionPropose message) {
    frame.u32(message.view()).value(message.value()).u8(message.justification().size());
    for (Signed<DecisionNewView> part : message.justification()) {
      frame.address(part.message().header().oracle());
      writeLock(frame, part.message());
      frame.octets(part.signature());
    }
  }

  private static DecisionPropose readPropose(FrameReader frame, Header header, Slot slot) {
    long view = frame.u32();
    Octets value = frame.value();
    return new DecisionPropose(
        header,
        slot,
        view,
        value,
        frame.list(frame.count(), () -> readPart(frame, header, slot, view)));
  }

  private static Signed<DecisionNewView> readPart(
      FrameReader frame, Header header, Slot slot, long view) {
    EvmAddress oracle = frame.address();
    Header other = new Header(header.configDigest(), header.epoch(), oracle);
    Optional<ValueLock> lock = readLock(frame);
    return new Signed<>(
        new DecisionNewView(other, slot, view, lock, Optional.empty()), frame.signature());
  }

  private static DecisionNewView readNewView(FrameReader frame, Header header, Slot slot) {
    long view = frame.u32();
    Optional<ValueLock> lock = readLock(frame);
    Optional<Octets> value = flag(frame) ? Optional.of(frame.value()) : Optional.empty();
    return new DecisionNewView(header, slot, view, lock, value);
  }

  private static DecisionCert readCert(FrameReader frame, Header header, Slot slot) {
    long view = frame.u32();
    Octets value = frame.value();
    int signers = frame.signers();
    return new DecisionCert(header, slot, view, value, signers, frame.signatures(signers));
  }

  private static void writeLock(FrameWriter frame, DecisionNewView message) {
    frame.u8(message.lock().isPresent() ? 1 : 0);
    message.lock().ifPresent(frame::valueLock);
  }

  private static Optional<ValueLock> readLock(FrameReader frame) {
    return flag(frame) ? Optional.of(frame.valueLock()) : Optional.empty();
  }

  private static boolean flag(FrameReader frame) {
    int flag = frame.u8();
    if (flag > 1) {
      throw new IllegalArgumentException("a flag is 0 or 1");
    }
    return flag == 1;
  }
}

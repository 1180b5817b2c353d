package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.message.Frames;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.transport.Message;
import ai.ratio1.transport.MessageListener;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Everything that can be said about a frame without its signature, on the transport's thread: size,
 * seen before, form, a sender that is an oracle. What passes waits in the {@link Inbox}.
 */
final class FrameGate implements MessageListener {

  private final Inbox inbox;
  private final Counters counters;
  private final DuplicateFilter duplicates;
  private final EvmAddress self;
  private final Supplier<Set<EvmAddress>> oracles;

  FrameGate(
      Inbox inbox,
      Counters counters,
      DuplicateFilter duplicates,
      EvmAddress self,
      Supplier<Set<EvmAddress>> oracles) {
    this.inbox = inbox;
    this.counters = counters;
    this.duplicates = duplicates;
    this.self = self;
    this.oracles = oracles;
  }

  @Override
  public void received(Message message) {
    counters.received();
    byte[] frame = message.payload();
    if (frame.length > Frames.MAX_LENGTH) {
      counters.refused(Counters.Refusal.MALFORMED);
    } else if (!duplicates.isNew(frame, System.nanoTime())) {
      counters.refused(Counters.Refusal.REPEATED);
    } else {
      decode(frame);
    }
  }

  private void decode(byte[] frame) {
    Signed<?> signed;
    try {
      signed = Frames.decode(frame);
    } catch (R1Exception refusal) {
      counters.refused(Counters.Refusal.MALFORMED);
      return;
    }
    EvmAddress sender = signed.message().header().oracle();
    if (sender.equals(self)) {
      return; // The broker gives back what this oracle said.
    }
    if (!oracles.get().contains(sender)) {
      counters.refused(Counters.Refusal.UNKNOWN_SENDER);
    } else if (!inbox.frame(sender, signed)) {
      counters.refused(Counters.Refusal.OVERFLOW);
    }
  }
}

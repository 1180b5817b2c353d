package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.DecisionEngine;
import ai.ratio1.apbft.internal.core.DecisionEvent;
import ai.ratio1.apbft.internal.core.Problems;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.consensus.Decision;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.DecisionStatus;
import ai.ratio1.consensus.Decisions;
import ai.ratio1.consensus.Slot;
import ai.ratio1.consensus.ValidityPredicate;
import java.util.Optional;

/**
 * The service of decisions: questions are answered from the store on the caller's thread, requests
 * go to the engine's.
 */
final class DecisionService implements Decisions {

  private static final ErrorCode FORGOTTEN = new ErrorCode("R1-APBFT-013");
  private static final ErrorCode REFUSED = new ErrorCode("R1-APBFT-014");

  private final DecisionStore store;
  private final Inbox inbox;
  private final EngineDriver driver;
  private final Slots slots;

  DecisionService(DecisionStore store, Inbox inbox, EngineDriver driver, Slots slots) {
    this.store = store;
    this.inbox = inbox;
    this.driver = driver;
    this.slots = slots;
  }

  @Override
  public void open(DecisionRound round, ValidityPredicate predicate) {
    Slot slot = round.slot();
    if (slot.sequence() < store.floor(slot.topic()) && store.decision(slot).isEmpty()) {
      throw new R1Exception(
          FORGOTTEN,
          "Sequence " + slot.sequence() + " of a topic is too old: what was decided is forgotten.",
          "Go on with a later sequence; raise retained.decisions before it is needed.");
    }
    try {
      DecisionEngine.check(round);
    } catch (IllegalArgumentException e) {
      throw refused("its oracles cannot decide: " + e.getMessage());
    }
    boolean before = slots.isOpen(slot);
    if (!slots.open(slot, predicate)) {
      throw Problems.tooManySlots();
    }
    try {
      inbox.order(() -> driver.open(round));
    } catch (R1Exception busy) {
      if (!before) {
        slots.leave(slot);
      }
      throw busy;
    }
  }

  @Override
  public void propose(Slot slot, byte[] value) {
    if (value.length > MAX_VALUE_LENGTH) {
      throw refused("a value has " + value.length + " bytes, at most " + MAX_VALUE_LENGTH);
    }
    if (!slots.isOpen(slot) && store.decision(slot).isEmpty()) {
      throw refused("a value is proposed for a slot that is not open");
    }
    Octets candidate = Octets.of(value);
    inbox.order(() -> driver.handle(new DecisionEvent.Offer(slot, candidate)));
  }

  private static R1Exception refused(String why) {
    return new R1Exception(
        REFUSED, "A decision is refused: " + why + ".", "Open the slot as documented.");
  }

  @Override
  public void retry() {
    inbox.order(() -> driver.handle(new DecisionEvent.Retry()));
  }

  @Override
  public Optional<Decision> decision(Slot slot) {
    return store
        .decision(slot)
        .map(Signed::message)
        .map(cert -> new Decision(cert.certificate(), cert.value().toArray()));
  }

  @Override
  public Optional<DecisionStatus> status(Slot slot) {
    return slots.status(slot);
  }

  @Override
  public void leave(Slot slot) {
    slots.leave(slot);
    inbox.order(() -> driver.handle(new DecisionEvent.Leave(slot)));
  }
}

package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.evm.Keccak256;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Every message about a decision that a frame can hold. */
final class AnyDecisionMessage {

  private AnyDecisionMessage() {}

  static Arbitrary<Message> of(Header header) {
    return slot()
        .flatMap(
            slot ->
                Arbitraries.<Message>oneOf(
                    value().map(value -> new DecisionOffer(header, slot, value)),
                    AnyMessage.uint32().map(view -> new DecisionWish(header, slot, view)),
                    newView(header, slot),
                    propose(header, slot),
                    vote(header, slot, true),
                    vote(header, slot, false),
                    cert(header, slot),
                    AnyMessage.address().map(to -> new DecisionRequest(header, slot, to))));
  }

  private static Arbitrary<Slot> slot() {
    Arbitrary<Long> sequences = Arbitraries.longs().between(0, Long.MAX_VALUE);
    return Combinators.combine(AnyMessage.hash(), sequences).as(Slot::new);
  }

  private static Arbitrary<Octets> value() {
    return Arbitraries.of(0, 1, 32, 4_096, 24_576).flatMap(AnyMessage::octets);
  }

  private static Arbitrary<ValueLock> lock(Octets value) {
    return AnyMessage.bitmap()
        .flatMap(
            signers ->
                Combinators.combine(
                        AnyMessage.uint32(),
                        AnyMessage.octets(65).list().ofSize(AnyMessage.bits(signers)))
                    .as(
                        (view, signatures) ->
                            new ValueLock(
                                view, Keccak256.of(value.toArray()), signers, signatures)));
  }

  private static Arbitrary<Message> newView(Header header, Slot slot) {
    return value()
        .flatMap(
            value ->
                Combinators.combine(AnyMessage.uint32(), lock(value).optional())
                    .as(
                        (view, lock) ->
                            new DecisionNewView(
                                header, slot, view, lock, lock.map(held -> value))));
  }

  private static Arbitrary<Message> propose(Header header, Slot slot) {
    return Combinators.combine(
            AnyMessage.uint32(), value(), AnyMessage.address().list().ofMaxSize(6))
        .flatAs(
            (view, value, oracles) -> {
              List<Arbitrary<Signed<DecisionNewView>>> parts =
                  oracles.stream().map(oracle -> part(header, oracle, slot, view, value)).toList();
              return Combinators.combine(parts)
                  .as(list -> new DecisionPropose(header, slot, view, value, list));
            });
  }

  private static Arbitrary<Signed<DecisionNewView>> part(
      Header header, EvmAddress oracle, Slot slot, long view, Octets value) {
    return lock(value)
        .optional()
        .map(lock -> new DecisionNewView(header.of(oracle), slot, view, lock, Optional.empty()))
        .flatMap(AnyMessage::sign);
  }

  private static Arbitrary<Message> vote(Header header, Slot slot, boolean prepare) {
    return Combinators.combine(AnyMessage.uint32(), AnyMessage.hash())
        .as(
            (view, hash) ->
                prepare
                    ? new DecisionPrepare(header, slot, view, hash)
                    : new DecisionCommit(header, slot, view, hash));
  }

  private static Arbitrary<Message> cert(Header header, Slot slot) {
    return Combinators.combine(AnyMessage.uint32(), value(), AnyMessage.bitmap())
        .flatAs(
            (view, value, signers) ->
                AnyMessage.octets(65)
                    .list()
                    .ofSize(AnyMessage.bits(signers))
                    .map(
                        signatures ->
                            new DecisionCert(header, slot, view, value, signers, signatures)));
  }
}

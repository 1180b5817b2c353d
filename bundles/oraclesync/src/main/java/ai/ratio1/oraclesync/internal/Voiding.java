package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.oraclesync.internal.core.PendingEpoch;
import ai.ratio1.outcome.VoidRule;
import ai.ratio1.outcome.VoidedEpoch;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has the oracles of the current epoch sign a void for an epoch that nobody certified for long
 * (consensus.md, section 4, rule 8). One thread.
 */
final class Voiding {

  private final EpochStore store;
  private final Settlement settlement;
  private final EvmAddress self;
  private @Nullable Proposal proposal;

  /** What is proposed, and from what that followed. */
  private record Proposal(
      long epoch, Bytes32 previous, OracleSet oracles, VoidedEpoch voided, Instant since) {}

  /**
   * A void that a quorum signed.
   *
   * @param voided the void
   * @param oracles who takes turns to submit it
   * @param since when this oracle proposed it
   */
  record Ready(SignedVoid voided, OracleSet oracles, Instant since) {}

  Voiding(EpochStore store, Settlement settlement, EvmAddress self) {
    this.store = store;
    this.settlement = settlement;
    this.self = self;
  }

  /**
   * Proposes a void when it is due, and answers with what a quorum signed.
   *
   * @param oracles those of the current epoch
   * @param newestVoidable the newest epoch that can be voided by now
   * @param waitedFor the epoch that the chain waits for
   */
  Optional<Ready> advance(
      Agreement agreement, OracleSet oracles, long newestVoidable, long waitedFor, Instant now) {
    long next = store.newest().epoch() + 1;
    Optional<PendingEpoch> pending = store.pending(next);
    // Whoever has a certificate brings that to the chain.
    boolean due =
        next <= newestVoidable
            && next == waitedFor
            && pending.isPresent()
            && settlement.held().isEmpty();
    if (!due) {
      return Optional.empty();
    }
    Proposal current = propose(pending.get(), oracles, now);
    if (oracles.serving().contains(self)) {
      agreement.voidEpoch(current.voided().outcome(), oracles);
    }
    return agreement
        .voided(next)
        .filter(signed -> signed.outcome().equals(current.voided().outcome()))
        .map(signed -> new Ready(signed, oracles, current.since()));
  }

  private Proposal propose(PendingEpoch pending, OracleSet oracles, Instant now) {
    EpochStore.State before = store.newest();
    long epoch = pending.ended().epoch();
    Proposal known = proposal;
    if (known == null
        || known.epoch() != epoch
        || !known.previous().equals(before.outcomeHash())
        || !known.oracles().equals(oracles)) {
      VoidedEpoch voided =
          VoidRule.voided(
              pending.ended(),
              before.state(),
              before.outcomeHash(),
              store.newestCertified(),
              oracles.configDigest());
      known = new Proposal(epoch, before.outcomeHash(), oracles, voided, now);
      proposal = known;
    }
    return known;
  }
}

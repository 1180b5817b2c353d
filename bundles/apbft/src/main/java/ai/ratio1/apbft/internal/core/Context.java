package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Round;

/**
 * What the parts of an instance share.
 *
 * @param round what this oracle brings to the epoch
 * @param committee the epoch's oracles
 * @param header how this oracle's messages begin
 * @param voice signs them
 * @param verifier checks those of others
 * @param settings times and limits
 * @param rules what agreement rests on
 * @param tables where tables are
 */
record Context(
    Round round,
    Committee committee,
    Header header,
    Voice voice,
    Verifier verifier,
    Settings settings,
    Rules rules,
    Tables tables) {

  long epoch() {
    return round.epoch();
  }

  /** Whether this oracle may speak. */
  boolean votes() {
    return committee.self() >= 0;
  }

  /** Signs, remembers what binds, and sends. */
  <M extends Message> Signed<M> say(M message, Effects out) {
    Signed<M> signed = voice.sign(message);
    if (message.kind().binding()) {
      out.persist(epoch(), new LogEntry.Said(signed));
    }
    out.send(signed);
    return signed;
  }

  /** What to ask for when a table of an oracle is missing: its owner first, then everybody. */
  Tables.Wish wish(int oracle, Bytes32 table, boolean unasked) {
    return new Tables.Wish(
        epoch(),
        header.configDigest(),
        table,
        TableBytes.limit(round.rows()),
        committee.othersFrom(oracle),
        unasked,
        true);
  }

  Timer timer(Timer.Purpose purpose, long view) {
    return new Timer(epoch(), purpose, view);
  }
}

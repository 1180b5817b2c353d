package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the own table to everybody's tables: seal, commit, wait, reveal, collect (consensus.md,
 * section 3). The first table sealed for an epoch stands.
 */
final class Observing {

  private final Context context;
  private final Gathering gathering;
  private final Bytes32 freshSalt;
  private LogEntry.@Nullable Sealed sealed;
  private boolean windowRuns;

  Observing(Context context, Gathering gathering, Bytes32 freshSalt) {
    this.context = context;
    this.gathering = gathering;
    this.freshSalt = freshSalt;
  }

  void restore(LogEntry.Sealed own) {
    sealed = own;
  }

  void begin(Effects out) {
    int self = context.committee().self();
    if (context.votes() && gathering.commitOf(self) == null) {
      if (sealed == null) {
        context.round().table().ifPresent(table -> seal(table, out));
      }
      if (sealed != null) {
        gathering.commit(self, context.say(commitment(sealed), out), true);
      }
    } else if (context.votes()) {
      // Said before; a peer may have been away.
      resend(out);
    }
    retryMissing(out);
  }

  private void seal(byte[] table, Effects out) {
    byte[] deflated = TableBytes.deflate(table);
    LogEntry.Sealed own =
        new LogEntry.Sealed(freshSalt, TableBytes.hash(deflated), deflated.length);
    sealed = own;
    out.add(new Effect.KeepTable(context.epoch(), own.tableHash(), deflated));
    out.persist(context.epoch(), own);
    gathering.judge(own.tableHash(), deflated);
  }

  private ObsCommit commitment(LogEntry.Sealed own) {
    return new ObsCommit(
        context.header(),
        ObsCommit.commitment(own.tableHash(), own.salt(), context.voice().self(), context.epoch()),
        context.round().selfAvailability(),
        context.round().clockOffsetMillis());
  }

  void commit(int from, Signed<ObsCommit> signed, Admission admission, Effects out) {
    if (admission.admit(gathering.commitOf(from), signed, out)) {
      boolean late = gathering.closed();
      gathering.commit(from, signed, !late);
      out.persist(context.epoch(), new LogEntry.Heard(signed, late));
      collect(from, out);
    }
  }

  void reveal(int from, Signed<ObsReveal> signed, Admission admission, Effects out) {
    if (!gathering.plausible(signed.message())) {
      out.drop(signed, Drop.INVALID);
    } else if (admission.admit(gathering.revealOf(from), signed, out)) {
      gathering.reveal(from, signed);
      out.persist(context.epoch(), new LogEntry.Heard(signed, false));
      collect(from, out);
    }
  }

  /** Opens and closes the window, and reveals when it is closed. */
  void advance(Effects out) {
    if (gathering.quorumCommitted() && !gathering.closed() && !windowRuns) {
      windowRuns = true;
      out.timer(
          context.timer(Timer.Purpose.COMMIT_WINDOW, 0),
          context.round().schedule().commitWindow().toMillis());
    }
    LogEntry.Sealed own = sealed;
    int self = context.committee().self();
    if (own != null && gathering.closed() && gathering.revealOf(self) == null && context.votes()) {
      gathering.reveal(self, context.say(disclosure(own), out));
      context
          .tables()
          .get(own.tableHash())
          .ifPresent(
              table ->
                  TablePieces.of(context.header(), own.tableHash(), table)
                      .forEach(piece -> context.say(piece, out)));
    }
  }

  /** Says again what stands. */
  void resend(Effects out) {
    int self = context.committee().self();
    Signed<ObsCommit> commit = gathering.commitOf(self);
    if (commit != null) {
      out.send(commit);
    }
    Signed<ObsReveal> reveal = gathering.revealOf(self);
    if (reveal != null) {
      out.send(reveal);
    }
    retryMissing(out);
  }

  private void retryMissing(Effects out) {
    gathering.missing().forEach(oracle -> collect(oracle, out));
  }

  /** Judges the table that an oracle revealed, or gets it. */
  private void collect(int oracle, Effects out) {
    Optional<Bytes32> revealed = gathering.opened(oracle);
    if (revealed.isEmpty()) {
      return;
    }
    Bytes32 table = revealed.get();
    Optional<byte[]> here = context.tables().get(table);
    if (here.isPresent()) {
      gathering.judge(table, here.get());
    } else {
      context.tables().want(context.wish(oracle, table, true), out);
    }
  }

  private ObsReveal disclosure(LogEntry.Sealed own) {
    return new ObsReveal(
        context.header(),
        own.tableHash(),
        ObsReveal.rawCid(own.tableHash()),
        own.length(),
        own.salt(),
        context.round().bitmapRoot());
  }
}

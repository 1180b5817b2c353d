package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Round;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the own table to everybody's tables: seal, commit, wait, reveal, collect (consensus.md,
 * section 3). The first table sealed for an epoch stands.
 */
final class Observing {

  private final EpochContext context;
  private final Gathering gathering;
  // What this oracle brings; replaced as long as nothing was committed to.
  private Round own;
  private Bytes32 freshSalt;
  private LogEntry.@Nullable Sealed sealed;
  // The sealed table until it was sent: what is to be kept cannot be read back at once.
  private byte @Nullable [] fresh;
  private boolean windowRuns;

  Observing(EpochContext context, Gathering gathering, Bytes32 freshSalt) {
    this.context = context;
    this.gathering = gathering;
    this.own = context.round();
    this.freshSalt = freshSalt;
  }

  void restore(LogEntry.Sealed own) {
    sealed = own;
  }

  void begin(Effects out) {
    if (context.votes() && gathering.commitOf(context.committee().self()) == null) {
      commit(out);
    } else if (context.votes()) {
      // Said before; a peer may have been away.
      resend(out);
    }
    retryMissing(out);
  }

  /** Takes a table for an epoch that was opened without one. */
  void offer(Round round, Bytes32 salt, Effects out) {
    if (context.votes() && gathering.commitOf(context.committee().self()) == null) {
      own = round;
      freshSalt = salt;
      commit(out);
    }
  }

  private void commit(Effects out) {
    if (sealed == null) {
      own.table().ifPresent(table -> seal(table, out));
    }
    if (sealed != null) {
      boolean inTime = !gathering.closed();
      int self = context.committee().self();
      gathering.commit(self, context.say(commitment(sealed), out), inTime);
    }
  }

  private void seal(byte[] table, Effects out) {
    byte[] deflated = TableBytes.deflate(table);
    LogEntry.Sealed seal =
        new LogEntry.Sealed(freshSalt, TableBytes.hash(deflated), deflated.length);
    sealed = seal;
    fresh = deflated;
    out.add(new Effect.KeepTable(context.epoch(), seal.tableHash(), deflated));
    out.persist(context.epoch(), seal);
    gathering.judge(seal.tableHash(), deflated);
  }

  private ObsCommit commitment(LogEntry.Sealed seal) {
    return new ObsCommit(
        context.header(),
        ObsCommit.commitment(
            seal.tableHash(), seal.salt(), context.voice().self(), context.epoch()),
        own.selfAvailability(),
        own.clockOffsetMillis());
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
      long window = context.round().schedule().commitWindow().toMillis();
      context.timer(Timer.Purpose.COMMIT_WINDOW, 0, window, out);
    }
    LogEntry.Sealed seal = sealed;
    int self = context.committee().self();
    if (seal != null && gathering.closed() && gathering.revealOf(self) == null) {
      gathering.reveal(self, context.say(disclosure(seal), out));
      Optional.ofNullable(fresh)
          .or(() -> context.tables().get(seal.tableHash()))
          .ifPresent(
              table ->
                  TablePieces.of(context.header(), seal.tableHash(), table)
                      .forEach(piece -> context.say(piece, out)));
      fresh = null;
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
    context
        .tables()
        .find(context.wish(oracle, table, true, gathering::heard), out)
        .ifPresent(here -> gathering.judge(table, here));
  }

  private ObsReveal disclosure(LogEntry.Sealed seal) {
    return new ObsReveal(
        context.header(),
        seal.tableHash(),
        ObsReveal.rawCid(seal.tableHash()),
        seal.length(),
        seal.salt(),
        own.bitmapRoot());
  }
}

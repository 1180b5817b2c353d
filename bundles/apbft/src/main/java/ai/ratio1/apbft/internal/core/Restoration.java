package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.Justification.Candidate;
import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Lock;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of an instance back to where an earlier life left them. What is on disk was
 * checked before it was written.
 *
 * @param context whose epoch it is
 * @param gathering gets commitments and reveals
 * @param observing gets the own seal
 * @param agreeing gets the view, the own votes and the lock
 * @param charges gets the evidence
 */
record Restoration(
    EpochContext context,
    Gathering gathering,
    Observing observing,
    Agreeing<Lock, NewView, Propose, Candidate> agreeing,
    Charges charges) {

  /** Applies what was remembered, in any order; the certificate if there was one. */
  @Nullable CertifiedEpoch apply(List<LogEntry> log) {
    CertifiedEpoch decision = null;
    for (LogEntry entry : log) {
      if (entry instanceof LogEntry.Certified certified) {
        decision = new CertifiedEpoch(context, certified.cert());
      } else {
        restore(entry);
      }
    }
    return decision;
  }

  private void restore(LogEntry entry) {
    if (entry instanceof LogEntry.Sealed own) {
      observing.restore(own);
    } else if (entry instanceof LogEntry.Said said) {
      restore(said.message(), false);
    } else if (entry instanceof LogEntry.Heard heard) {
      restore(heard.message(), heard.late());
    } else if (entry instanceof LogEntry.Entered entered) {
      agreeing.pacemaker().resume(entered.view());
      if (entered.closed()) {
        gathering.close();
      }
    } else if (entry instanceof LogEntry.Locked locked) {
      agreeing.voting().restore(locked.lock());
    } else if (entry instanceof LogEntry.Accused accused) {
      charges.restore(accused.evidence());
    }
  }

  private void restore(Signed<?> signed, boolean late) {
    Message message = signed.message();
    int from = context.committee().indexOf(message.header().oracle());
    if (message instanceof ObsCommit commit) {
      gathering.commit(from, new Signed<>(commit, signed.signature()), !late);
    } else if (message instanceof ObsReveal reveal) {
      gathering.reveal(from, new Signed<>(reveal, signed.signature()));
      if (from == context.committee().self()) {
        gathering.close();
      }
    } else if (message instanceof Prepare prepare) {
      agreeing.pacemaker().resume(prepare.view());
      Signed<Prepare> own = new Signed<>(prepare, signed.signature());
      agreeing.voting().at(prepare.view()).prepares().put(from, own);
    } else if (message instanceof Commit commit) {
      agreeing.pacemaker().resume(commit.view());
      Signed<Commit> own = new Signed<>(commit, signed.signature());
      agreeing.voting().at(commit.view()).commits().put(from, own);
    }
  }
}

package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Prepare;
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
 * @param pacemaker gets the view
 * @param voting gets the own votes and the lock
 * @param admission gets the evidence
 */
record Restoration(
    Context context,
    Gathering gathering,
    Observing observing,
    Pacemaker pacemaker,
    Voting voting,
    Admission admission) {

  /** Applies what was remembered, in any order; the certificate if there was one. */
  @Nullable Decision apply(List<LogEntry> log) {
    Decision decision = null;
    for (LogEntry entry : log) {
      if (entry instanceof LogEntry.Certified certified) {
        decision = new Decision(context, certified.cert());
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
      pacemaker.resume(entered.view());
      if (entered.closed()) {
        gathering.close();
      }
    } else if (entry instanceof LogEntry.Locked locked) {
      voting.restore(locked.lock());
    } else if (entry instanceof LogEntry.Accused accused) {
      admission.restore(accused.evidence());
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
      pacemaker.resume(prepare.view());
      voting.at(prepare.view()).prepares().put(from, new Signed<>(prepare, signed.signature()));
    } else if (message instanceof Commit commit) {
      pacemaker.resume(commit.view());
      voting.at(commit.view()).commits().put(from, new Signed<>(commit, signed.signature()));
    }
  }
}

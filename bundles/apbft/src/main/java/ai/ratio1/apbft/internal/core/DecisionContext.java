package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.consensus.Slot;

/**
 * What the parts of a decision share.
 *
 * @param slot what is decided
 * @param committee who decides it
 * @param header how this oracle's messages begin
 * @param voice signs them
 * @param verifier checks those of others
 * @param settings times and limits
 * @param rules what agreement rests on
 */
record DecisionContext(
    Slot slot,
    Committee committee,
    Header header,
    Voice voice,
    Verifier verifier,
    Settings settings,
    Rules rules)
    implements Context {

  @Override
  public void remember(LogEntry entry, Effects out) {
    out.add(new DecisionEffect.Remember(slot, entry));
  }

  @Override
  public void timer(Timer.Purpose purpose, long view, long millis, Effects out) {
    out.add(new DecisionEffect.SetTimer(new DecisionTimer(slot, purpose, view), millis));
  }

  @Override
  public void viewChanged(long view, Effects out) {
    out.add(new DecisionEffect.ViewChanged(slot, view));
  }
}

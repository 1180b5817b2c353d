package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Signed;

/** What the parts of an agreement share, whatever it is about. */
interface Context {

  /** Who agrees. */
  Committee committee();

  /** Signs for this oracle. */
  Voice voice();

  /** Checks what others signed. */
  Verifier verifier();

  /** Times and limits. */
  Settings settings();

  /** What agreement rests on. */
  Rules rules();

  /** Remembers something across a restart. */
  void remember(LogEntry entry, Effects out);

  /** Sets a timer, in place of an equal one. */
  void timer(Timer.Purpose purpose, long view, long millis, Effects out);

  /** Reports that a view began after one that led to nothing. */
  void viewChanged(long view, Effects out);

  /** Whether this oracle may speak. */
  default boolean votes() {
    return committee().self() >= 0;
  }

  /** Signs, remembers what binds, and sends. */
  default <M extends Message> Signed<M> say(M message, Effects out) {
    Signed<M> signed = voice().sign(message);
    if (message.kind().binding()) {
      remember(new LogEntry.Said(signed), out);
    }
    out.send(signed);
    return signed;
  }
}

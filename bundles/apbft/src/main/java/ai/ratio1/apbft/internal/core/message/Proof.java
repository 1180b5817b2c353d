package ai.ratio1.apbft.internal.core.message;

import java.util.List;

/** Proof that a quorum prepared something in a view: a lock. */
public sealed interface Proof permits Lock, ValueLock {

  /** The view of the prepares. */
  long view();

  /** Bitmap of the oracles that prepared, by index. */
  int signers();

  /** Their signatures, ascending by index. */
  List<Octets> signatures();
}

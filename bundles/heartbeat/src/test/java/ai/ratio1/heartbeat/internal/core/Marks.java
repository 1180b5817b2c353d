package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.EvmAddress;

/** Lets tests of the shell mark slots without a beat. */
public final class Marks {

  private Marks() {}

  public static boolean mark(SlotBook book, long epoch, int slots, EvmAddress node, int slot) {
    return book.mark(epoch, slots, node, slot);
  }
}

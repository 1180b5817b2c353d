package ai.ratio1.itests.faults;

/** The conditions as they are now. Thread-safe. */
final class Switch {

  private Conditions now = Conditions.CLEAR;

  synchronized Conditions now() {
    return now;
  }

  synchronized void set(Conditions next) {
    now = next;
    notifyAll();
  }

  /**
   * Waits while nothing moves.
   *
   * @return whether there was anything to wait for
   */
  synchronized boolean awaitMotion() throws InterruptedException {
    boolean stalled = now.stalled();
    while (now.stalled()) {
      wait();
    }
    return stalled;
  }
}

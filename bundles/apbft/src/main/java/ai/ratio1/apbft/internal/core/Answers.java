package ai.ratio1.apbft.internal.core;

/** Shows certificates to whoever is behind: each once per interval, and not too many a second. */
final class Answers {

  static final int PER_SECOND = 64;

  private final Archive archive;
  private final Recently answered;
  private final Budget budget = new Budget(PER_SECOND);

  Answers(Archive archive, Settings settings) {
    this.archive = archive;
    this.answered = new Recently(settings.resend());
  }

  void show(long epoch, long now, Effects out) {
    boolean known = archive.certificate(epoch).isPresent();
    if (known && !answered.was(epoch, now) && budget.open(now)) {
      answered.mark(epoch, now);
      budget.spend(1);
      out.send(archive.certificate(epoch).orElseThrow());
    }
  }

  int size() {
    return answered.size();
  }
}

package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.Introduction;
import ai.ratio1.apbft.internal.core.message.Message;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * The schedule of an adversary that owns the network until it heals. Either it lets one oracle
 * alone see a quorum of commits and then cuts that one off, so that the rest goes on without
 * knowing; or it lets each kind of vote through to some and not to others, view by view.
 */
final class Starvation {

  private final long seed;
  private final boolean isolating;
  private final int chosen;
  private boolean decided;

  Starvation(long seed, int honest) {
    SplittableRandom random = new SplittableRandom(seed);
    this.seed = seed;
    this.isolating = random.nextInt(3) > 0;
    this.chosen = random.nextInt(honest);
  }

  /** An honest oracle knows a certificate. */
  void decided(int oracle) {
    decided |= oracle == chosen;
  }

  boolean drops(int from, int to, Message message) {
    if (!isolating) {
      return starves(from, to, message);
    }
    if (decided) {
      return from == chosen || to == chosen;
    }
    boolean committing =
        switch (message.kind()) {
          case COMMIT, CERT, DECISION_COMMIT, DECISION_CERT -> true;
          default -> false;
        };
    return committing && to != chosen;
  }

  /** Everything of one kind in one view reaches a receiver, or nothing of it does. */
  private boolean starves(int from, int to, Message message) {
    double share =
        switch (message.kind()) {
          case PREPARE, DECISION_PREPARE -> 0.6;
          case COMMIT, CERT, DECISION_COMMIT, DECISION_CERT -> 0.85;
          case NEW_VIEW, DECISION_NEW_VIEW -> 0.3;
          case TABLE_CHUNK, OBS_REVEAL, OBS_COMMIT, DECISION_OFFER -> 0.1;
          default -> 0;
        };
    // Which statements reach a leader differs by sender, so that justifications differ.
    int sender = message instanceof Introduction ? from : 0;
    int key = Objects.hash(message.kind().code(), view(message), to, sender);
    return new SplittableRandom(seed * 31 + key).nextDouble() < share;
  }

  private static long view(Message message) {
    if (message instanceof Ballot ballot) {
      return ballot.view();
    }
    return message instanceof Introduction<?> introduction ? introduction.view() : 0;
  }
}

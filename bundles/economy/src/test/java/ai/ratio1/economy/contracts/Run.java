package ai.ratio1.economy.contracts;

import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.economy.Rules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A walk of so many steps, and what it found.
 *
 * @param report how to walk it again, and what happened last
 * @param difference between the model and the contracts, if there was one
 * @param done kinds of steps that were done
 * @param refused kinds of steps and the reasons for which they were refused
 * @param mutants the wrong models
 */
record Run(
    String report,
    Optional<String> difference,
    Set<String> done,
    Set<String> refused,
    List<Follower> mutants) {

  /** Epochs that are over when the walk begins, so that Master deeds soon mine. */
  private static final long EPOCHS_BEFORE = 200;

  private static final int REMEMBERED = 8;

  /** Walks on a chain of its own. */
  static Run of(long seed, int steps, Map<String, Rules> wrong) {
    try (AnvilProcess anvil = chain()) {
      Cast cast = Cast.assemble();
      SideBySide sides = SideBySide.begin(anvil.uri(), cast, wrong);
      Deque<Action> last = new ArrayDeque<>();
      Set<String> done = new TreeSet<>();
      Set<String> refused = new TreeSet<>();
      Optional<String> difference = Optional.empty();
      Walk walk = new Walk(seed, cast);
      int taken = 0;
      int moves = 0;
      try {
        sides.take(new Action.Silence(EPOCHS_BEFORE));
        while (taken < steps || walk.isScheduled()) {
          taken += walk.isScheduled() ? 0 : 1;
          Action action = walk.next(sides.economy());
          moves++;
          last.addLast(action);
          if (last.size() > REMEMBERED) {
            last.removeFirst();
          }
          Optional<String> refusal = sides.take(action);
          String kind = kind(action);
          refusal.ifPresentOrElse(r -> refused.add(kind + ": " + name(r)), () -> done.add(kind));
        }
        sides.compareAll();
      } catch (Difference found) {
        difference = Optional.of(found.getMessage());
      }
      String again =
          "-Deconomy.seed=%d -Deconomy.steps=%d: step %d, transaction %d%s"
              .formatted(seed, steps, taken, moves, lines(last));
      return new Run(again, difference, done, refused, sides.mutants());
    }
  }

  private static AnvilProcess chain() {
    return AnvilProcess.start(
        "--auto-impersonate",
        "--base-fee",
        "0",
        "--gas-price",
        "0",
        "--disable-block-gas-limit",
        "--prune-history",
        "--timestamp",
        Long.toString(Cast.BIRTH));
  }

  private static String lines(Deque<Action> actions) {
    List<String> lines = new ArrayList<>();
    actions.forEach(action -> lines.add("\n  after " + action));
    return String.join("", lines);
  }

  private static String kind(Action action) {
    return action instanceof Action.Move move
        ? move.step().getClass().getSimpleName()
        : action.getClass().getSimpleName();
  }

  private static String name(String reason) {
    return reason.substring(0, reason.indexOf('('));
  }
}

package ai.ratio1.economy.contracts;

import ai.ratio1.economy.model.Economy;
import ai.ratio1.economy.model.Step;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Chooses what happens next: mostly what can be done, at times what cannot, often at the very
 * second or amount at which one turns into the other. The same seed chooses the same.
 */
final class Walk {

  /** Chooses one action for a state of the economy, and may schedule what follows it. */
  interface Choice extends Function<Economy, Action> {}

  private final Dice dice;
  private final List<Choice> choices = new ArrayList<>();
  private final Deque<Choice> scheduled = new ArrayDeque<>();

  Walk(long seed, Cast cast) {
    this.dice = new Dice(new Random(seed), cast);
    new LicenceChoices(dice, this).enter();
    new EpochChoices(dice, this).enter();
    JobChoices jobs = new JobChoices(dice, this);
    jobs.enter();
    jobs.edges();
    often(
        2,
        e ->
            new Action.Price(
                dice.amount(new BigInteger("3000000000000000000")).max(BigInteger.TEN.pow(16))));
    often(1, e -> new Action.Silence(dice.between(20, 260)));
  }

  /** Whether what comes next was not chosen but follows from what was. */
  boolean isScheduled() {
    return !scheduled.isEmpty();
  }

  Action next(Economy economy) {
    Choice choice = scheduled.isEmpty() ? dice.oneOf(choices) : scheduled.removeFirst();
    return choice.apply(economy);
  }

  void often(int weight, Choice choice) {
    for (int i = 0; i < weight; i++) {
      choices.add(choice);
    }
  }

  /** Lets something follow. */
  void then(Choice choice) {
    scheduled.addLast(choice);
  }

  /** A move a little later. */
  Action soon(Economy economy, Step step) {
    return new Action.Move(step, economy.now() + dice.between(1, 40));
  }

  /** A move around a moment that matters, if that is not past. */
  Action around(Economy economy, long moment, Step step) {
    long time = moment + dice.between(-1, 1);
    return new Action.Move(step, Math.max(economy.now() + 1, time));
  }
}

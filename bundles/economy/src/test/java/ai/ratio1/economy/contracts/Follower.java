package ai.ratio1.economy.contracts;

import ai.ratio1.economy.model.Economy;
import ai.ratio1.economy.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A model that takes every action by itself, and compares with what the chain said. */
final class Follower {

  private static final int SHOWN = 12;

  private final String name;
  private Economy economy;
  private Optional<String> difference = Optional.empty();

  Follower(String name, Economy economy) {
    this.name = name;
    this.economy = economy;
  }

  String name() {
    return name;
  }

  Economy economy() {
    return economy;
  }

  /** The first thing that was not as the chain had it; after it nothing is compared any more. */
  Optional<String> difference() {
    return difference;
  }

  /** What would come of a move, which stays undone. */
  Economy foresee(Action.Move move) {
    try {
      return economy.after(move.step(), move.time());
    } catch (Refusal refused) {
      throw new Difference(name + " refuses what the contract does: " + refused.getMessage());
    }
  }

  /** Takes an action and compares. */
  void hear(Action action, SideBySide.Heard heard) {
    if (difference.isPresent()) {
      return;
    }
    Optional<String> refusal = take(action);
    if (!isSame(refusal, heard.refusal())) {
      difference =
          Optional.of(
              "%s: %s\n  the contract: %s"
                  .formatted(name, refusal.orElse("passes"), heard.refusal().orElse("passes")));
      return;
    }
    compare(heard.read());
  }

  private Optional<String> take(Action action) {
    try {
      if (action instanceof Action.Move move) {
        economy = economy.after(move.step(), move.time());
      } else if (action instanceof Action.Price price) {
        economy = economy.at(price.usdPerR1());
      }
      return Optional.empty();
    } catch (Refusal refused) {
      return Optional.of(refused.getMessage());
    }
  }

  /** Arguments that only a chain knows are not compared. */
  private static boolean isSame(Optional<String> ours, Optional<String> theirs) {
    if (ours.isEmpty() || theirs.isEmpty()) {
      return ours.isEmpty() && theirs.isEmpty();
    }
    String pattern = Pattern.quote(ours.get()).replace(Refusal.UNKNOWN, "\\E0x[0-9a-f]{64}\\Q");
    return theirs.get().matches(pattern);
  }

  private void compare(Map<Probe, String> read) {
    List<String> found = new ArrayList<>();
    read.forEach(
        (probe, theirs) -> {
          String ours = answer(probe);
          if (!ours.equals(theirs) && found.size() < SHOWN) {
            found.add(
                "%s\n  %s: %s\n  the contract: %s".formatted(probe.name(), name, ours, theirs));
          }
        });
    if (!found.isEmpty()) {
      difference = Optional.of(String.join("\n", found));
    }
  }

  private String answer(Probe probe) {
    try {
      return probe.expected().apply(economy);
    } catch (RuntimeException unknown) {
      // A model that went another way may lack what is asked for.
      return unknown.toString();
    }
  }
}

package ai.ratio1.itests.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the search of a model came to. Its text is what a configuration file states as expected, to
 * the state: a model that says less than it did, or a mutant that fails for another reason,
 * differs.
 */
sealed interface Verdict {

  /** Every reachable state was visited: how many there are, and how far the farthest is. */
  record Holds(long states, int depth) implements Verdict {

    private static final Pattern TEXT =
        Pattern.compile("nothing violated, (\\d+) states, depth (\\d+)");

    @Override
    public String toString() {
      return "nothing violated, %d states, depth %d".formatted(states, depth);
    }
  }

  /** A property does not hold; so many states show it, the initial one included. */
  record Violated(String property, int trace) implements Verdict {

    private static final Pattern TEXT = Pattern.compile("(\\w+) violated, trace of (\\d+) states");

    @Override
    public String toString() {
      return "%s violated, trace of %d states".formatted(property, trace);
    }
  }

  /**
   * Reads the text of a verdict.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Verdict parse(String text) {
    Matcher holds = Holds.TEXT.matcher(text);
    if (holds.matches()) {
      return new Holds(Long.parseLong(holds.group(1)), Integer.parseInt(holds.group(2)));
    }
    Matcher violated = Violated.TEXT.matcher(text);
    if (violated.matches()) {
      return new Violated(violated.group(1), Integer.parseInt(violated.group(2)));
    }
    throw new IllegalArgumentException("no verdict: " + text);
  }
}

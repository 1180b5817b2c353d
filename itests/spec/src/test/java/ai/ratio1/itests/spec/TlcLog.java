package ai.ratio1.itests.spec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What TLC wrote with its option -tool: messages with a stable number each. */
record TlcLog(String text) {

  private static final int INVARIANT_VIOLATED_INITIALLY = 2107;
  private static final int INVARIANT_VIOLATED = 2110;
  private static final int TEMPORAL_PROPERTY_VIOLATED = 2116;
  private static final int SUCCESS = 2193;
  private static final int DEPTH = 2194;
  private static final int STATISTICS = 2199;
  private static final int STATE_OF_TRACE = 2217;

  private static final Pattern MESSAGE =
      Pattern.compile("(?s)@!@!@STARTMSG (\\d+):\\d @!@!@\n(.*?)\n?@!@!@ENDMSG \\1 @!@!@");
  private static final Pattern INVARIANT = Pattern.compile("Invariant (\\w+) is violated.*");
  private static final Pattern COUNTS =
      Pattern.compile("\\d+ states generated, (\\d+) distinct states found, 0 states left .*");
  private static final Pattern DEPTHS =
      Pattern.compile("The depth of the complete state graph search is (\\d+)\\.");

  /**
   * The verdict.
   *
   * @param properties what was checked; TLC does not name a temporal property that is violated
   * @throws IllegalStateException if TLC came to none
   */
  Verdict verdict(List<String> properties) {
    if (first(SUCCESS).isPresent()) {
      return new Verdict.Holds(
          Long.parseLong(in(STATISTICS, COUNTS)), Integer.parseInt(in(DEPTH, DEPTHS)));
    }
    if (first(INVARIANT_VIOLATED_INITIALLY).isPresent()) {
      return new Verdict.Violated(in(INVARIANT_VIOLATED_INITIALLY, INVARIANT), 1);
    }
    if (first(INVARIANT_VIOLATED).isPresent()) {
      return new Verdict.Violated(in(INVARIANT_VIOLATED, INVARIANT), trace());
    }
    if (first(TEMPORAL_PROPERTY_VIOLATED).isPresent() && properties.size() == 1) {
      return new Verdict.Violated(properties.get(0), trace());
    }
    throw new IllegalStateException("TLC came to no verdict:\n" + text);
  }

  private int trace() {
    return messages(STATE_OF_TRACE).size();
  }

  private String in(int number, Pattern pattern) {
    Matcher matcher = pattern.matcher(first(number).orElse("").replace("\n", " "));
    if (!matcher.matches()) {
      throw new IllegalStateException("TLC's message " + number + " is not known:\n" + text);
    }
    return matcher.group(1);
  }

  private Optional<String> first(int number) {
    return messages(number).stream().findFirst();
  }

  private List<String> messages(int number) {
    String wanted = Integer.toString(number);
    return MESSAGE
        .matcher(text)
        .results()
        .filter(message -> message.group(1).equals(wanted))
        .map(message -> message.group(2))
        .toList();
  }
}

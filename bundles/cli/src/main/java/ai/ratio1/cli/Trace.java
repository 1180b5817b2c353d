package ai.ratio1.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The stack of an unforeseen failure, for a report. */
final class Trace {

  private Trace() {}

  // Asked for by the user alone.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  static String of(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}

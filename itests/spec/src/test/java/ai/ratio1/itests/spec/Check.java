package ai.ratio1.itests.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One configuration file for TLC. It begins with four lines of comment: a sentence, the module,
 * when to run it, and the verdict that is expected. A file whose name begins with "Mutant" breaks a
 * rule, so it must expect a violation.
 *
 * @param file the configuration
 * @param title what it checks
 * @param module the model beside it
 * @param always whether every build runs it, or only the long one
 * @param properties the invariants and temporal properties it names, in order
 * @param expected the verdict
 */
record Check(
    Path file,
    String title,
    String module,
    boolean always,
    List<String> properties,
    Verdict expected) {

  private static final Pattern HEADER =
      Pattern.compile(
          "\\\\\\* (?<title>[A-Z].*\\.)\n"
              + "\\\\\\* module: (?<module>\\w+)\n"
              + "\\\\\\* run: (?<run>always|long)\n"
              + "\\\\\\* expect: (?<verdict>.+)\n");
  private static final Pattern PROPERTIES =
      Pattern.compile("(?m)^(?:INVARIANTS?|PROPERTY|PROPERTIES)((?:\\s+[A-Z][a-z]\\w*)+)$");

  Check {
    if (mutant(file) && expected instanceof Verdict.Holds) {
      throw new IllegalArgumentException(file + ": a mutant that is not to be caught");
    }
    if (expected instanceof Verdict.Violated violated
        && !properties.contains(violated.property())) {
      throw new IllegalArgumentException(file + ": does not check " + violated.property());
    }
  }

  /**
   * Reads a configuration.
   *
   * @throws IllegalArgumentException if its header is not as above
   */
  static Check read(Path file) throws IOException {
    String text = Files.readString(file);
    Matcher header = HEADER.matcher(text);
    if (!header.lookingAt()) {
      throw new IllegalArgumentException(
          file + ": does not begin with title, module, run and expect");
    }
    return new Check(
        file,
        header.group("title"),
        header.group("module"),
        header.group("run").equals("always"),
        properties(text),
        Verdict.parse(header.group("verdict")));
  }

  /** All configurations in a folder, by name. */
  static List<Check> in(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(entry -> entry.toString().endsWith(".cfg")).sorted().toList();
    }
    List<Check> checks = new ArrayList<>();
    for (Path file : files) {
      checks.add(read(file));
    }
    return checks;
  }

  String name() {
    return file.getFileName().toString().replace(".cfg", "");
  }

  boolean mutant() {
    return mutant(file);
  }

  private static boolean mutant(Path file) {
    return file.getFileName().toString().startsWith("Mutant");
  }

  private static List<String> properties(String text) {
    return PROPERTIES
        .matcher(text)
        .results()
        .flatMap(section -> Stream.of(section.group(1).trim().split("\\s+")))
        .toList();
  }
}

package ai.ratio1.itests.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A package as the build made it, read with Debian's own tool.
 *
 * @param file the {@code .deb}
 */
record DebianPackage(Path file) {

  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("r1.clone")).resolve("distribution");
  private static final int MINUTES = 10;

  /**
   * A member of its archive.
   *
   * @param mode as {@code ls -l} writes it
   * @param owner user and group
   * @param time day and minute of its last change
   * @param path absolute
   */
  record Member(String mode, String owner, String time, String path) {

    boolean isFile() {
      return mode.startsWith("-");
    }
  }

  /** For the appliance on Felix. */
  static DebianPackage felix() throws IOException {
    return in(DISTRIBUTION.resolve("target"));
  }

  /** For Kura 6. */
  static DebianPackage kura() throws IOException {
    return in(DISTRIBUTION.resolve("kura6").resolve("target"));
  }

  private static DebianPackage in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new DebianPackage(
          files.filter(f -> f.toString().endsWith(".deb")).findFirst().orElseThrow());
    }
  }

  /** Its control fields, of which the description keeps its lines. */
  Map<String, String> fields() throws IOException, InterruptedException {
    Map<String, String> fields = new LinkedHashMap<>();
    String last = "";
    for (String line : said("dpkg-deb", "--field", file.toString()).split("\n")) {
      if (line.startsWith(" ")) {
        fields.merge(last, "\n" + line, String::concat);
      } else {
        String[] field = line.split(": ", 2);
        last = field[0];
        fields.put(last, field[1]);
      }
    }
    return fields;
  }

  /** Everything it installs. */
  List<Member> members() throws IOException, InterruptedException {
    List<Member> members = new ArrayList<>();
    for (String line : said("dpkg-deb", "--contents", file.toString()).split("\n")) {
      String[] word = line.split("\\s+", 6);
      String path = word[5].split(" -> ", 2)[0].substring(1);
      members.add(new Member(word[0], word[1], word[3] + " " + word[4], path));
    }
    return members;
  }

  /** Unpacks what it installs. */
  Path extract(Path to) throws IOException, InterruptedException {
    said("dpkg-deb", "--extract", file.toString(), to.toString());
    return to;
  }

  /** Unpacks its control files. */
  Path control(Path to) throws IOException, InterruptedException {
    said("dpkg-deb", "--control", file.toString(), to.toString());
    return to;
  }

  /** The same package as another release of itself. */
  DebianPackage version(String version, Path folder) throws IOException, InterruptedException {
    Path tree = folder.resolve("tree-" + version);
    said("dpkg-deb", "--raw-extract", file.toString(), tree.toString());
    Path control = tree.resolve("DEBIAN/control");
    Files.writeString(
        control, Files.readString(control).replaceFirst("Version: .*", "Version: " + version));
    Path to = folder.resolve(version + ".deb");
    said("dpkg-deb", "--build", "-Znone", tree.toString(), to.toString());
    return new DebianPackage(to);
  }

  /** Runs a command to its end, and gives what it said; fails when the command does. */
  static String said(String... command) throws IOException, InterruptedException {
    Outcome outcome = run(command);
    assertThat(outcome.status()).as("%s says: %s", List.of(command), outcome.said()).isZero();
    return outcome.said();
  }

  /** Exit status and words of a command. */
  record Outcome(int status, String said) {}

  static Outcome run(String... command) throws IOException, InterruptedException {
    File said = File.createTempFile("packages", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(said.toPath(), StandardCharsets.UTF_8);
    Files.delete(said.toPath());
    assertThat(ended).as("%s ends; so far it says: %s", List.of(command), text).isTrue();
    return new Outcome(process.exitValue(), text);
  }
}

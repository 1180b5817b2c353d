package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the appliance's {@code r1} as a user does. */
final class CommandLine {

  private static final int PATIENCE_SECONDS = 240;

  private final Map<String, String> environment = new HashMap<>();
  private final Path folder;
  private final Path program;
  private int runs;

  /** What a command said. */
  record Result(int status, String out, String err) {

    /** Every failure is a sentence and a next step. */
    Result requireNoStackTrace() {
      assertThat(out + err).doesNotContain("\tat ", "Exception");
      return this;
    }

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  CommandLine(Path folder, Path program) {
    this.folder = folder;
    this.program = program;
    with("R1_DEVNET", folder.resolve("devnet").toString());
    with("R1_NPM_PACKAGES", TestAppliance.NPM_PACKAGES.toString());
  }

  CommandLine with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs a command and waits for its end. */
  Result run(String... arguments) throws IOException, InterruptedException {
    Running running = start(arguments);
    if (!running.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      running.process().destroyForcibly();
      throw new AssertionError(
          List.of(arguments) + " does not end: " + Files.readString(running.out()));
    }
    return running.result();
  }

  /** A command that goes on. */
  record Running(Process process, Path out, Path err) {

    String output() throws IOException {
      return Files.readString(out);
    }

    Result result() throws IOException {
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  Running start(String... arguments) throws IOException {
    runs++;
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    Path out = folder.resolve(runs + ".out");
    Path err = folder.resolve(runs + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }
}

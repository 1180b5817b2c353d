package ai.ratio1.devnet;

import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The child processes of a devnet, so that they can be ended when the devnet itself was killed. A
 * process is recognised by its number and the moment it started: numbers are used again.
 */
final class OrphanRecord {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path file;

  private OrphanRecord(Path file) {
    this.file = file;
  }

  static OrphanRecord of(DevnetFolder folder) {
    return new OrphanRecord(folder.pids());
  }

  synchronized void add(ProcessHandle process) throws IOException {
    List<String> lines = lines();
    lines.add(identity(process));
    write(lines);
  }

  /** Forgets everything: all of it has ended. */
  synchronized void clear() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Ends what still runs; returns whether anything did. */
  synchronized boolean endAll() throws IOException {
    boolean any = false;
    for (String line : lines()) {
      Optional<ProcessHandle> process =
          ProcessHandle.of(Long.parseLong(line.split(" ", 2)[0]))
              .filter(p -> identity(p).equals(line));
      if (process.isPresent()) {
        end(process.get());
        any = true;
      }
    }
    Files.deleteIfExists(file);
    return any;
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    process.onExit().completeOnTimeout(process, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    // One that was stopped or hangs; dead ones take no harm.
    process.destroyForcibly();
    process.onExit().join();
  }

  private List<String> lines() throws IOException {
    return Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)) : new ArrayList<>();
  }

  private void write(List<String> lines) throws IOException {
    DurableFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static String identity(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().map(Object::toString).orElse("");
  }
}

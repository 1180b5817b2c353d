package ai.ratio1.itests.packages;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.itests.packages.DebianPackage.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A Debian that runs: systemd is its first process, and its network has no way out. Nothing of it
 * survives this JVM. Needs root.
 */
final class DebianMachine implements AutoCloseable {

  private static final String SCRIPT =
      Path.of("src/test/resources/machine.sh").toAbsolutePath().toString();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String name = "r1-debian-" + ProcessHandle.current().pid();
  private final Path console;
  private final Process process;
  private final Thread killer;

  private DebianMachine(DebianRoot root, Path console) throws IOException {
    this.console = console;
    this.process =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--pid",
                "--mount-proc",
                "--fork",
                "--kill-child",
                SCRIPT,
                "boot",
                root.folder().toString(),
                name)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(console.toFile())
            .start();
    this.killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /**
   * Boots a root; returns when everything it starts by itself has been started.
   *
   * @param console is written what the machine says there
   */
  static DebianMachine boot(DebianRoot root, Path console) throws Exception {
    DebianMachine machine = new DebianMachine(root, console);
    try {
      machine.await("the machine to be up", machine::isUp);
      return machine;
    } catch (Exception | Error e) {
      machine.close();
      throw e;
    }
  }

  /** Waits for something in the machine. */
  void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(process.isAlive() && System.nanoTime() < end)
          .as("waited for %s; the console says: %s", what, Files.readString(console))
          .isTrue();
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  /** Runs a command as root. */
  Outcome run(String... command) throws IOException, InterruptedException {
    return DebianPackage.run(inside(first().orElseThrow(), command));
  }

  /** Runs a command that must do what it is for, as root. */
  String does(String... command) throws IOException, InterruptedException {
    return DebianPackage.said(inside(first().orElseThrow(), command));
  }

  /** Shuts down in order. */
  @Override
  public void close() throws IOException, InterruptedException {
    try {
      if (first().isPresent()) {
        // It hangs up on who tells it.
        run("systemctl", "poweroff");
      }
      process.waitFor(1, TimeUnit.MINUTES);
    } finally {
      process.destroyForcibly().waitFor();
      Runtime.getRuntime().removeShutdownHook(killer);
      DebianPackage.said("unshare", "--mount", SCRIPT, "forget", name);
    }
  }

  private boolean isUp() throws IOException, InterruptedException {
    Optional<ProcessHandle> first = first();
    return first.isPresent()
        && DebianPackage.run(inside(first.get(), "systemctl", "is-system-running"))
            .said()
            .matches("(running|degraded)\n");
  }

  /** The machine's first process: the child of the program that keeps it. */
  private Optional<ProcessHandle> first() {
    return process.children().flatMap(ProcessHandle::children).findFirst();
  }

  private static String[] inside(ProcessHandle first, String... command) {
    List<String> whole =
        new ArrayList<>(List.of("nsenter", "--target=" + first.pid(), "--all", "--"));
    whole.addAll(DebianRoot.ENVIRONMENT);
    whole.addAll(List.of(command));
    return whole.toArray(String[]::new);
  }
}

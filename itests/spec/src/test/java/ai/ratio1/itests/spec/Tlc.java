package ai.ratio1.itests.spec;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The model checker, in a JVM of its own for each check: it keeps its state in static fields and
 * leaves by System.exit.
 *
 * @param work where logs and what TLC keeps on disk go
 * @param options for its JVM
 * @param limit how long one check may take
 */
record Tlc(Path work, List<String> options, Duration limit) {

  /** Runs a check to its verdict. */
  Verdict run(Check check) throws IOException, InterruptedException {
    Path own = Files.createDirectories(work.resolve(check.name()));
    Path log = work.resolve(check.name() + ".log");
    Process process =
        new ProcessBuilder(command(check, own))
            .directory(check.file().toAbsolutePath().getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Thread stop = new Thread(process::destroyForcibly, "stop-tlc");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(check.name() + " took more than " + limit + ": " + log);
      }
    } finally {
      process.destroyForcibly().waitFor();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
    return new TlcLog(Files.readString(log)).verdict(check.properties());
  }

  private List<String> command(Check check, Path own) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:+UseSerialGC"));
    command.addAll(options);
    // TLC unpacks its standard modules there.
    command.add("-Djava.io.tmpdir=" + own);
    command.addAll(List.of("-cp", jar().toString(), "tlc2.TLC", "-tool", "-checkpoint", "0"));
    // One worker, one polynomial, no temporal check before the end: the same trace each time.
    command.addAll(List.of("-workers", "1", "-fp", "0", "-lncheck", "final"));
    command.addAll(List.of("-metadir", own.resolve("states").toString()));
    command.addAll(List.of("-config", check.file().getFileName().toString(), check.module()));
    return command;
  }

  private static File jar() {
    try {
      return new File(tlc2.TLC.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

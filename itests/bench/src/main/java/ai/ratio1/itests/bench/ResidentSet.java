package ai.ratio1.itests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory a process holds, as Linux counts it. */
final class ResidentSet {

  private ResidentSet() {}

  static double megabytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("process " + pid + " has no resident set");
  }
}

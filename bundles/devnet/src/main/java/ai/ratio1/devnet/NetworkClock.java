package ai.ratio1.devnet;

import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time of a devnet. It stands still while the devnet is down, so that a network continues where
 * it was: no epoch passes that nobody could have seen.
 */
final class NetworkClock {

  private final Path file;
  private final Clock wall;
  private final Duration offset;

  private NetworkClock(Path file, Clock wall, Duration offset) {
    this.file = file;
    this.wall = wall;
    this.offset = offset;
  }

  /** Continues from the time last kept in the file, or starts at wall time. */
  static NetworkClock resume(Path file, Clock wall) throws IOException {
    Duration offset = Duration.ZERO;
    if (Files.exists(file)) {
      Instant kept = Instant.parse(Files.readString(file).strip());
      offset = Duration.between(wall.instant(), kept);
      // Time never runs ahead of the wall, also when the wall clock was set back meanwhile.
      offset = offset.isNegative() ? wholeSeconds(offset) : Duration.ZERO;
    }
    return new NetworkClock(file, wall, offset);
  }

  /** Never earlier; the development chain knows whole seconds only. */
  private static Duration wholeSeconds(Duration offset) {
    return Duration.ofSeconds(offset.plusNanos(999_999_999).toSeconds());
  }

  /** What the wall clock must be moved by, zero or negative. */
  Duration offset() {
    return offset;
  }

  Clock clock() {
    return Clock.offset(wall, offset);
  }

  /** Remembers the time now; called every second and at the end. */
  void keep() throws IOException {
    DurableFile.write(file, clock().instant().toString().getBytes(StandardCharsets.US_ASCII));
  }
}

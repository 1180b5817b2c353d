package ai.ratio1.hardware.internal.core;

import java.util.List;
import java.util.Optional;

/** The files of a machine below some root. Paths are relative, as in {@code proc/cpuinfo}. */
public interface Tree {

  /** What came of reading a file. */
  sealed interface Reading {
    /** Its whole content. */
    record Content(byte[] bytes) implements Reading {}

    /** There is no such file. */
    record Absent() implements Reading {}

    /** It is there, and why it was not read. */
    record Refused(String why) implements Reading {}
  }

  /**
   * Reads a regular file.
   *
   * @param limit most bytes; a longer file is refused
   */
  Reading read(String path, int limit);

  /** Sorted names in a folder; none when it cannot be listed or has more than 4096. */
  List<String> names(String folder);

  /** Whether there is anything of that name, a device or socket included. */
  boolean exists(String path);

  /** The last name of what a symbolic link says, without following it. */
  Optional<String> linkName(String path);
}

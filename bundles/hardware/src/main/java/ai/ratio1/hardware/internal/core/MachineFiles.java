package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.internal.core.Tree.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads values out of files that may hold anything. A missing file is simply unknown; one that is
 * there and cannot be believed is unknown and noted as a doubt.
 */
public final class MachineFiles {

  /** Of a value; kernels write pages of 4 KiB at most. */
  private static final int VALUE = 4096;

  /** Of a table such as /proc/cpuinfo: 2,000 processors have some 3 MB. */
  private static final int TABLE = 4 * 1024 * 1024;

  private static final int LONGEST_TEXT = 256;
  private static final int MOST_DEVICES = 64;

  private final Tree tree;
  private final Doubts doubts;

  public MachineFiles(Tree tree, Doubts doubts) {
    this.tree = tree;
    this.doubts = doubts;
  }

  Doubts doubts() {
    return doubts;
  }

  boolean exists(String path) {
    return tree.exists(path);
  }

  Optional<String> linkName(String path) {
    return tree.linkName(path);
  }

  /** Names in a folder that fit a pattern, at most 64 of them. */
  List<String> devices(String folder, String pattern) {
    List<String> fitting =
        tree.names(folder).stream().filter(name -> name.matches(pattern)).toList();
    if (fitting.size() > MOST_DEVICES) {
      doubts.add(folder, fitting.size() + " entries; the first " + MOST_DEVICES + " are read");
      return fitting.subList(0, MOST_DEVICES);
    }
    return fitting;
  }

  /** One line of printable ASCII, without the blanks around it; empty counts as missing. */
  Optional<String> text(String path) {
    return content(path, VALUE).flatMap(text -> line(path, text));
  }

  /** Texts that end with NUL each, as a device tree has them. */
  List<String> texts(String path) {
    return content(path, VALUE).stream()
        .flatMap(text -> List.of(text.split("\0", -1)).stream())
        .flatMap(text -> line(path, text).stream())
        .toList();
  }

  /** A whole number of up to 18 digits, decimal. */
  OptionalLong number(String path) {
    Optional<String> text = text(path);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong number = Numbers.decimal(text.get());
    if (number.isEmpty()) {
      doubts.add(path, "not a number");
    }
    return number;
  }

  /** A flag written as 0 or 1. */
  Optional<Boolean> flag(String path) {
    OptionalLong number = number(path);
    if (number.isPresent() && number.getAsLong() > 1) {
      doubts.add(path, "neither 0 nor 1");
      return Optional.empty();
    }
    return number.isPresent() ? Optional.of(number.getAsLong() == 1) : Optional.empty();
  }

  /** Lines of a table; one with a NUL in it is not believed. */
  List<String> lines(String path) {
    return content(path, TABLE)
        .filter(text -> isClean(path, text))
        .map(text -> List.of(text.split("\n", -1)))
        .orElse(List.of());
  }

  private boolean isClean(String path, String text) {
    boolean clean = text.indexOf('\0') < 0;
    if (!clean) {
      doubts.add(path, "holds NUL bytes");
    }
    return clean;
  }

  private Optional<String> content(String path, int limit) {
    Reading reading = tree.read(path, limit);
    if (reading instanceof Reading.Refused refused) {
      doubts.add(path, refused.why());
    }
    return reading instanceof Reading.Content content
        ? Optional.of(new String(content.bytes(), StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }

  private Optional<String> line(String path, String text) {
    String line = text.strip();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    if (line.length() > LONGEST_TEXT || !line.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      doubts.add(path, "not a short line of printable ASCII");
      return Optional.empty();
    }
    return Optional.of(line);
  }
}

package ai.ratio1.itests.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The repository that this build was made of. */
final class Sources {

  /** Its folder; Maven runs tests in the folder of their module. */
  static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent().getParent();

  private Sources() {}

  /** The text of every class of the bundles, without their tests. */
  static List<String> ofBundles() throws IOException {
    List<Path> modules;
    try (Stream<Path> folders = Files.list(ROOT.resolve("bundles"))) {
      modules = folders.map(folder -> folder.resolve("src/main/java")).toList();
    }
    List<String> texts = new ArrayList<>();
    for (Path module : modules) {
      for (Path file : files(module, ".java")) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }

  /** Files below a folder by the end of their name; none when the folder is missing. */
  static List<Path> files(Path folder, String end) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }
}

package ai.ratio1.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Lays out the appliance: completed features, the bundles they name, and the jars of the plain
 * programs with their class path. A jar of this project that neither a feature nor a program needs
 * is an error; other jars come with a library that contains them already.
 */
public final class ApplianceAssembly {

  private static final String OWN_GROUP = "ai.ratio1:";

  private final Map<String, ResolvedArtifact> resolved;
  private final Map<String, ResolvedArtifact> programs;
  private final Path jars;
  private final Path appliance;

  private ApplianceAssembly(Path resolved, String program, Path programs, Path jars, Path appliance)
      throws IOException {
    this.resolved = ResolvedArtifact.readList(resolved);
    this.programs = ResolvedArtifact.readList(programs);
    this.programs.put(program, artifact(program));
    this.jars = jars;
    this.appliance = appliance;
  }

  /**
   * Assembles.
   *
   * @param arguments folder of feature lists; {@code dependency:list} of everything; {@code
   *     group:artifact} of the program; {@code dependency:list} of the program; folder of all jars;
   *     folder of the appliance; folder of scripts and other files that are part of it; project
   *     version
   */
  public static void main(String[] arguments) throws IOException {
    ApplianceAssembly assembly =
        new ApplianceAssembly(
            Path.of(arguments[1]),
            arguments[2],
            Path.of(arguments[3]),
            Path.of(arguments[4]),
            Path.of(arguments[5]));
    assembly.copyTree(Path.of(arguments[6]));
    assembly.assemble(Path.of(arguments[0]), arguments[7]);
  }

  private void assemble(Path lists, String version) throws IOException {
    FeatureCompletion completion = new FeatureCompletion(resolved, jars, version);
    Path features = emptied("features");
    for (Path list : filesOf(lists, ".json")) {
      Files.write(features.resolve(name(list)), completion.complete(list));
    }
    place(completion.listed(), emptied("bundles"));
    Set<String> plain = new TreeSet<>(programs.keySet());
    plain.removeAll(completion.listed());
    Path lib = emptied("lib");
    place(plain, lib);
    Files.write(lib.resolve("classpath"), classPath(completion.listed()));
    Set<String> unused = new TreeSet<>(resolved.keySet());
    unused.removeAll(completion.listed());
    unused.removeAll(programs.keySet());
    unused.removeIf(key -> !key.startsWith(OWN_GROUP));
    if (!unused.isEmpty()) {
      throw new IllegalStateException("needed by no feature and no program: " + unused);
    }
  }

  private void copyTree(Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path target = appliance.resolve(from.relativize(file));
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(
            file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private List<String> classPath(Set<String> bundles) {
    List<String> entries = new ArrayList<>();
    programs.forEach(
        (key, a) -> entries.add((bundles.contains(key) ? "bundles/" : "lib/") + a.fileName()));
    entries.sort(null);
    return entries;
  }

  private void place(Set<String> keys, Path folder) throws IOException {
    for (String key : keys) {
      String file = artifact(key).fileName();
      Files.copy(jars.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private ResolvedArtifact artifact(String key) {
    ResolvedArtifact artifact = resolved.get(key);
    if (artifact == null) {
      throw new IllegalStateException(key + " is no dependency of this module");
    }
    return artifact;
  }

  private Path emptied(String name) throws IOException {
    Path folder = Files.createDirectories(appliance.resolve(name));
    for (Path file : filesOf(folder, "")) {
      Files.delete(file);
    }
    return folder;
  }

  private static List<Path> filesOf(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> Files.isRegularFile(f) && name(f).endsWith(suffix))
          .sorted()
          .toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}

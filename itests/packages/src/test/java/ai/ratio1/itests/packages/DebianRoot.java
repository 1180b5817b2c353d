package ai.ratio1.itests.packages;

import static ai.ratio1.itests.packages.DebianPackage.said;

import ai.ratio1.itests.packages.DebianPackage.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Debian as a folder, with a package tool and Java; programs run in it as in a machine without
 * systemd, or it is booted. Made once, some 400 MB; every test has a copy.
 *
 * @param folder where it is
 */
record DebianRoot(Path folder) {

  static final String STATE = "/var/lib/ratio1";
  static final String KEY = STATE + "/data/identity/e2.pem";

  /** What a program in it finds around itself. */
  static final List<String> ENVIRONMENT =
      List.of(
          "env",
          "-i",
          "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
          "LC_ALL=C.UTF-8",
          "DEBIAN_FRONTEND=noninteractive");

  /** Java finds its libraries by way of {@code /proc}; the mount goes with the command. */
  private static final String MOUNTED = "mount --bind /proc \"$0/proc\" && exec chroot \"$@\"";

  static DebianRoot made(Path folder, String release, List<String> packages)
      throws IOException, InterruptedException {
    Path done = folder.resolveSibling(folder.getFileName() + ".made");
    if (!Files.exists(done)) {
      said("rm", "-rf", folder.toString());
      said(
          "mmdebstrap",
          "--variant=minbase",
          "--include=" + String.join(",", packages),
          release,
          folder.toString());
      Files.createFile(done);
    }
    return new DebianRoot(folder);
  }

  /** A copy of it. */
  DebianRoot copy(Path to) throws IOException, InterruptedException {
    said("cp", "-a", "--reflink=auto", folder.toString(), to.toString());
    return new DebianRoot(to);
  }

  Path at(String path) {
    return folder.resolve(path.substring(1));
  }

  /** Runs a command in it as root. */
  Outcome run(String... command) throws IOException, InterruptedException {
    return DebianPackage.run(inside(List.of(), command).toArray(String[]::new));
  }

  /** Runs a command in it that must do what it is for. */
  String does(String... command) throws IOException, InterruptedException {
    return said(inside(List.of(), command).toArray(String[]::new));
  }

  /** Starts a program in it as a user that it has. */
  Process start(String user, Path log, String... command) throws IOException {
    return new ProcessBuilder(inside(List.of("--userspec=" + user + ":" + user), command))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Copies a package in and gives its place there. */
  String put(DebianPackage made) throws IOException {
    Files.copy(made.file(), at("/root").resolve(made.file().getFileName()));
    return "/root/" + made.file().getFileName();
  }

  /** Owner, group and mode of a file, as {@code stat} writes them. */
  String stat(String path) throws IOException, InterruptedException {
    return does("stat", "--format=%U:%G %a", path).strip();
  }

  private List<String> inside(List<String> options, String... command) {
    List<String> whole = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", MOUNTED));
    whole.add(folder.toString());
    whole.addAll(options);
    whole.add(folder.toString());
    whole.addAll(ENVIRONMENT);
    whole.addAll(Arrays.asList(command));
    return whole;
  }
}

package ai.ratio1.itests.packages;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.itests.packages.DebianPackage.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in the packages: owners, modes, scripts, and what Debian's policy asks of them. */
class DebianPackageIT {

  private static final long BASE_PACKAGE_BYTES = 40L << 20;

  @TempDir Path folder;

  static List<DebianPackage> packages() throws IOException {
    return List.of(DebianPackage.felix(), DebianPackage.kura());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void saysWhatItIs(DebianPackage made) throws Exception {
    assertThat(made.fields())
        .containsKeys("Package", "Version", "Architecture", "Maintainer", "Depends", "Description")
        .containsEntry("Architecture", "all");
    assertThat(made.fields().get("Version")).matches("[0-9][0-9.]*(~SNAPSHOT)?");
    assertThat(Integer.parseInt(made.fields().get("Installed-Size"))).isGreaterThan(1000);
    assertThat(made.fields().get("Description").lines()).hasSizeGreaterThan(3);
    assertThat(made.file().getFileName().toString())
        .isEqualTo(made.fields().get("Package") + "_" + made.fields().get("Version") + "_all.deb");
    assertThat(Files.size(made.file())).isLessThanOrEqualTo(BASE_PACKAGE_BYTES);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void belongsToRootAndIsWrittenByNobodyElse(DebianPackage made) throws Exception {
    assertThat(made.members())
        .isNotEmpty()
        .allSatisfy(
            member -> {
              assertThat(member.owner()).as(member.path()).isEqualTo("root/root");
              assertThat(member.mode())
                  .as(member.path())
                  .matches("drwxr-xr-x|-rw-r--r--|-rw-r-----|-rw-------|-rwxr-xr-x|l.........");
              assertThat(member.path()).doesNotStartWith("/usr/local").doesNotStartWith("/var");
            });
  }

  @ParameterizedTest
  @MethodSource("packages")
  void carriesOneTime(DebianPackage made) throws Exception {
    assertThat(made.members().stream().map(Member::time).collect(Collectors.toSet())).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void hasASumForEveryFileAndAConffileForEverySetting(DebianPackage made) throws Exception {
    Path control = made.control(folder.resolve("control"));
    Set<String> files = new TreeSet<>();
    made.members().stream().filter(Member::isFile).forEach(m -> files.add(m.path()));
    Set<String> summed = new TreeSet<>();
    for (String line : Files.readAllLines(control.resolve("md5sums"))) {
      summed.add("/" + line.split("\\s+", 2)[1].replaceFirst("^\\./", ""));
    }
    assertThat(summed).isEqualTo(files);
    Set<String> settings = new TreeSet<>(files);
    settings.removeIf(path -> !path.startsWith("/etc/"));
    Path conffiles = control.resolve("conffiles");
    assertThat(Files.exists(conffiles) ? new TreeSet<>(Files.readAllLines(conffiles)) : Set.of())
        .isEqualTo(settings);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void saysWhatChangedAndWhoAnswersForIt(DebianPackage made) throws Exception {
    String name = made.fields().get("Package");
    Path file =
        made.extract(folder.resolve("root")).resolve("usr/share/doc/" + name + "/changelog.gz");
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith(name + " (" + made.fields().get("Version") + ") unstable; ")
          .contains("\n  * ")
          .containsPattern("\n -- \\Q" + made.fields().get("Maintainer") + "\\E  \\w{3}, ");
    }
  }

  @ParameterizedTest
  @MethodSource("packages")
  void hasScriptsThatStopAtTheFirstFailure(DebianPackage made) throws Exception {
    Path control = made.control(folder.resolve("control"));
    int scripts = 0;
    for (String name : List.of("preinst", "postinst", "prerm", "postrm")) {
      Path script = control.resolve(name);
      if (Files.exists(script)) {
        scripts++;
        assertThat(Files.readString(script)).startsWith("#!/bin/sh\nset -e\n");
        assertThat(Files.isExecutable(script)).as(name).isTrue();
        DebianPackage.said("sh", "-n", script.toString());
      }
    }
    assertThat(scripts).isGreaterThanOrEqualTo(2);
  }

  @Test
  void onlyOneNodeLivesOnAMachine() throws Exception {
    for (DebianPackage made : packages()) {
      for (DebianPackage other : packages()) {
        if (!made.equals(other)) {
          assertThat(made.fields()).containsEntry("Conflicts", other.fields().get("Package"));
        }
      }
    }
  }

  @Test
  void theServiceRunsWhatIsInThePackage() throws Exception {
    Path root = DebianPackage.felix().extract(folder.resolve("root"));
    String unit = Files.readString(root.resolve("usr/lib/systemd/system/ratio1-node.service"));
    assertThat(unit).contains("ExecStart=/opt/ratio1/bin/ratio1-node\n", "User=ratio1\n");
    for (String program : List.of("ratio1-node", "ratio1-check", "r1")) {
      assertThat(root.resolve("opt/ratio1/bin").resolve(program)).isExecutable();
    }
    for (String command : List.of("ratio1-check", "r1")) {
      assertThat(Files.readSymbolicLink(root.resolve("usr/bin").resolve(command)))
          .hasToString("/opt/ratio1/bin/" + command);
    }
  }

  @Test
  void kuraFindsEveryBundleAtALevelItReaches() throws Exception {
    Path root = DebianPackage.kura().extract(folder.resolve("root"));
    Path plugins = root.resolve("opt/eclipse/kura/plugins");
    Set<String> first = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(plugins)) {
      for (Path jar : files.filter(Files::isRegularFile).toList()) {
        String name = jar.getFileName().toString();
        assertThat(name).matches("[A-Za-z0-9._-]+_[0-9][0-9A-Za-z.]*\\.jar");
        String bundle = name.substring(0, name.lastIndexOf('_'));
        assertThat(names.add(bundle)).as("%s comes once", name).isTrue();
        String level = plugins.relativize(jar).getName(0).toString();
        assertThat(level).isIn("5s", "6s");
        if (level.equals("5s")) {
          first.add(bundle);
        }
      }
    }
    // What reads a property that the bridge gives starts after it.
    assertThat(first).contains("ai.ratio1.kura").doesNotContain("ai.ratio1.identity");
    assertThat(names)
        .contains("ai.ratio1.identity", "ai.ratio1.kura-whiteboard")
        .contains("ai.ratio1.kura-cloud", "ai.ratio1.kura-web-whiteboard")
        .doesNotContain("ai.ratio1.kura-compat", "ai.ratio1.http")
        .doesNotContain("ai.ratio1.kura-http", "ai.ratio1.kura-web");
  }
}

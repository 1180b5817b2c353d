package ai.ratio1.kura.compat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.kura.compat.internal.core.StoredConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFolderTest {

  @TempDir Path data;

  private NodeCrypto crypto;
  private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    crypto = new NodeCrypto(data);
    folder = data.resolve("snapshots");
  }

  @Test
  void aSnapshotComesBackWithItsTypesAndShowsNothing() throws Exception {
    StoredConfiguration all =
        new StoredConfiguration(
            "a.b",
            "factory",
            Map.of(
                "text",
                "hunter2 ü\n",
                "int",
                7,
                "long",
                Long.MIN_VALUE,
                "list",
                new String[] {"a", ""},
                "none",
                new Integer[0],
                "primitive",
                new int[] {1, 2},
                "char",
                'x',
                "flag",
                true));
    long id = folder(Disk.REAL).keep(1000, List.of(all, simple(1)));
    List<StoredConfiguration> read = folder(Disk.REAL).read(id);
    assertThat(read).hasSize(2);
    assertThat(read.get(0).factoryPid()).isEqualTo("factory");
    assertThat(read.get(0).values().get("list")).isEqualTo(new String[] {"a", ""});
    assertThat(read.get(0).values().get("none")).isEqualTo(new Integer[0]);
    assertThat(read.get(0).values().get("primitive")).isEqualTo(new Integer[] {1, 2});
    assertThat(read.get(0).values()).containsEntry("text", "hunter2 ü\n").containsEntry("int", 7);
    assertThat(read.get(0).values()).containsEntry("char", 'x').containsEntry("flag", true);
    assertThat(Files.readString(file(id))).doesNotContain("hunter2").doesNotContain("a.b");
  }

  @Test
  void tenAreKeptAndTheirNumbersNeverGoBack() throws Exception {
    SnapshotFolder snapshots = folder(Disk.REAL);
    for (int i = 0; i < 15; i++) {
      snapshots.keep(1000 - i, List.of(simple(i)));
    }
    assertThat(snapshots.ids()).hasSize(SnapshotFolder.MOST).first().isEqualTo(1005L);
    assertThat(snapshots.newest().orElseThrow()).containsExactly(simple(14));
  }

  @Test
  void aBrokenSnapshotIsPassedOverForTheOneBefore() throws Exception {
    SnapshotFolder snapshots = folder(Disk.REAL);
    long older = snapshots.keep(1, List.of(simple(1)));
    long newer = snapshots.keep(2, List.of(simple(2), simple(3)));
    List<String> lines = Files.readAllLines(file(newer));
    for (String broken :
        List.of(
            "",
            "no snapshot",
            String.join("\n", lines.subList(0, 3)),
            String.join("\n", List.of(lines.get(0), lines.get(2), lines.get(1), lines.get(3))),
            String.join("\n", List.of(lines.get(0), lines.get(1), lines.get(3))),
            String.join("\n", lines) + "\n",
            String.join("\n", lines).replace('A', 'B'),
            Files.readString(file(older)))) {
      Files.writeString(file(newer), broken);
      assertThatExceptionOfType(KuraException.class)
          .isThrownBy(() -> snapshots.read(newer))
          .withMessageContaining("R1-COMPAT-001");
      assertThat(folder(Disk.REAL).newest().orElseThrow()).containsExactly(simple(1));
      assertThat(Files.exists(file(newer))).isTrue();
    }
    Files.writeString(file(older), "broken too");
    assertThat(folder(Disk.REAL).newest()).isEmpty();
  }

  @Test
  void aSnapshotOfAnotherNodeIsRefused() throws Exception {
    long id = folder(Disk.REAL).keep(1, List.of(simple(1)));
    Files.delete(data.resolve("kura-compat/key"));
    assertThatThrownBy(() -> new SnapshotFolder(folder, new NodeCrypto(data), Disk.REAL).read(id))
        .isInstanceOf(KuraException.class);
  }

  /** Whatever step the power fails at, in the middle of a file too: the old one, or the new one. */
  @Test
  void aCrashAtAnyStepLeavesTheOldOrTheNewSnapshot() throws Exception {
    SnapshotFolder before = folder(Disk.REAL);
    for (int i = 0; i < SnapshotFolder.MOST; i++) {
      before.keep(i, List.of(simple(i)));
    }
    int step = 0;
    int newOnes = 0;
    StoredConfiguration old = simple(SnapshotFolder.MOST - 1);
    while (true) {
      Crash crash = new Crash(step);
      StoredConfiguration next = simple(100 + step);
      boolean crashed = false;
      try {
        folder(crash).keep(1000 + step, List.of(next));
      } catch (PowerFailure e) {
        crashed = true;
      }
      SnapshotFolder after = folder(Disk.REAL);
      List<StoredConfiguration> found = after.newest().orElseThrow();
      assertThat(found).as("after step %d", step).isIn(List.of(old), List.of(next));
      assertThat(after.ids()).hasSize(SnapshotFolder.MOST);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
      }
      newOnes += found.contains(next) ? 1 : 0;
      old = found.get(0);
      if (!crashed) {
        break;
      }
      step++;
    }
    assertThat(step).as("steps at which it crashed").isGreaterThanOrEqualTo(5);
    assertThat(newOnes).isBetween(2, step);
  }

  private SnapshotFolder folder(Disk disk) throws IOException {
    return new SnapshotFolder(folder, crypto, disk);
  }

  private Path file(long id) {
    return folder.resolve("snapshot_" + id);
  }

  private static StoredConfiguration simple(int number) {
    return new StoredConfiguration("pid", "", Map.of("number", number));
  }

  private static final class PowerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Fails at a step; a file is half written then. */
  private static final class Crash implements Disk {

    private int left;

    Crash(int steps) {
      left = steps;
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
      if (left == 0) {
        Files.write(
            file,
            new String(content, StandardCharsets.US_ASCII)
                .substring(9)
                .getBytes(StandardCharsets.US_ASCII));
      }
      step();
      REAL.create(file, content);
      step();
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      step();
      REAL.rename(from, to);
    }

    @Override
    public void sync(Path folder) throws IOException {
      step();
      REAL.sync(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
      step();
      REAL.delete(file);
    }

    private void step() {
      if (left-- == 0) {
        throw new PowerFailure();
      }
    }
  }
}

package ai.ratio1.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableStoreTest {

  @TempDir Path folder;

  @Test
  void keepsWhatWasCommittedAndForgetsTheRest() throws IOException {
    Path file = folder.resolve("a/votes.mv");
    Path crashed = folder.resolve("crashed.mv");
    try (DurableStore store = DurableStore.open(file, Duration.ZERO)) {
      store.<Long, byte[]>map("votes").put(1L, new byte[] {7});
      store.commit();
      store.<Long, byte[]>map("votes").put(2L, new byte[] {8});
      Files.copy(file, crashed, StandardCopyOption.REPLACE_EXISTING);
    }
    try (DurableStore store = DurableStore.open(crashed, Duration.ZERO)) {
      assertThat(store.<Long, byte[]>map("votes").keySet()).containsExactly(1L);
    }
    try (DurableStore store = DurableStore.open(file, Duration.ZERO)) {
      assertThat(store.<Long, byte[]>map("votes").keySet()).containsExactly(1L, 2L);
    }
  }

  @Test
  void refusesASecondHolderAfterItsPatienceEnds() {
    Path file = folder.resolve("votes.mv");
    try (DurableStore store = DurableStore.open(file, Duration.ZERO)) {
      store.commit();
      assertThatThrownBy(() -> DurableStore.open(file, Duration.ofMillis(30)))
          .isInstanceOfSatisfying(
              R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-STORE-001"));
    }
  }

  @Test
  void waitsForAPredecessorThatIsLeaving() throws InterruptedException {
    Path file = folder.resolve("votes.mv");
    DurableStore predecessor = DurableStore.open(file, Duration.ZERO);
    Thread leaving = new Thread(predecessor::close);
    leaving.start();
    DurableStore.open(file, Duration.ofSeconds(10)).close();
    leaving.join();
  }

  @Test
  void refusesADamagedFileAndLeavesIt() throws IOException {
    Path file = folder.resolve("votes.mv");
    Files.write(file, new byte[20_000]);
    assertThatThrownBy(() -> DurableStore.open(file, Duration.ZERO))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-STORE-002"));
    assertThat(Files.size(file)).isEqualTo(20_000);
  }

  @Test
  void writesFilesForTheOwnerAlone() throws IOException {
    Path file = folder.resolve("keys/e2.pem");
    DurableFile.write(file, new byte[] {1});
    DurableFile.write(file, new byte[] {2});
    assertThat(Files.readAllBytes(file)).containsExactly(2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }
}

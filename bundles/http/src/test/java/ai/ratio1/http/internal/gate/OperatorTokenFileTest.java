package ai.ratio1.http.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTokenFileTest {

  @TempDir Path folder;

  private byte[] load() {
    return OperatorTokenFile.load(file(), new SecureRandom()).secret();
  }

  private Path file() {
    return folder.resolve("http/operator.token");
  }

  @Test
  void survivesARestart() throws IOException {
    byte[] first = load();
    assertThat(first).hasSize(64).isEqualTo(Files.readAllBytes(file()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(load()).isEqualTo(first);
  }

  @Test
  void isReplacedWhenOthersCouldReadIt() throws IOException {
    byte[] first = load();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(load()).isNotEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void isReplacedWhenItIsDamagedOrALink() throws IOException {
    byte[] first = load();
    Files.writeString(file(), "short");
    byte[] second = load();
    assertThat(second).hasSize(64).isNotEqualTo(first);
    Path elsewhere = Files.write(folder.resolve("elsewhere"), second);
    Files.delete(file());
    Files.createSymbolicLink(file(), elsewhere);
    assertThat(load()).isNotEqualTo(second);
    assertThat(file()).isRegularFile();
    assertThat(Files.readAllBytes(elsewhere)).isEqualTo(second);
  }

  @Test
  void saysWhenItCannotBeWritten() throws IOException {
    Files.writeString(folder.resolve("http"), "a file where the folder belongs");
    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-HTTP-005"));
  }
}

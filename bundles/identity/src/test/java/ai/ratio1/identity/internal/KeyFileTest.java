package ai.ratio1.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.IdentityError;
import ai.ratio1.identity.internal.core.JavaCurve;
import ai.ratio1.identity.internal.core.NodeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

  private static final Curve CURVE = new JavaCurve();

  @TempDir Path data;
  private Path folder;
  private Path key;

  @BeforeEach
  void name() {
    folder = data.resolve("identity");
    key = folder.resolve("e2.pem");
  }

  @Test
  void makesAKeyOnceAndKeepsIt() throws IOException {
    KeyFile.Loaded first = load();
    KeyFile.Loaded second = load();
    assertThat(first.created()).isTrue();
    assertThat(second.created()).isFalse();
    assertThat(second.secret()).isEqualTo(first.secret());
    assertThat(mode(key)).isEqualTo("rw-------");
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(Files.readString(key)).startsWith("-----BEGIN PRIVATE KEY-----");
  }

  @Test
  void makesAKeyInAFolderThatIsThereAndEmpty() throws IOException {
    Files.createDirectories(folder);
    assertThat(load().created()).isTrue();
  }

  @Test
  void makesAKeyAfterACrashDuringTheFirstCreation() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(".e2.pem1234.part"), "half a key");
    assertThat(load().created()).isTrue();
  }

  @Test
  void makesNoKeyWhereAnotherHasBeen() throws IOException {
    KeyFile file = new KeyFile(folder);
    file.writeAddresses(new NodeKey(CURVE, load().secret()));
    Files.delete(key);
    assertRefused(IdentityError.KEY_MISSING, Optional.empty());
    assertThat(key).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx", "r--r--r--"})
  void refusesAKeyThatOthersMayUse(String permissions) throws IOException {
    load();
    String before = Files.readString(key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
    assertRefused(IdentityError.TOO_OPEN, Optional.empty());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(key)).isEqualTo(before);
  }

  @Test
  void refusesAGarbledKeyAndLeavesIt() throws IOException {
    load();
    for (String garbage : new String[] {"", "-----BEGIN PRIVATE KEY-----\n", "\0\0\0"}) {
      Files.writeString(key, garbage);
      assertRefused(IdentityError.KEY_UNREADABLE, Optional.empty());
      assertThat(Files.readString(key)).isEqualTo(garbage);
    }
    Files.write(key, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertRefused(IdentityError.KEY_UNREADABLE, Optional.empty());
    Files.write(key, new byte[100_000]);
    assertRefused(IdentityError.KEY_UNREADABLE, Optional.empty());
  }

  @Test
  void refusesAFolderOrADanglingLinkInPlaceOfTheKey() throws IOException {
    Files.createDirectories(key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rwx------"));
    assertRefused(IdentityError.KEY_UNREADABLE, Optional.empty());
    Files.delete(key);
    Files.createSymbolicLink(key, data.resolve("nowhere"));
    assertRefused(IdentityError.KEY_UNREADABLE, Optional.empty());
  }

  @Test
  void refusesAFolderItCannotWriteTo() throws IOException {
    Files.writeString(folder, "a file where the folder should be");
    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(IdentityError.FOLDER.code()));
  }

  @Test
  void makesAnEncryptedKeyWhenAPasswordIsConfigured() throws IOException {
    Optional<Path> password = Optional.of(password("correct horse\n"));
    KeyFile.Loaded made = load(password);
    assertThat(Files.readString(key)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    assertThat(load(password).secret()).isEqualTo(made.secret());
    // A line end is no part of a password.
    assertThat(load(Optional.of(password("correct horse"))).secret()).isEqualTo(made.secret());
    assertRefused(IdentityError.PASSWORD, Optional.of(password("wrong")));
    assertRefused(IdentityError.PASSWORD, Optional.empty());
  }

  @Test
  void refusesUnusablePasswordFiles() throws IOException {
    assertRefused(IdentityError.PASSWORD_FILE, Optional.of(data.resolve("missing")));
    assertRefused(IdentityError.PASSWORD_FILE, Optional.of(password("\n")));
    Path open = password("x");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(IdentityError.TOO_OPEN, Optional.of(open));
    assertThat(folder).doesNotExist();
  }

  @Test
  void refusesAClearKeyWhenAPasswordIsConfigured() throws IOException {
    load();
    assertRefused(IdentityError.NOT_ENCRYPTED, Optional.of(password("x")));
  }

  @Test
  void leavesTheAddressesBesideTheKey() throws IOException {
    NodeKey node = new NodeKey(CURVE, load().secret());
    KeyFile file = new KeyFile(folder);
    assertThat(file.writeAddresses(node)).isFalse();
    assertThat(file.writeAddresses(node)).isFalse();
    assertThat(Files.readAllLines(folder.resolve("address"))).startsWith(node.address().text());
    NodeKey other = new NodeKey(CURVE, NodeKey.generate(new SecureRandom()));
    assertThat(file.writeAddresses(other)).isTrue();
    assertThat(file.writeAddresses(other)).isFalse();
  }

  private KeyFile.Loaded load() {
    return load(Optional.empty());
  }

  private KeyFile.Loaded load(Optional<Path> password) {
    return new KeyFile(folder).load(password, CURVE, new SecureRandom());
  }

  private Path password(String text) throws IOException {
    Path file = Files.createTempFile(data, "password", "");
    return Files.writeString(file, text);
  }

  private void assertRefused(IdentityError error, Optional<Path> password) {
    assertThatThrownBy(() -> load(password))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(error.code()));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}

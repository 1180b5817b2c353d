package ai.ratio1.kura.compat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeCryptoTest {

  private static final char[] SECRET = "pässword".toCharArray();

  @TempDir Path folder;

  @Test
  void aSecretComesBackAfterARestart() throws Exception {
    char[] sealed = crypto().encryptAes(SECRET);
    assertThat(new String(sealed)).matches("[A-Za-z0-9+/=]+-[A-Za-z0-9+/=]+");
    assertThat(crypto().decryptAes(sealed)).isEqualTo(SECRET);
    assertThat(crypto().encryptAes(SECRET)).isNotEqualTo(sealed);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "AAAA", "AAAA-AAAA", "!-!", "AAAAAAAAAAAAAAAA-AAAAAAAAAAAAAAAAAAAAAA=="})
  void whatThisNodeDidNotEncryptIsRefused(String text) {
    assertThatExceptionOfType(KuraException.class)
        .isThrownBy(() -> crypto().decryptAes(text.toCharArray()))
        .satisfies(e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.DECODER_ERROR));
  }

  @Test
  void aDamagedKeyIsNeverReplaced() throws Exception {
    crypto();
    Files.write(key(), new byte[] {1, 2, 3});
    assertThatIOException().isThrownBy(this::crypto).withMessageContaining("is no key");
    assertThat(Files.size(key())).isEqualTo(3);
  }

  private NodeCrypto crypto() throws IOException {
    return new NodeCrypto(folder);
  }

  private Path key() {
    return folder.resolve("kura-compat/key");
  }
}

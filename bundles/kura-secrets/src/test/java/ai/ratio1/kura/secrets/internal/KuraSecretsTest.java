package ai.ratio1.kura.secrets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KuraSecretsTest {

  private final KuraSecrets secrets = new KuraSecrets(new Reversing());

  @Test
  void opensWhatWasEncrypted() {
    assertThat(secrets.open("drowssap")).contains("password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refused", "thrown"})
  void whateverTheServiceSaysIsNoSecret(String encrypted) {
    assertThat(secrets.open(encrypted)).isEmpty();
  }

  /** Some versions of Kura let what Base64 makes of a wrong text through. */
  private static final class Reversing implements CryptoService {

    @Override
    public char[] encryptAes(char[] value) {
      return new StringBuilder().append(value).reverse().toString().toCharArray();
    }

    @Override
    public char[] decryptAes(char[] encrypted) throws KuraException {
      String text = new String(encrypted);
      if (text.equals("refused")) {
        throw new KuraException(KuraErrorCode.DECODER_ERROR, text);
      }
      if (text.equals("thrown")) {
        throw new IllegalArgumentException(text);
      }
      return encryptAes(encrypted);
    }
  }
}

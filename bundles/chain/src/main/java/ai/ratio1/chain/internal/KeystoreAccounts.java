package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Accounts;
import ai.ratio1.chain.KeystoreStrength;
import ai.ratio1.storage.DurableFile;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.exception.CipherException;
import org.web3j.protocol.ObjectMapperFactory;
import org.web3j.utils.Numeric;

/** Keys in Web3 Secret Storage files, or with an external signer. */
final class KeystoreAccounts implements Accounts {

  private static final int MAX_FILE = 64 * 1024;

  /** 128 · n · r bytes are held while a password is tried. */
  private static final long MAX_MEMORY = 1L << 29;

  private static final int VERSION = 3;
  private static final String CIPHER = "aes-128-ctr";
  private static final String PRF = "hmac-sha256";

  /** Bytes that a derivation must give: half of them decrypt, half of them check. */
  private static final int KEY = 32;

  private static final int MAX_PARALLEL = 16;
  private static final int MAX_ITERATIONS = 10_000_000;

  private final ObjectMapper json = ObjectMapperFactory.getObjectMapper();
  private final RandomGenerator random;

  /**
   * Opens accounts.
   *
   * @param random must be fit for keys
   */
  KeystoreAccounts(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Account keystore(Path file, char[] password) {
    WalletFile wallet = read(file);
    try {
      // web3j takes a String, which nobody can wipe.
      KeyAccount account = new KeyAccount(Wallet.decrypt(String.valueOf(password), wallet));
      requireAddress(wallet, account.address());
      return account;
    } catch (CipherException failure) {
      if (failure.getCause() != null) { // It got as far as the cipher.
        throw unreadable(file, failure);
      }
      throw ChainFailure.WRONG_PASSWORD.because(
          "The password does not open " + file + ".", failure);
    } catch (RuntimeException malformed) {
      throw unreadable(file, malformed);
    }
  }

  @Override
  public Account createKeystore(Path file, char[] password) {
    return createKeystore(file, password, KeystoreStrength.STANDARD);
  }

  @Override
  public Account createKeystore(Path file, char[] password, KeystoreStrength strength) {
    if (Files.exists(file)) {
      throw ChainFailure.KEYSTORE_EXISTS.because(file + " is there already.");
    }
    ECKeyPair key = ECKeyPair.create(secret());
    String text = String.valueOf(password);
    try {
      WalletFile wallet =
          switch (strength) {
            case STANDARD -> Wallet.createStandard(text, key);
            case LIGHT -> Wallet.createLight(text, key);
            case NOMINAL -> Wallet.create(text, key, 2, 1);
          };
      DurableFile.write(file, json.writeValueAsBytes(wallet));
      return new KeyAccount(key);
    } catch (IOException | CipherException failure) {
      throw ChainFailure.NOT_STORED.because(
          file + " cannot be written: " + failure.getMessage() + ".", failure);
    }
  }

  @Override
  public Account external(URI signer, EvmAddress address) {
    return new ExternalAccount(ChainOptions.requireHttp(signer), address);
  }

  /** Uniform in [1, n − 1]. */
  private BigInteger secret() {
    while (true) {
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      BigInteger secret = new BigInteger(1, bytes);
      if (secret.signum() > 0 && secret.compareTo(Sign.CURVE_PARAMS.getN()) < 0) {
        return secret;
      }
    }
  }

  private WalletFile read(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      byte[] bytes = content.readNBytes(MAX_FILE + 1);
      if (bytes.length > MAX_FILE) {
        throw new IOException("longer than " + MAX_FILE + " bytes");
      }
      WalletFile wallet = json.readValue(bytes, WalletFile.class);
      requireKnown(wallet);
      requireBearable(wallet.getCrypto().getKdfparams());
      return wallet;
    } catch (IOException | RuntimeException malformed) {
      throw unreadable(file, malformed);
    }
  }

  /** A damaged initialisation vector gives another key, and nothing else would tell. */
  private static void requireAddress(WalletFile wallet, EvmAddress found) {
    String written = wallet.getAddress();
    boolean silent = written == null || written.isEmpty(); // It need not name its address.
    if (!silent && !EvmAddress.parse(Numeric.prependHexPrefix(written)).equals(found)) {
      throw new IllegalArgumentException("it holds the key of " + found + " under another address");
    }
  }

  /** web3j would take another version or cipher for a wrong password. */
  private static void requireKnown(WalletFile wallet) throws IOException {
    WalletFile.Crypto crypto = wallet.getCrypto();
    boolean known = wallet.getVersion() == VERSION && CIPHER.equals(crypto.getCipher());
    if (crypto.getKdfparams() instanceof WalletFile.Aes128CtrKdfParams pbkdf2) {
      known &= PRF.equals(pbkdf2.getPrf());
    }
    if (!known) {
      throw new IOException("it is of another version, cipher or key derivation");
    }
  }

  /** A file must not be able to exhaust the node. */
  private static void requireBearable(Object parameters) throws IOException {
    boolean bearable;
    if (parameters instanceof WalletFile.ScryptKdfParams scrypt) {
      bearable =
          scrypt.getN() > 0
              && scrypt.getR() > 0
              && 128L * scrypt.getN() <= MAX_MEMORY / scrypt.getR()
              && isWithin(scrypt.getP(), 1, MAX_PARALLEL)
              && isWithin(scrypt.getDklen(), KEY, 2 * KEY);
    } else {
      bearable =
          parameters instanceof WalletFile.Aes128CtrKdfParams pbkdf2
              && isWithin(pbkdf2.getC(), 1, MAX_ITERATIONS);
    }
    if (!bearable) {
      throw new IOException("its key derivation asks for too much, or for nothing");
    }
  }

  private static boolean isWithin(int value, int low, int high) {
    return low <= value && value <= high;
  }

  private static R1Exception unreadable(Path file, Exception cause) {
    return ChainFailure.KEYSTORE_UNREADABLE.because(
        file + " is no keystore that can be read: " + cause.getMessage() + ".", cause);
  }
}

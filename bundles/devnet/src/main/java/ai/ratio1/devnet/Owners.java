package ai.ratio1.devnet;

import ai.ratio1.chain.Account;
import ai.ratio1.chain.Accounts;
import ai.ratio1.chain.KeystoreStrength;
import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The people of a devnet: one encrypted keystore each, one password for all beside them. */
public final class Owners {

  private final Accounts accounts;
  private final DevnetFolder folder;

  /** Opens the keystores of a folder. */
  public Owners(Accounts accounts, DevnetFolder folder) {
    this.accounts = accounts;
    this.folder = folder;
  }

  /** Opens an owner's account; the caller closes it. */
  public Account open(String owner) {
    return accounts.keystore(folder.keystore(owner), password());
  }

  Account openOrCreate(String owner) throws IOException {
    if (!Files.exists(folder.keystorePassword())) {
      byte[] random = new byte[16];
      new SecureRandom().nextBytes(random);
      DurableFile.write(
          folder.keystorePassword(),
          HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
    }
    return Files.exists(folder.keystore(owner))
        ? open(owner)
        // The password lies beside them, so a key derivation that costs time would protect nothing.
        : accounts.createKeystore(folder.keystore(owner), password(), KeystoreStrength.NOMINAL);
  }

  private char[] password() {
    try {
      return Files.readString(folder.keystorePassword()).strip().toCharArray();
    } catch (IOException e) {
      throw DevnetError.folder(folder.root(), e);
    }
  }
}

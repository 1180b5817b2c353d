package ai.ratio1.identity.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.IdentityError;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.identity.internal.core.PrivateKeyPem;
import ai.ratio1.storage.DurableFile;
import ai.ratio1.wire.evm.Eip55;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code e2.pem} that makes a node the same node after every restart. A new key is made in
 * an empty folder alone: whatever else is wrong is an error, never a silent new identity.
 */
final class KeyFile {

  /**
   * The node's secret.
   *
   * @param secret 32 bytes
   * @param created whether it was made just now
   */
  record Loaded(byte[] secret, boolean created) {}

  private static final String NAME = "e2.pem";
  private static final String ADDRESS_NAME = "address";
  private static final int LONGEST = 64 * 1024;
  private static final Set<PosixFilePermission> OWNER =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path folder;
  private final Path file;

  KeyFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(NAME);
  }

  /**
   * Reads the key, or makes one in an empty folder.
   *
   * @param passwordFile where the password of the key is, if it has one
   * @throws R1Exception R1-IDENT-001 to -009
   */
  Loaded load(Optional<Path> passwordFile, Curve curve, RandomGenerator random) {
    char[] password = passwordFile.map(KeyFile::password).orElse(null);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      String text = secretText(file, IdentityError.KEY_UNREADABLE);
      return new Loaded(PrivateKeyPem.read(text, password, curve), false);
    }
    requireEmptyFolder();
    return new Loaded(create(password, curve, random), true);
  }

  /**
   * Leaves the node's addresses beside the key: for operators, and as the trace of a key, without
   * which the folder is then not empty.
   *
   * @return whether the folder belonged to another key before
   */
  boolean writeAddresses(NodeKey key) throws IOException {
    Path trace = folder.resolve(ADDRESS_NAME);
    String text = key.address() + "\n" + Eip55.format(key.evmAddress()) + "\n";
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    boolean known = Files.isRegularFile(trace);
    boolean same =
        known
            && Files.size(trace) == bytes.length
            && Arrays.equals(Files.readAllBytes(trace), bytes);
    if (!same) {
      DurableFile.write(trace, bytes);
    }
    return known && !same;
  }

  private byte[] create(char @Nullable [] password, Curve curve, RandomGenerator random) {
    byte[] secret = NodeKey.generate(random);
    byte[] publicKey = curve.publicPoint(secret).uncompressed();
    String text = PrivateKeyPem.write(secret, publicKey, password, random);
    try {
      DurableFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw IdentityError.KEY_NOT_STORED.failure("The new key could not be stored: " + e, e);
    }
    return secret;
  }

  /** What a crash during the first creation left behind does not count: no one knows that key. */
  private void requireEmptyFolder() {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      Optional<Path> other = entries.filter(entry -> !isTemporary(entry)).findFirst();
      if (other.isPresent()) {
        throw IdentityError.KEY_MISSING.failure(
            file + " is missing, but " + other.get().getFileName() + " is there.");
      }
    } catch (IOException e) {
      throw IdentityError.FOLDER.failure(folder + " cannot be listed: " + e, e);
    }
  }

  private static boolean isTemporary(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return name.startsWith("." + NAME) && name.endsWith(".part");
  }

  private static char[] password(Path file) {
    String text = secretText(file, IdentityError.PASSWORD_FILE);
    char[] password = text.replaceFirst("\\r?\\n\\z", "").toCharArray();
    if (password.length == 0) {
      throw IdentityError.PASSWORD_FILE.failure(file + " is empty.");
    }
    return password;
  }

  private static String secretText(Path file, IdentityError unreadable) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER.containsAll(permissions)) {
        throw IdentityError.TOO_OPEN.failure("Others than the owner may use " + file + ".");
      }
      if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
        throw unreadable.failure(file + " is no file of at most 64 KiB.");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable.failure(file + " cannot be read: " + e, e);
    }
  }
}

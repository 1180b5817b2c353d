package ai.ratio1.http.internal.gate;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.http.internal.core.OperatorToken;
import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator token on disk. A token that others could have read, or that is none, is replaced:
 * unlike the node's key it stands for nothing but the right to ask, and programs read it anew.
 */
public final class OperatorTokenFile {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorTokenFile.class);
  private static final ErrorCode REPLACED = new ErrorCode("R1-HTTP-004");
  private static final ErrorCode UNWRITABLE = new ErrorCode("R1-HTTP-005");
  private static final int LENGTH = 64;
  private static final Set<PosixFilePermission> PRIVATE =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private OperatorTokenFile() {}

  /**
   * The token in a file, or a new one that is there now.
   *
   * @throws R1Exception {@code R1-HTTP-005} if it can be neither read nor written
   */
  public static OperatorToken load(Path file, RandomGenerator random) {
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Optional<OperatorToken> known = read(file);
        if (known.isPresent()) {
          return known.get();
        }
        LOG.warn("{}: {} was readable by others or damaged; it was replaced.", REPLACED, file);
      }
      OperatorToken token = OperatorToken.generate(random);
      DurableFile.write(file, token.secret());
      return token;
    } catch (IOException e) {
      throw new R1Exception(
          UNWRITABLE,
          file + " cannot be written: " + e.getMessage(),
          "Give the node's user its data folder.",
          e);
    }
  }

  private static Optional<OperatorToken> read(Path file) throws IOException {
    boolean secret =
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && PRIVATE.containsAll(Files.getPosixFilePermissions(file))
            && Files.size(file) == LENGTH;
    return secret
        ? OperatorToken.parse(Files.readString(file, StandardCharsets.US_ASCII))
        : Optional.empty();
  }
}

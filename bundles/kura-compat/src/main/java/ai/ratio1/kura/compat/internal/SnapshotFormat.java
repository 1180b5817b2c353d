package ai.ratio1.kura.compat.internal;

import ai.ratio1.kura.compat.internal.core.StoredConfiguration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;

/**
 * A snapshot as a text: a line that names the format, one encrypted line for every configuration,
 * and one, encrypted as well, that holds its number and the hash of the lines before, so that none
 * can be missing, added or of another snapshot.
 */
final class SnapshotFormat {

  private static final String FIRST = "ratio1-snapshot 1";

  private final CryptoService crypto;

  SnapshotFormat(CryptoService crypto) {
    this.crypto = crypto;
  }

  byte[] write(long id, List<StoredConfiguration> configurations) throws KuraException {
    List<String> lines = new ArrayList<>(List.of(FIRST));
    for (StoredConfiguration one : configurations) {
      // A character for every byte, for the service takes characters.
      String plain = new String(one.write(), StandardCharsets.ISO_8859_1);
      lines.add(new String(crypto.encryptAes(plain.toCharArray())));
    }
    lines.add(new String(crypto.encryptAes(seal(id, lines).toCharArray())));
    return String.join("\n", lines).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads.
   *
   * @throws KuraException when a line was not encrypted by this node
   * @throws IllegalArgumentException when it is no snapshot, or not this one
   */
  List<StoredConfiguration> read(long id, byte[] content) throws KuraException {
    List<String> lines =
        Arrays.asList(new String(content, StandardCharsets.US_ASCII).split("\n", -1));
    int last = lines.size() - 1;
    if (last < 1 || !lines.get(0).equals(FIRST)) {
      throw new IllegalArgumentException("it is no snapshot of this version");
    }
    if (!seal(id, lines.subList(0, last)).equals(plain(lines.get(last)))) {
      throw new IllegalArgumentException("it is not as it was written");
    }
    List<StoredConfiguration> configurations = new ArrayList<>();
    for (String line : lines.subList(1, last)) {
      configurations.add(
          StoredConfiguration.read(plain(line).getBytes(StandardCharsets.ISO_8859_1)));
    }
    return configurations;
  }

  private String plain(String line) throws KuraException {
    return new String(crypto.decryptAes(line.toCharArray()));
  }

  private static String seal(long id, List<String> lines) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      byte[] text = String.join("\n", lines).getBytes(StandardCharsets.US_ASCII);
      return id + " " + HexFormat.of().formatHex(hash.digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

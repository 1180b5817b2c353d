package ai.ratio1.chain.internal.core.deployment;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What the contracts are on the chain, but for their immutables: constructors write those into the
 * code, and {@link Blueprint#readings} ask for them.
 */
public final class Runtimes {

  private static final int NAME = 0;
  private static final int SIZE = 1;
  private static final int DIGEST = 2;

  /** Bytes that a constructor writes. */
  private record Immutable(int start, int length) {}

  /**
   * A contract.
   *
   * @param size bytes
   * @param digest SHA-256 of the code with zeros for immutables
   * @param immutables where they are
   */
  private record Code(int size, String digest, List<Immutable> immutables) {}

  private final Map<String, Code> codes;

  private Runtimes(Map<String, Code> codes) {
    this.codes = Map.copyOf(codes);
  }

  /**
   * Reads the list that the build of the contracts writes.
   *
   * @param lines name, size, digest, and {@code start+length} of each immutable
   */
  public static Runtimes of(List<String> lines) {
    Map<String, Code> codes = new HashMap<>();
    for (String line : lines) {
      List<String> fields = List.of(line.split(" ", -1));
      List<Immutable> immutables = new ArrayList<>();
      for (String range : fields.subList(DIGEST + 1, fields.size())) {
        int plus = range.indexOf('+');
        int start = Integer.parseInt(range.substring(0, plus));
        immutables.add(new Immutable(start, Integer.parseInt(range.substring(plus + 1))));
      }
      int size = Integer.parseInt(fields.get(SIZE));
      codes.put(fields.get(NAME), new Code(size, fields.get(DIGEST), immutables));
    }
    return new Runtimes(codes);
  }

  /** Whether code is a contract's, whatever its immutables are. */
  public boolean match(Part part, byte[] found) {
    Code code = codes.get(part.source());
    if (code == null) {
      throw new IllegalArgumentException("nothing is known of " + part.source());
    }
    if (found.length != code.size()) {
      return false;
    }
    byte[] blank = found.clone();
    for (Immutable place : code.immutables()) {
      Arrays.fill(blank, place.start(), place.start() + place.length(), (byte) 0);
    }
    return HexFormat.of().formatHex(sha256(blank)).equals(code.digest());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

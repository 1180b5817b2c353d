package ai.ratio1.identity.internal.core;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.evm.Keccak256;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Addresses and the points behind them. Finding a point costs a square root, so the last ones are
 * kept in a table of fixed size; reading it takes no lock. Thread-safe.
 *
 * <p>Whoever sends many addresses evicts those of others, but cannot choose which: the place in the
 * table depends on a secret.
 */
final class AddressBook {

  /**
   * An address whose point was found.
   *
   * @param address in canonical form
   * @param point the public key
   * @param evmAddress the same key as the chain knows it
   */
  record Entry(NodeAddress address, Curve.Point point, EvmAddress evmAddress) {}

  private static final String OLD_PREFIX = "aixp_";
  private static final int BODY = 44;
  private static final int PREFIX = NodeAddress.PREFIX.length();

  private final Curve curve;
  private final AtomicReferenceArray<@Nullable Entry> table;
  private final int seed;
  private final AtomicLong misses = new AtomicLong();

  /**
   * An empty book.
   *
   * @param size how many addresses it keeps at most
   * @param seed random
   */
  AddressBook(Curve curve, int size, int seed) {
    this.curve = curve;
    this.table = new AtomicReferenceArray<>(size);
    this.seed = seed;
  }

  /** Reads an address strictly; null when it is none. */
  @Nullable Entry find(String text) {
    int from = text.startsWith(NodeAddress.PREFIX) || text.startsWith(OLD_PREFIX) ? PREFIX : 0;
    if (text.length() - from != BODY) {
      return null;
    }
    int slot = slot(text, from);
    Entry known = table.get(slot);
    if (known != null && known.address().text().regionMatches(PREFIX, text, from, BODY)) {
      return known;
    }
    misses.incrementAndGet();
    Entry entry = resolve(text.substring(from));
    if (entry != null) {
      table.set(slot, entry);
    }
    return entry;
  }

  /** How often a point had to be found. */
  long misses() {
    return misses.get();
  }

  static EvmAddress evmAddress(Curve.Point point) {
    byte[] coordinates = Arrays.copyOfRange(point.uncompressed(), 1, 65);
    return EvmAddress.of(Arrays.copyOfRange(Keccak256.of(coordinates).toArray(), 12, 32));
  }

  private @Nullable Entry resolve(String body) {
    byte[] compressed;
    try {
      compressed = Base64.getUrlDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      return null;
    }
    // 44 characters with padding decode to less than 33 bytes.
    Curve.Point point = compressed.length == 33 ? curve.point(compressed) : null;
    return point == null ? null : new Entry(NodeAddress.of(compressed), point, evmAddress(point));
  }

  private int slot(String text, int from) {
    int hash = seed;
    for (int i = from; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x01000193;
    }
    hash ^= hash >>> 15;
    return Integer.remainderUnsigned(hash * 0x2c1b3c6d, table.length());
  }
}

package ai.ratio1.heartbeat.internal;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.heartbeat.internal.core.ChainBook;
import ai.ratio1.heartbeat.internal.core.KnownChain;
import ai.ratio1.heartbeat.internal.core.SignedAnchor;
import ai.ratio1.storage.DurableStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.h2.mvstore.MVMap;

/**
 * Hash chains on disk, so that a restarted oracle goes on without waiting for the next anchor: each
 * anchor once, and its progress seldom, for a few hashes make up for what is missing. Not durable
 * before the store is committed. Not thread-safe.
 */
final class ChainStore {

  private static final int ADDRESS = 20;
  private static final int HASH = 32;
  private static final int SIGNATURE = 65;
  private static final int ANCHOR = Long.BYTES + ADDRESS + HASH + Integer.BYTES + HASH + SIGNATURE;

  private final MVMap<String, byte[]> chains;
  private final MVMap<String, byte[]> contradictions;

  ChainStore(DurableStore store) {
    this.chains = store.map("chains");
    this.contradictions = store.map("contradictions");
  }

  /** Adds everything to a book. */
  void load(ChainBook book) {
    chains.values().forEach(bytes -> book.add(chain(ByteBuffer.wrap(bytes))));
    contradictions.values().forEach(bytes -> book.charge(contradiction(ByteBuffer.wrap(bytes))));
  }

  /** Writes what is new; answers whether there was something. */
  boolean write(ChainBook book) {
    boolean wrote = false;
    for (Map<EvmAddress, KnownChain> epoch : book.all()) {
      for (KnownChain chain : epoch.values()) {
        if (chain.takeUnsaved()) {
          chains.put(key(chain.anchor().anchor()), bytes(chain));
          wrote = true;
        }
      }
    }
    for (AnchorContradiction contradiction : book.contradictions()) {
      if (!contradictions.containsKey(key(contradiction.first()))) {
        contradictions.put(key(contradiction.first()), bytes(contradiction));
        wrote = true;
      }
    }
    return wrote;
  }

  /** Forgets the chains of an epoch that is frozen; who contradicted itself stays. */
  void remove(long epoch) {
    List<String> gone = new ArrayList<>();
    for (var keys = chains.keyIterator(prefix(epoch)); keys.hasNext(); ) {
      String key = keys.next();
      if (!key.startsWith(prefix(epoch))) {
        break;
      }
      gone.add(key);
    }
    gone.forEach(chains::remove);
  }

  /** Forgets everything before an epoch; answers whether there was something. */
  boolean forgetBefore(long epoch) {
    boolean forgot = forgetBefore(chains, prefix(epoch));
    return forgetBefore(contradictions, prefix(epoch)) || forgot;
  }

  private static boolean forgetBefore(MVMap<String, byte[]> map, String bound) {
    boolean forgot = false;
    for (String first = map.firstKey();
        first != null && first.compareTo(bound) < 0;
        first = map.firstKey()) {
      map.remove(first);
      forgot = true;
    }
    return forgot;
  }

  /** Keys sort by epoch: ten digits hold every unsigned 32-bit number. */
  private static String prefix(long epoch) {
    return String.format(Locale.ROOT, "%010d/", epoch);
  }

  private static String key(BeatAnchor anchor) {
    return prefix(anchor.epoch()) + anchor.node().toHex();
  }

  private static byte[] bytes(KnownChain chain) {
    ByteBuffer out = ByteBuffer.allocate(ANCHOR + 1 + Integer.BYTES + HASH);
    put(out, chain.anchor());
    // Both at one moment: a link without its number would be none of the chain.
    synchronized (chain) {
      out.put((byte) (chain.isBound() ? 1 : 0)).putInt(chain.number()).put(chain.link());
    }
    return out.array();
  }

  private static KnownChain chain(ByteBuffer in) {
    SignedAnchor anchor = anchor(in);
    boolean bound = in.get() == 1;
    int number = in.getInt();
    return new KnownChain(anchor, bound, number, take(in, HASH));
  }

  private static byte[] bytes(AnchorContradiction contradiction) {
    ByteBuffer out = ByteBuffer.allocate(2 * ANCHOR);
    put(out, new SignedAnchor(contradiction.first(), contradiction.firstSignature()));
    put(out, new SignedAnchor(contradiction.second(), contradiction.secondSignature()));
    return out.array();
  }

  private static AnchorContradiction contradiction(ByteBuffer in) {
    SignedAnchor first = anchor(in);
    SignedAnchor second = anchor(in);
    return new AnchorContradiction(
        first.anchor(), first.signature(), second.anchor(), second.signature());
  }

  private static void put(ByteBuffer out, SignedAnchor signed) {
    BeatAnchor anchor = signed.anchor();
    out.putLong(anchor.epoch())
        .put(anchor.node().toArray())
        .put(anchor.anchor().toArray())
        .putInt(anchor.length())
        .put(anchor.beacon().toArray())
        .put(signed.signature());
  }

  private static SignedAnchor anchor(ByteBuffer in) {
    BeatAnchor anchor =
        new BeatAnchor(
            in.getLong(),
            EvmAddress.of(take(in, ADDRESS)),
            Bytes32.of(take(in, HASH)),
            in.getInt(),
            Bytes32.of(take(in, HASH)));
    return new SignedAnchor(anchor, take(in, SIGNATURE));
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}

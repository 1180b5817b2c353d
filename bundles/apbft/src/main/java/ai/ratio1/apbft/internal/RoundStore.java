package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.Archive;
import ai.ratio1.apbft.internal.core.Event;
import ai.ratio1.apbft.internal.core.LogEntries;
import ai.ratio1.apbft.internal.core.LogEntry;
import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.storage.DurableStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * What the engine remembers, in one file. Writing is for the engine's thread; reading is
 * thread-safe. Nothing is durable before {@link #flush}.
 */
final class RoundStore implements Archive, AutoCloseable {

  private static final String ACCUSED = "accused-";
  private static final String REVEAL = "obs_reveal";
  private static final int ADDRESS = 20;

  private final DurableStore store;
  private final MVMap<String, byte[]> log;
  private final MVMap<String, byte[]> reveals;
  private final MVMap<Long, byte[]> certificates;
  private final MVMap<String, byte[]> tables;
  private final MVMap<String, Long> tableEpochs;
  private final MVMap<String, Long> tablesByEpoch;
  private final MVMap<String, byte[]> oracleSets;
  private final MVMap<String, String> meta;
  private final int retained;
  private boolean urgent;

  RoundStore(DurableStore store, int retained) {
    this.store = store;
    this.retained = retained;
    this.log = store.map("log");
    this.reveals = store.map("reveals");
    this.certificates = store.map("certificates");
    this.tables = store.map("tables");
    this.tableEpochs = store.map("tableEpochs");
    this.tablesByEpoch = store.map("tablesByEpoch");
    this.oracleSets = store.map("oracleSets");
    this.meta = store.map("meta");
  }

  /** Ties the file to a network; false when it belongs to another one. */
  boolean belongsTo(Bytes32 networkId) {
    String before = meta.putIfAbsent("network", networkId.toHex());
    if (before == null) {
      store.commit();
    }
    return before == null || before.equals(networkId.toHex());
  }

  void write(long epoch, LogEntry entry) {
    urgent |= entry.urgent();
    byte[] bytes = LogEntries.encode(entry);
    if (entry instanceof LogEntry.Certified) {
      certificates.put(epoch, bytes);
      // Nobody votes in a certified epoch: what was proved against others stays, and what
      // everybody says of its own observation.
      keepReveals(epoch);
      remove(epoch, name -> !name.startsWith(ACCUSED));
      prune();
    } else {
      log.put(key(epoch, entry.name()), bytes);
    }
  }

  /** Forgets an epoch that will never be certified; not what was proved against others. */
  void close(long epoch) {
    certificates.remove(epoch);
    remove(epoch, name -> !name.startsWith(ACCUSED));
    each(reveals, epoch, reveals::remove);
    urgent = true;
  }

  /** Keeps a table until no epoch that used it is retained. */
  void keep(long epoch, Bytes32 tableHash, byte[] table) {
    String hash = tableHash.toHex();
    Long before = tableEpochs.get(hash);
    if (before == null) {
      tables.put(hash, table);
    } else if (before >= epoch) {
      return;
    } else {
      tablesByEpoch.remove(key(before, hash));
    }
    tableEpochs.put(hash, epoch);
    tablesByEpoch.put(key(epoch, hash), epoch);
  }

  void remember(OracleSet oracles) {
    String digest = oracles.configDigest().toHex();
    if (!oracleSets.containsKey(digest)) {
      ByteBuffer addresses = ByteBuffer.allocate(oracles.size() * ADDRESS);
      oracles.oracles().forEach(oracle -> addresses.put(oracle.toArray()));
      oracleSets.put(digest, addresses.array());
    }
  }

  /** Whether something must be on disk before anything is sent. */
  boolean urgent() {
    return urgent;
  }

  /** Makes everything so far durable. */
  void flush() {
    store.commit();
    urgent = false;
  }

  /** What an epoch's instance remembers. */
  List<LogEntry> entries(long epoch) {
    List<LogEntry> entries = new ArrayList<>();
    each(
        log,
        epoch,
        key -> Optional.ofNullable(log.get(key)).map(LogEntries::decode).ifPresent(entries::add));
    certificate(epoch).map(LogEntry.Certified::new).ifPresent(entries::add);
    return entries;
  }

  @Override
  public Optional<Signed<Cert>> certificate(long epoch) {
    return Optional.ofNullable(certificates.get(epoch))
        .map(bytes -> ((LogEntry.Certified) LogEntries.decode(bytes)).cert());
  }

  @Override
  public Optional<byte[]> table(Bytes32 tableHash) {
    return Optional.ofNullable(tables.get(tableHash.toHex()));
  }

  /** The oracles under a configuration that was opened here. */
  List<EvmAddress> oracles(Bytes32 configDigest) {
    byte[] addresses = oracleSets.get(configDigest.toHex());
    List<EvmAddress> oracles = new ArrayList<>();
    for (int at = 0; addresses != null && at < addresses.length; at += ADDRESS) {
      oracles.add(EvmAddress.of(Arrays.copyOfRange(addresses, at, at + ADDRESS)));
    }
    return oracles;
  }

  /** The newest epoch that is certified here, and its oracles. */
  Optional<Event.Resume> newest() {
    return Optional.ofNullable(certificates.lastKey())
        .flatMap(this::certificate)
        .map(cert -> cert.message().outcome())
        .map(o -> new Event.Resume(o.epoch(), oracleSet(o.configDigest())));
  }

  private OracleSet oracleSet(Bytes32 configDigest) {
    return new OracleSet(oracles(configDigest), configDigest);
  }

  /** Every certificate that is kept, oldest first. */
  void certificates(Consumer<SignedCertificate> each) {
    for (Iterator<Long> epochs = certificates.keyIterator(null); epochs.hasNext(); ) {
      certificate(epochs.next()).ifPresent(cert -> each.accept(cert.message().certificate()));
    }
  }

  /** The reveals of an epoch, one per oracle. */
  List<Signed<ObsReveal>> reveals(long epoch) {
    List<Signed<ObsReveal>> found = new ArrayList<>();
    for (MVMap<String, byte[]> map : List.of(reveals, log)) {
      each(
          map,
          epoch,
          key ->
              Optional.of(key)
                  .filter(RoundStore::isReveal)
                  .map(map::get)
                  .map(LogEntries::decode)
                  .flatMap(RoundStore::reveal)
                  .ifPresent(found::add));
    }
    return found;
  }

  private void keepReveals(long epoch) {
    each(
        log,
        epoch,
        key -> {
          byte[] entry = isReveal(key) ? log.get(key) : null;
          if (entry != null) {
            reveals.put(key, entry);
          }
        });
  }

  private static boolean isReveal(String key) {
    return key.contains(REVEAL) && !key.startsWith(ACCUSED, key.indexOf('/') + 1);
  }

  private static Optional<Signed<ObsReveal>> reveal(LogEntry entry) {
    Signed<?> signed =
        entry instanceof LogEntry.Said said
            ? said.message()
            : entry instanceof LogEntry.Heard heard ? heard.message() : null;
    return signed != null && signed.message() instanceof ObsReveal reveal
        ? Optional.of(new Signed<>(reveal, signed.signature()))
        : Optional.empty();
  }

  /** Everything that was proved against oracles in epochs that are kept. */
  List<Evidence> evidence() {
    List<Evidence> all = new ArrayList<>();
    for (Iterator<String> keys = log.keyIterator(null); keys.hasNext(); ) {
      String key = keys.next();
      if (key.startsWith(ACCUSED, key.indexOf('/') + 1)) {
        Optional.ofNullable(log.get(key))
            .map(LogEntries::decode)
            .ifPresent(entry -> all.add(((LogEntry.Accused) entry).evidence().message()));
      }
    }
    return all;
  }

  /** The oldest epoch that may still be opened: what was said about older ones is forgotten. */
  long oldest() {
    Long newest = certificates.lastKey();
    return newest == null ? 0 : Math.max(0, newest - retained);
  }

  @Override
  public void close() {
    store.close();
  }

  private void prune() {
    long oldest = oldest();
    for (Long first = certificates.firstKey(); first != null && first < oldest; ) {
      certificates.remove(first);
      first = certificates.firstKey();
    }
    String bound = key(oldest, "");
    for (String first = tablesByEpoch.firstKey(); precedes(first, bound); ) {
      String hash = first.substring(first.indexOf('/') + 1);
      tablesByEpoch.remove(first);
      tableEpochs.remove(hash);
      tables.remove(hash);
      first = tablesByEpoch.firstKey();
    }
    forgetBefore(log, bound);
    forgetBefore(reveals, bound);
  }

  private static void forgetBefore(MVMap<String, ?> map, String bound) {
    for (String first = map.firstKey(); precedes(first, bound); first = map.firstKey()) {
      map.remove(first);
    }
  }

  private static boolean precedes(@Nullable String key, String bound) {
    return key != null && key.compareTo(bound) < 0;
  }

  private void remove(long epoch, Predicate<String> names) {
    each(
        log,
        epoch,
        key -> {
          if (names.test(key.substring(key.indexOf('/') + 1))) {
            log.remove(key);
          }
        });
  }

  private static void each(MVMap<String, ?> map, long epoch, Consumer<String> keys) {
    String prefix = key(epoch, "");
    List<String> found = new ArrayList<>();
    for (Iterator<String> i = map.keyIterator(prefix); i.hasNext(); ) {
      String key = i.next();
      if (!key.startsWith(prefix)) {
        break;
      }
      found.add(key);
    }
    found.forEach(keys);
  }

  /** Keys sort by epoch: ten digits hold every unsigned 32-bit number. */
  private static String key(long epoch, String name) {
    return String.format(Locale.ROOT, "%010d/%s", epoch, name);
  }
}

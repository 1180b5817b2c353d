package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.Archive;
import ai.ratio1.apbft.internal.core.DecisionArchive;
import ai.ratio1.apbft.internal.core.LogEntries;
import ai.ratio1.apbft.internal.core.LogEntry;
import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A disk: what is written is there at once, and survives a crash once it was flushed. */
final class MemoryStore implements Archive, DecisionArchive {

  private final Map<Object, Map<String, LogEntry>> log = new HashMap<>();
  private final Map<Bytes32, byte[]> tables = new HashMap<>();
  private final List<Runnable> undo = new ArrayList<>();
  private final Optional<Class<? extends LogEntry>> forgotten;
  private boolean urgent;

  MemoryStore(Optional<Class<? extends LogEntry>> forgotten) {
    this.forgotten = forgotten;
  }

  void write(Object place, LogEntry entry) {
    urgent |= entry.urgent();
    if (forgotten.filter(lost -> lost.isInstance(entry)).isPresent()) {
      return;
    }
    Map<String, LogEntry> entries = log.computeIfAbsent(place, p -> new LinkedHashMap<>());
    if (entry instanceof LogEntry.Certified || entry instanceof LogEntry.Concluded) {
      Map<String, LogEntry> before = new LinkedHashMap<>(entries);
      entries.clear();
      entries.put(entry.name(), entry);
      undo.add(
          () -> {
            entries.clear();
            entries.putAll(before);
          });
    } else {
      LogEntry old = entries.put(entry.name(), entry);
      undo.add(
          () -> {
            if (old == null) {
              entries.remove(entry.name());
            } else {
              entries.put(entry.name(), old);
            }
          });
    }
  }

  void keep(Bytes32 hash, byte[] table) {
    if (tables.putIfAbsent(hash, table) == null) {
      undo.add(() -> tables.remove(hash));
    }
  }

  /** Whether something must be flushed before anything is sent. */
  boolean urgent() {
    return urgent;
  }

  void flush() {
    undo.clear();
    urgent = false;
  }

  /** Loses what was not flushed. */
  void crash() {
    for (int i = undo.size() - 1; i >= 0; i--) {
      undo.get(i).run();
    }
    flush();
  }

  /** The entries of an epoch or slot as a disk gives them back. */
  List<LogEntry> log(Object place) {
    return log.getOrDefault(place, Map.of()).values().stream()
        .map(entry -> LogEntries.decode(LogEntries.encode(entry)))
        .toList();
  }

  @Override
  public Optional<Signed<Cert>> certificate(long epoch) {
    LogEntry entry = log.getOrDefault(epoch, Map.of()).get("certified");
    return entry instanceof LogEntry.Certified certified
        ? Optional.of(certified.cert())
        : Optional.empty();
  }

  @Override
  public Optional<Signed<DecisionCert>> decision(Slot slot) {
    LogEntry entry = log.getOrDefault(slot, Map.of()).get("concluded");
    return entry instanceof LogEntry.Concluded concluded
        ? Optional.of(concluded.cert())
        : Optional.empty();
  }

  @Override
  public Optional<byte[]> table(Bytes32 tableHash) {
    return Optional.ofNullable(tables.get(tableHash));
  }
}

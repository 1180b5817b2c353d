package ai.ratio1.oracleapi.internal;

import ai.ratio1.availability.Liveness;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.AvailabilityHistory;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.Signatures;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Services of an oracle with what a test puts into them. */
final class TestOracle extends Clock implements Neighbours, Epochs, Liveness, OracleRegistry {

  final EpochSchedule schedule;
  final SortedMap<Long, Map<EvmAddress, Integer>> certified = new TreeMap<>();
  final Set<Long> voided = new TreeSet<>();
  final Map<EvmAddress, Sighting> seen = new LinkedHashMap<>();
  final List<EvmAddress> oracles = new ArrayList<>();
  final List<Long> reads = new ArrayList<>();
  Instant now;
  boolean here = true;
  Licences licences =
      (Licences)
          Proxy.newProxyInstance(
              TestOracle.class.getClassLoader(),
              new Class<?>[] {Licences.class},
              (proxy, method, arguments) -> Optional.empty());

  TestOracle(Instant genesis, Duration epochLength) {
    this.schedule =
        new EpochSchedule(
            genesis,
            epochLength,
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            Duration.ofSeconds(3),
            Duration.ofMillis(1500),
            230);
    this.now = genesis;
  }

  /** Lets a node be seen some time ago. */
  void see(Signatures signatures, NodeAddress node, String alias, Duration ago) {
    EvmAddress address = signatures.evmAddress(node);
    Instant then = now.minus(ago);
    seen.put(address, new Sighting(node, address, alias, "i", then, then, true));
  }

  void certify(long epoch, Map<EvmAddress, Integer> bytes) {
    certified.put(epoch, new HashMap<>(bytes));
  }

  @Override
  public Optional<byte[]> artefacts(long epoch) {
    throw new UnsupportedOperationException("no answer needs artefacts");
  }

  @Override
  public Optional<SlotProof> slots(long epoch, EvmAddress node) {
    throw new UnsupportedOperationException("no answer needs slots");
  }

  @Override
  public Optional<Epochs> epochs() {
    return here ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Optional<Liveness> liveness() {
    return here ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Optional<Chain> chain() {
    return Optional.of(
        (Chain)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Chain.class},
                (proxy, method, arguments) -> Optional.of(schedule)));
  }

  @Override
  public Optional<Licences> licences() {
    return Optional.of(licences);
  }

  @Override
  public Optional<OracleRegistry> oracles() {
    return Optional.of(this);
  }

  @Override
  public OracleSet oraclesOf(long epoch) {
    return new OracleSet(oracles, Bytes32.ZERO);
  }

  @Override
  public boolean isOracle(EvmAddress address) {
    return oracles.contains(address);
  }

  @Override
  public Optional<Sighting> lastSeen(EvmAddress node) {
    return Optional.ofNullable(seen.get(node));
  }

  @Override
  public List<Sighting> sightings() {
    return List.copyOf((Collection<Sighting>) seen.values());
  }

  @Override
  public long current() {
    return schedule.epochAt(now);
  }

  @Override
  public long newestCertified() {
    return certified.isEmpty() ? -1 : certified.lastKey();
  }

  @Override
  public Optional<AvailabilityHistory> availability(Set<EvmAddress> nodes, long first, long last) {
    if (first < 0 || first > last || last - first > 10_000) {
      return Optional.empty();
    }
    List<Long> epochs = LongStream.rangeClosed(first, last).boxed().toList();
    reads.addAll(epochs);
    if (!certified.keySet().containsAll(epochs)) {
      return Optional.empty();
    }
    Map<EvmAddress, List<Integer>> values = new HashMap<>();
    for (EvmAddress node : nodes) {
      if (epochs.stream().anyMatch(epoch -> certified.get(epoch).containsKey(node))) {
        values.put(node, epochs.stream().map(e -> certified.get(e).getOrDefault(node, 0)).toList());
      }
    }
    TreeSet<Long> faulty = new TreeSet<>(voided);
    faulty.retainAll(epochs);
    return Optional.of(new AvailabilityHistory(first, last, values, faulty));
  }

  @Override
  public Optional<EpochReport> report(long epoch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<EpochReport> latest(int count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<ClaimProof> claim(LicenceId licence) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}

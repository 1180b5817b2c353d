package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Contradiction;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.Observation;
import ai.ratio1.consensus.OutcomeFunction;
import ai.ratio1.consensus.Round;
import ai.ratio1.consensus.RoundStatus;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.outcome.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;

/**
 * Agreement among oracles in one memory: tables are collected until q are there, every oracle
 * computes the outcome, and q equal outcomes are a certificate. What was committed survives the
 * oracle, as it does on disk.
 */
final class MemoryAgreement {

  final Map<Long, SignedCertificate> certificates = new TreeMap<>();
  final Map<Long, List<Observation>> agreedSets = new ConcurrentHashMap<>();

  /** The view in which epochs are agreed on. */
  volatile long view;

  /** Epochs on which nobody can agree. */
  final Set<Long> blocked = ConcurrentHashMap.newKeySet();

  final Map<VoidOutcome, TreeMap<Integer, byte[]>> voidVotes = new LinkedHashMap<>();
  final List<Contradiction> contradictions = new CopyOnWriteArrayList<>();

  /** Whether the oracles of an older version sign, who leave the reputations out. */
  volatile boolean withoutReputations;

  final Map<Bytes32, byte[]> kept = new ConcurrentHashMap<>();
  private final Map<Bytes32, byte[]> revealed = new ConcurrentHashMap<>();
  private final Map<Long, List<SignedReveal>> reveals = new TreeMap<>();
  private final OracleSet oracles;
  private final Map<Long, TreeMap<Integer, Observation>> committed = new TreeMap<>();
  private final List<Engine> engines = new ArrayList<>();
  private final Map<Integer, Set<Long>> voted = new ConcurrentHashMap<>();

  MemoryAgreement(OracleSet oracles) {
    this.oracles = oracles;
  }

  synchronized Engine engine(int index) {
    Engine engine = new Engine(index);
    engines.add(engine);
    return engine;
  }

  synchronized void stop(Engine engine) {
    engines.remove(engine);
  }

  /** Lets everything happen that can. */
  synchronized void settle() {
    for (Map.Entry<Long, TreeMap<Integer, Observation>> epoch : committed.entrySet()) {
      if (!certificates.containsKey(epoch.getKey()) && !blocked.contains(epoch.getKey())) {
        decide(epoch.getKey(), new ArrayList<>(epoch.getValue().values()));
      }
    }
    for (Engine engine : engines) {
      engine.learn();
    }
  }

  private void decide(long epoch, List<Observation> tables) {
    if (tables.size() < oracles.quorum()) {
      return;
    }
    Map<EpochOutcome, Integer> votes = new LinkedHashMap<>();
    for (Engine engine : engines) {
      OutcomeFunction function = engine.functions.get(epoch);
      if (function != null) {
        engine.asked.add(epoch);
        function
            .outcome(tables)
            .map(o -> withoutReputations ? withoutReputations(o) : o)
            .ifPresent(o -> votes.merge(o, 1 << engine.index, Integer::sum));
      }
    }
    votes.forEach(
        (outcome, voters) -> {
          if (Integer.bitCount(voters) >= oracles.quorum()) {
            List<byte[]> signatures =
                IntStream.range(0, Integer.bitCount(voters)).mapToObj(i -> new byte[65]).toList();
            certificates.put(epoch, new SignedCertificate(outcome, view, voters, signatures));
            agreedSets.put(epoch, tables);
          }
        });
  }

  private static SignedVoid signed(VoidOutcome outcome, TreeMap<Integer, byte[]> votes) {
    int signers = votes.keySet().stream().mapToInt(i -> 1 << i).sum();
    return new SignedVoid(outcome, 0, signers, List.copyOf(votes.values()));
  }

  private static EpochOutcome withoutReputations(EpochOutcome o) {
    return new EpochOutcome(
        o.configDigest(),
        o.epoch(),
        o.observers(),
        o.excluded(),
        o.theta(),
        o.nodeCount(),
        o.registryRoot(),
        o.inputsDigest(),
        o.availabilityRoot(),
        o.cumulativeRoot(),
        o.tableHash(),
        Bytes32.ZERO);
  }

  /** One oracle's engine. */
  final class Engine implements Agreement {

    final Map<Long, Round> rounds = new TreeMap<>();
    final Map<Long, OutcomeFunction> functions = new HashMap<>();
    final Set<Long> asked = new HashSet<>();
    final List<Long> opened = new ArrayList<>();
    final Set<Long> closed = ConcurrentHashMap.newKeySet();
    final Set<Long> observed = ConcurrentHashMap.newKeySet();
    volatile boolean busy;
    int retries;
    private final int index;
    private final Map<Long, SignedCertificate> known = new ConcurrentHashMap<>();
    private final Set<Bytes32> requested = new HashSet<>();

    Engine(int index) {
      this.index = index;
    }

    private void learn() {
      for (Long epoch : functions.keySet()) {
        SignedCertificate certificate = certificates.get(epoch);
        if (certificate != null
            && known.put(epoch, certificate) == null
            && (certificate.signers() >>> index & 1) == 1) {
          voted.computeIfAbsent(index, i -> ConcurrentHashMap.newKeySet()).add(epoch);
        }
      }
    }

    @Override
    public void open(Round round, OutcomeFunction outcome) {
      if (busy) {
        throw new R1Exception(new ErrorCode("R1-APBFT-009"), "Busy.", "Try again.");
      }
      synchronized (MemoryAgreement.this) {
        join(round, outcome);
      }
    }

    private void join(Round round, OutcomeFunction outcome) {
      opened.add(round.epoch());
      rounds.put(round.epoch(), round);
      functions.put(round.epoch(), outcome);
      round.table().ifPresent(table -> commit(round, table));
    }

    private void commit(Round round, byte[] table) {
      byte[] deflated = deflate(table);
      Bytes32 hash = Sample.sha256(deflated);
      EvmAddress oracle = oracles.oracles().get(index);
      Observation observation = new Observation(oracle, index, hash, table);
      boolean first =
          committed
                  .computeIfAbsent(round.epoch(), e -> new TreeMap<>())
                  .putIfAbsent(index, observation)
              == null;
      if (first) {
        revealed.put(hash, deflated);
        reveals
            .computeIfAbsent(round.epoch(), e -> new ArrayList<>())
            .add(
                new SignedReveal(
                    oracle,
                    hash,
                    deflated.length,
                    Sample.hash("salt " + index),
                    round.bitmapRoot(),
                    new byte[65]));
      }
    }

    /** As oracles do, and not in the canonical form of agreed tables. */
    private static byte[] deflate(byte[] table) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
        out.write(table);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }

    @Override
    public List<SignedReveal> reveals(long epoch) {
      synchronized (MemoryAgreement.this) {
        return List.copyOf(reveals.getOrDefault(epoch, List.of()));
      }
    }

    @Override
    public void retry() {
      retries++;
    }

    @Override
    public Optional<SignedCertificate> certificate(long epoch) {
      return Optional.ofNullable(known.get(epoch));
    }

    /** The first call of an oracle that did not vote asks the peers. */
    @Override
    public List<Observation> observations(long epoch) {
      boolean asked = !observed.add(epoch);
      return asked || voted.getOrDefault(index, Set.of()).contains(epoch)
          ? agreedSets.getOrDefault(epoch, List.of())
          : List.of();
    }

    @Override
    public boolean adopt(SignedCertificate certificate) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RoundStatus> status(long epoch) {
      int commits;
      synchronized (MemoryAgreement.this) {
        commits = committed.getOrDefault(epoch, new TreeMap<>()).size();
      }
      return Optional.of(
          new RoundStatus(epoch, RoundStatus.Phase.COMMITTING, 0, commits, commits, Set.of()));
    }

    @Override
    public void voidEpoch(VoidOutcome outcome, OracleSet signing) {
      synchronized (MemoryAgreement.this) {
        voidVotes
            .computeIfAbsent(outcome, o -> new TreeMap<>())
            .put(signing.oracles().indexOf(oracles.oracles().get(index)), new byte[65]);
      }
    }

    @Override
    public Optional<SignedVoid> voided(long epoch) {
      synchronized (MemoryAgreement.this) {
        return voidVotes.entrySet().stream()
            .filter(votes -> votes.getKey().epoch() == epoch)
            .filter(votes -> votes.getValue().size() >= oracles.quorum())
            .findFirst()
            .map(votes -> signed(votes.getKey(), votes.getValue()));
      }
    }

    @Override
    public void close(long epoch) {
      closed.add(epoch);
      known.remove(epoch);
      functions.remove(epoch);
    }

    @Override
    public List<Contradiction> contradictions() {
      return contradictions;
    }

    @Override
    public void keep(Bytes32 tableHash, byte[] deflatedTable) {
      kept.put(tableHash, deflatedTable);
    }

    /** The first call asks the peers; the answer is there at the next. */
    @Override
    public Optional<byte[]> table(Bytes32 tableHash) {
      if (revealed.containsKey(tableHash)) {
        return Optional.of(revealed.get(tableHash));
      }
      return requested.add(tableHash) ? Optional.empty() : Optional.ofNullable(kept.get(tableHash));
    }
  }
}

package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.Contradiction;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.RecordedEpoch;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.outcome.Sample;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.VoidHash;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;

/** A chain in memory: records certificates in order, can be away and can take things back. */
final class MemoryChain {

  static final int VOID_AFTER = 7;
  static final Duration FINALITY = Duration.ofSeconds(2);

  final List<SignedCertificate> recorded = new CopyOnWriteArrayList<>();
  final List<RecordedEpoch> entries = new CopyOnWriteArrayList<>();
  final List<EvmAddress> payers = new CopyOnWriteArrayList<>();
  final Set<EvmAddress> suspended = new HashSet<>();
  final Map<EvmAddress, BigInteger> balances = new HashMap<>();
  LongFunction<List<RegistryRow>> rows;

  /** The newest epoch whose oracles are decided. */
  volatile long decided = Long.MAX_VALUE;

  /** What is answered in the place of the oracle set, when there is one. */
  volatile Optional<OracleSet> otherOracles = Optional.empty();

  volatile boolean away;

  /** How many of the newest entries, and whether the newest block, are not final yet. */
  volatile int notFinal;

  volatile EpochSchedule schedule = Sample.SCHEDULE;

  volatile boolean refusing;
  private final Clock clock;
  private final OracleSet oracles;

  MemoryChain(Clock clock, int oracles, int rows) {
    this.clock = clock;
    this.oracles = Sample.oracles(oracles);
    this.rows = epoch -> Sample.rows(rows);
  }

  OracleSet oracles() {
    return oracles;
  }

  /** Takes back the newest entries, and every suspension. */
  void reorganise(int count) {
    if (count > notFinal) {
      throw new IllegalArgumentException("what is final stays");
    }
    for (int i = 0; i < count; i++) {
      entries.remove(entries.size() - 1);
      recorded.remove(recorded.size() - 1);
    }
    suspended.clear();
  }

  private void check() {
    if (away) {
      throw new R1Exception(new ErrorCode("R1-CHAIN-001"), "No endpoint answers.", "Wait.");
    }
  }

  /** What governance does when not even today's oracles come together. */
  void voidByGovernance() {
    long epoch = entries.size();
    Bytes32 hash = VoidHash.byGovernance(oracles.configDigest(), epoch, newestOutcome());
    entries.add(new RecordedEpoch.VoidedByGovernance(now(), hash));
  }

  private Bytes32 newestOutcome() {
    return entries.isEmpty() ? Bytes32.ZERO : entries.get(entries.size() - 1).outcomeHash();
  }

  View of(EvmAddress self) {
    return new View(self);
  }

  /** The chain's services as one node sees them; the views of all nodes record one at a time. */
  final class View implements Uncalled, OracleRegistry, EpochLedger {

    /** Whether its endpoint has not heard yet of what was recorded. */
    volatile boolean lagging;

    private final EvmAddress self;

    View(EvmAddress self) {
      this.self = self;
    }

    @Override
    public Optional<EpochSchedule> schedule() {
      check();
      return Optional.of(schedule);
    }

    @Override
    public Optional<List<RegistryRow>> rowsOf(long epoch) {
      check();
      boolean finalised =
          !clock.instant().isBefore(Sample.SCHEDULE.endOf(epoch).plus(Duration.ofSeconds(2)));
      return finalised ? Optional.of(rows.apply(epoch)) : Optional.empty();
    }

    @Override
    public OracleSet oraclesOf(long epoch) {
      check();
      if (epoch > decided) {
        throw new R1Exception(new ErrorCode("R1-CHAIN-030"), "Not decided.", "Wait.");
      }
      return otherOracles.orElse(oracles);
    }

    @Override
    public boolean isOracle(EvmAddress address) {
      return oracles.indexOf(address) >= 0;
    }

    @Override
    public Optional<Bytes32> beacon(long epoch) {
      check();
      return Optional.of(Sample.hash("beacon " + epoch));
    }

    @Override
    public BigInteger rate(LicenceType type) {
      check();
      return Sample.RATE;
    }

    @Override
    public BigInteger rate(LicenceId licence, long epoch) {
      return rate(licence.type());
    }

    @Override
    public long pendingEpoch() {
      check();
      return entries.size();
    }

    @Override
    public Optional<RecordedEpoch> recorded(long epoch) {
      check();
      return !lagging && epoch >= 0 && epoch < entries.size() - notFinal
          ? Optional.of(entries.get((int) epoch))
          : Optional.empty();
    }

    @Override
    public Optional<Bytes32> outcomeHash(long epoch) {
      check();
      return recorded(epoch).map(RecordedEpoch::outcomeHash);
    }

    @Override
    public Bytes32 cumulativeRoot() {
      Bytes32 root = Bytes32.ZERO;
      for (RecordedEpoch entry : entries) {
        if (entry instanceof RecordedEpoch.Certified certified) {
          root = certified.outcome().cumulativeRoot();
        } else if (entry instanceof RecordedEpoch.Voided voided) {
          root = voided.outcome().cumulativeRoot();
        }
      }
      return root;
    }

    @Override
    public Optional<Receipt> submit(SignedCertificate certificate) {
      synchronized (MemoryChain.this) {
        check();
        if (refusing) {
          throw new R1Exception(new ErrorCode("R1-CHAIN-009"), "Reverted.", "Look.");
        }
        if (certificate.outcome().epoch() < entries.size()) {
          return Optional.empty();
        }
        if (certificate.outcome().epoch() > entries.size()) {
          throw new IllegalStateException("out of order");
        }
        recorded.add(certificate);
        entries.add(
            new RecordedEpoch.Certified(
                now(),
                CertificateHash.outcome(certificate.outcome()),
                certificate.outcome(),
                certificate.view(),
                certificate.signers()));
        payers.add(self);
        return Optional.of(new Receipt(Sample.hash("tx"), 2, BigInteger.ONE));
      }
    }

    @Override
    public int voidAfter() {
      check();
      return VOID_AFTER;
    }

    @Override
    public Optional<Receipt> submit(SignedVoid voided) {
      synchronized (MemoryChain.this) {
        check();
        VoidOutcome outcome = voided.outcome();
        if (outcome.epoch() < entries.size()) {
          return Optional.empty();
        }
        boolean allowed =
            !refusing
                && outcome.epoch() == entries.size()
                && Sample.SCHEDULE.epochAt(now()) >= outcome.epoch() + VOID_AFTER
                && Integer.bitCount(voided.signers()) >= oracles.quorum()
                && outcome.previousOutcomeHash().equals(newestOutcome());
        if (!allowed) {
          throw new R1Exception(new ErrorCode("R1-CHAIN-010"), "Reverted.", "Look.");
        }
        entries.add(
            new RecordedEpoch.Voided(
                now(), VoidHash.outcome(outcome), outcome, voided.view(), voided.signers()));
        payers.add(self);
        return Optional.of(new Receipt(Sample.hash("tx"), 2, BigInteger.ONE));
      }
    }

    @Override
    public Optional<Receipt> submit(Contradiction contradiction) {
      synchronized (MemoryChain.this) {
        check();
        if (refusing) {
          throw new R1Exception(new ErrorCode("R1-CHAIN-010"), "Reverted.", "Look.");
        }
        if (!suspended.add(contradiction.oracle())) {
          return Optional.empty();
        }
        payers.add(self);
        return Optional.of(new Receipt(Sample.hash("tx"), 2, BigInteger.ONE));
      }
    }

    @Override
    public EvmAddress payer() {
      return self;
    }

    @Override
    public BigInteger balance(EvmAddress account) {
      check();
      return balances.getOrDefault(account, BigInteger.TEN.pow(18));
    }

    @Override
    public long chainId() {
      return 31337;
    }

    @Override
    public Bytes32 networkId() {
      return Sample.hash("network");
    }

    @Override
    public EvmAddress controller() {
      return Sample.node(1000);
    }

    @Override
    public BlockRef head() {
      return new BlockRef(2, Sample.hash("block"), clock.instant());
    }

    @Override
    public BlockRef finalised() {
      return notFinal > 0
          ? new BlockRef(1, Sample.hash("final"), clock.instant().minus(FINALITY))
          : head();
    }
  }

  Instant now() {
    return clock.instant();
  }
}

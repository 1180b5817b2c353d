package ai.ratio1.oraclesync.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.outcome.CumulativeRewards;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.EpochRecord;
import ai.ratio1.outcome.Lookback;
import ai.ratio1.outcome.Reputations;
import ai.ratio1.outcome.Standing;
import ai.ratio1.outcome.Verdict;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The bytes in which epochs lie on disk. The first byte is the version of the layout. */
public final class EpochCodec {

  private static final int VERSION = 4;
  private static final int CERTIFIED = 0;
  private static final int VOIDED = 1;
  private static final int BY_GOVERNANCE = 2;

  private EpochCodec() {}

  /** Writes an epoch that is not certified yet. */
  public static byte[] encode(PendingEpoch pending) {
    return Packer.pack(
        VERSION,
        out -> {
          put(out, pending.ended());
          out.optional(pending.view().table(), out::bytes);
          out.number(pending.view().selfAvailability());
          out.number(pending.view().clockOffsetMillis());
          out.hash(pending.view().bitmapRoot());
        });
  }

  /** Reads what {@link #encode(PendingEpoch)} wrote. */
  public static PendingEpoch pending(byte[] bytes) {
    return Unpacker.unpack(
        VERSION,
        bytes,
        in -> {
          EndedEpoch ended = ended(in);
          Optional<byte[]> table = in.optional(in::bytes);
          OwnView view = new OwnView(table, (int) in.number(), (int) in.number(), in.hash());
          return new PendingEpoch(ended, view);
        });
  }

  /** Writes an epoch that is over. */
  public static byte[] encode(EpochRecord certified) {
    return Packer.pack(
        VERSION,
        out -> {
          put(out, certified.ended());
          put(out, certified.verdict());
          out.bytes(certified.table());
          out.optional(certified.standing(), standing -> put(out, standing));
        });
  }

  /** Reads what {@link #encode(EpochRecord)} wrote. */
  public static EpochRecord certified(byte[] bytes) {
    return Unpacker.unpack(
        VERSION,
        bytes,
        in -> new EpochRecord(ended(in), verdict(in), in.bytes(), in.optional(() -> standing(in))));
  }

  /**
   * What {@link #encode(EpochRecord)} wrote about some nodes. Much cheaper than the whole record,
   * of which it builds nothing else.
   */
  public static AgreedBytes agreed(byte[] bytes, Set<EvmAddress> nodes) {
    return Unpacker.unpack(
        VERSION,
        bytes,
        in -> {
          Map<EvmAddress, Integer> rows = ended(in, nodes);
          boolean voided = !(verdict(in) instanceof Verdict.Certified);
          byte[] table = in.bytes();
          in.optional(() -> standing(in));
          // Governance paid nobody: it left no table.
          rows.replaceAll((node, row) -> table.length == 0 ? 0 : Byte.toUnsignedInt(table[row]));
          return new AgreedBytes(rows, voided);
        });
  }

  /** Reads over what {@link #put(Packer, EndedEpoch)} wrote, and finds the rows of some nodes. */
  private static Map<EvmAddress, Integer> ended(Unpacker in, Set<EvmAddress> nodes)
      throws IOException {
    in.number();
    schedule(in);
    in.hash();
    in.list(in::address);
    in.number();
    in.hash();
    Map<EvmAddress, Integer> rows = new HashMap<>();
    int size = in.count();
    for (int row = 0; row < size; row++) {
      in.number();
      in.number();
      EvmAddress node = in.address();
      if (nodes.contains(node)) {
        rows.putIfAbsent(node, row);
      }
    }
    in.list(() -> new RateRun(in.number(), new BigInteger(in.bytes())));
    lookback(in);
    return rows;
  }

  /** Writes a cumulative state. */
  public static byte[] encode(CumulativeRewards cumulative) {
    return Packer.pack(
        VERSION,
        out ->
            out.list(
                cumulative.all(),
                reward -> {
                  put(out, reward.licence());
                  out.bytes(reward.credits().toByteArray());
                  out.bytes(reward.weight().toByteArray());
                }));
  }

  /** Reads what {@link #encode(CumulativeRewards)} wrote. */
  public static CumulativeRewards cumulative(byte[] bytes) {
    return Unpacker.unpack(
        VERSION,
        bytes,
        in ->
            CumulativeRewards.of(
                in.list(
                    () ->
                        new CumulativeReward(
                            licence(in), new BigInteger(in.bytes()), new BigInteger(in.bytes())))));
  }

  private static void put(Packer out, EndedEpoch ended) throws IOException {
    out.number(ended.epoch());
    put(out, ended.schedule());
    out.hash(ended.oracles().configDigest());
    out.list(ended.oracles().oracles(), out::address);
    out.number(ended.oracles().barred());
    out.hash(ended.beacon());
    out.list(
        ended.rows(),
        row -> {
          put(out, row.licence());
          out.address(row.node());
        });
    out.list(
        runs(ended.rates()),
        run -> {
          out.number(run.length());
          out.bytes(run.rate().toByteArray());
        });
    out.number(ended.lookback().settled() ? 1 : 0);
    out.number(ended.lookback().view().orElse(-1));
  }

  /** Most rows have the rate of the row before them. */
  private record RateRun(long length, BigInteger rate) {}

  private static List<RateRun> runs(List<BigInteger> rates) {
    List<RateRun> runs = new ArrayList<>();
    for (int begin = 0, end; begin < rates.size(); begin = end) {
      end = begin + 1;
      while (end < rates.size() && rates.get(end).equals(rates.get(begin))) {
        end++;
      }
      runs.add(new RateRun(end - begin, rates.get(begin)));
    }
    return runs;
  }

  private static List<BigInteger> rates(List<RateRun> runs, int rows) {
    List<BigInteger> rates = new ArrayList<>(rows);
    for (RateRun run : runs) {
      if (run.length() < 1 || run.length() > rows - rates.size()) {
        throw new IllegalArgumentException("a run of " + run.length() + " rates");
      }
      rates.addAll(Collections.nCopies((int) run.length(), run.rate()));
    }
    return rates;
  }

  private static EndedEpoch ended(Unpacker in) throws IOException {
    long epoch = in.number();
    EpochSchedule schedule = schedule(in);
    Bytes32 configDigest = in.hash();
    OracleSet oracles = new OracleSet(in.list(in::address), configDigest, (int) in.number());
    Bytes32 beacon = in.hash();
    List<RegistryRow> rows = in.list(() -> new RegistryRow(licence(in), in.address()));
    List<RateRun> runs = in.list(() -> new RateRun(in.number(), new BigInteger(in.bytes())));
    List<BigInteger> rates = rates(runs, rows.size());
    return new EndedEpoch(epoch, schedule, oracles, beacon, rows, rates, lookback(in));
  }

  private static Lookback lookback(Unpacker in) throws IOException {
    boolean settled = in.number() == 1;
    long view = in.number();
    return new Lookback(settled, view < 0 ? OptionalLong.empty() : OptionalLong.of(view));
  }

  private static void put(Packer out, Standing standing) throws IOException {
    put(out, standing.now());
    put(out, standing.before());
    out.list(standing.leaders(), out::address);
  }

  private static Standing standing(Unpacker in) throws IOException {
    return new Standing(reputations(in), reputations(in), in.list(in::address));
  }

  private static void put(Packer out, Reputations reputations) throws IOException {
    out.list(reputations.oracles(), out::address);
    out.list(reputations.values(), value -> out.number(value));
  }

  private static Reputations reputations(Unpacker in) throws IOException {
    return new Reputations(in.list(in::address), in.list(() -> (int) in.number()));
  }

  private static void put(Packer out, EpochSchedule schedule) throws IOException {
    out.number(schedule.genesis().getEpochSecond());
    out.number(schedule.epochLength().toMillis());
    out.number(schedule.slotLength().toMillis());
    out.number(schedule.clockTolerance().toMillis());
    out.number(schedule.lateWindow().toMillis());
    out.number(schedule.commitWindow().toMillis());
    out.number(schedule.theta());
  }

  private static EpochSchedule schedule(Unpacker in) throws IOException {
    return new EpochSchedule(
        Instant.ofEpochSecond(in.number()),
        Duration.ofMillis(in.number()),
        Duration.ofMillis(in.number()),
        Duration.ofMillis(in.number()),
        Duration.ofMillis(in.number()),
        Duration.ofMillis(in.number()),
        (int) in.number());
  }

  private static void put(Packer out, LicenceId licence) throws IOException {
    out.number(licence.type().code());
    out.number(licence.number());
  }

  private static LicenceId licence(Unpacker in) throws IOException {
    return new LicenceId(LicenceType.ofCode((int) in.number()), in.number());
  }

  private static void put(Packer out, Verdict verdict) throws IOException {
    if (verdict instanceof Verdict.Certified certified) {
      out.number(CERTIFIED);
      put(out, certified.certificate());
    } else if (verdict instanceof Verdict.Voided voided) {
      out.number(VOIDED);
      put(out, voided.outcome());
    } else {
      out.number(BY_GOVERNANCE);
      out.hash(verdict.outcomeHash());
    }
  }

  private static Verdict verdict(Unpacker in) throws IOException {
    int kind = (int) in.number();
    return switch (kind) {
      case CERTIFIED -> new Verdict.Certified(certificate(in));
      case VOIDED -> new Verdict.Voided(voided(in));
      case BY_GOVERNANCE -> new Verdict.VoidedByGovernance(in.hash());
      default -> throw new IllegalArgumentException("a verdict of kind " + kind);
    };
  }

  private static void put(Packer out, VoidOutcome outcome) throws IOException {
    out.hash(outcome.configDigest());
    out.number(outcome.epoch());
    out.hash(outcome.previousOutcomeHash());
    out.number(outcome.nodeCount());
    out.hash(outcome.registryRoot());
    out.hash(outcome.inputsDigest());
    out.hash(outcome.availabilityRoot());
    out.hash(outcome.cumulativeRoot());
    out.hash(outcome.tableHash());
    out.hash(outcome.reputationRoot());
  }

  private static VoidOutcome voided(Unpacker in) throws IOException {
    return new VoidOutcome(
        in.hash(),
        in.number(),
        in.hash(),
        (int) in.number(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.hash());
  }

  private static void put(Packer out, SignedCertificate certificate) throws IOException {
    EpochOutcome outcome = certificate.outcome();
    out.hash(outcome.configDigest());
    out.number(outcome.epoch());
    out.number(outcome.observers());
    out.number(outcome.excluded());
    out.number(outcome.theta());
    out.number(outcome.nodeCount());
    out.hash(outcome.registryRoot());
    out.hash(outcome.inputsDigest());
    out.hash(outcome.availabilityRoot());
    out.hash(outcome.cumulativeRoot());
    out.hash(outcome.tableHash());
    out.hash(outcome.reputationRoot());
    out.number(certificate.view());
    out.number(certificate.signers());
    out.list(certificate.signatures(), out::bytes);
  }

  private static SignedCertificate certificate(Unpacker in) throws IOException {
    EpochOutcome outcome =
        new EpochOutcome(
            in.hash(),
            in.number(),
            (int) in.number(),
            (int) in.number(),
            (int) in.number(),
            (int) in.number(),
            in.hash(),
            in.hash(),
            in.hash(),
            in.hash(),
            in.hash(),
            in.hash());
    return new SignedCertificate(outcome, in.number(), (int) in.number(), in.list(in::bytes));
  }
}

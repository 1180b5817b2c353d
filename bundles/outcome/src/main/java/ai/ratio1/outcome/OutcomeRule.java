package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.AvailabilityProof;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.Observation;
import ai.ratio1.wire.certificate.InputsHash;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.MerkleTree;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * The outcome of an epoch as a pure function of the agreed set of tables, the rows and the state
 * before it (consensus.md, section 4, rules 4 and 9).
 */
public final class OutcomeRule {

  private OutcomeRule() {}

  /**
   * Computes the outcome.
   *
   * @param previous the state after the epoch before
   * @param inputs the agreed set in any order, at least 2f+1 tables of distinct oracles
   * @throws IllegalArgumentException if the set is too small, a table does not fit the rows, or its
   *     oracle is barred
   */
  public static AgreedEpoch agree(EndedEpoch epoch, EpochState previous, List<Observation> inputs) {
    List<Observation> ordered = check(epoch, inputs);
    // Hashes that need nothing of the rest, so other processors may take them.
    ForkJoinTask<Bytes32> registryRoot =
        ForkJoinPool.commonPool().submit(() -> registryRoot(epoch.rows()));
    ThetaRule.Selection selection = ThetaRule.select(epoch, ordered);
    byte[] table = medians(epoch.rows().size(), selection.kept());
    ForkJoinTask<Bytes32> availabilityRoot =
        ForkJoinPool.commonPool().submit(() -> availabilityRoot(epoch, table));
    byte[] deflated = CanonicalDeflate.deflate(table);
    EpochState state =
        new EpochState(
            previous.rewards().plus(epoch, table),
            previous
                .standing()
                .map(s -> ReputationRule.next(epoch, s, ordered, selection.excluded(), table)));
    int observers = ordered.stream().mapToInt(o -> 1 << o.index()).reduce(0, (a, b) -> a | b);
    EpochOutcome outcome =
        new EpochOutcome(
            epoch.oracles().configDigest(),
            epoch.epoch(),
            observers,
            selection.excluded(),
            selection.theta(),
            table.length,
            registryRoot.join(),
            InputsHash.of(observers, ordered.stream().map(Observation::tableHash).toList()),
            availabilityRoot.join(),
            state.rewards().root(),
            sha256(deflated),
            state.reputationRoot());
    return new AgreedEpoch(outcome, table, deflated, state);
  }

  /**
   * Rebuilds an epoch of a network without reputations from a certified outcome and its agreed
   * table. Reputations need the observations: then {@link #agree} rebuilds everything.
   *
   * @return empty when rows, table or previous state do not lead to the roots in the outcome
   */
  public static Optional<AgreedEpoch> restore(
      EndedEpoch epoch, EpochState previous, EpochOutcome outcome, byte[] deflated) {
    if (!previous.mayLackReputations()
        || !outcome.reputationRoot().equals(Bytes32.ZERO)
        || !sha256(deflated).equals(outcome.tableHash())
        || outcome.nodeCount() != epoch.rows().size()
        || !registryRoot(epoch.rows()).equals(outcome.registryRoot())) {
      return Optional.empty();
    }
    return CanonicalDeflate.inflate(deflated, outcome.nodeCount())
        .filter(table -> availabilityRoot(epoch, table).equals(outcome.availabilityRoot()))
        .map(
            table ->
                new AgreedEpoch(
                    outcome,
                    table,
                    deflated,
                    new EpochState(previous.rewards().plus(epoch, table), Optional.empty())))
        .filter(agreed -> agreed.cumulative().root().equals(outcome.cumulativeRoot()));
  }

  /** keccak256 over the words (type, id, node) of every row. */
  public static Bytes32 registryRoot(List<RegistryRow> rows) {
    AbiWords words = new AbiWords();
    for (RegistryRow row : rows) {
      words.uint(row.licence().type().code()).uint(row.licence().number()).address(row.node());
    }
    return words.hash();
  }

  private static List<Observation> check(EndedEpoch epoch, List<Observation> inputs) {
    List<Observation> ordered =
        inputs.stream().sorted(Comparator.comparingInt(Observation::index)).toList();
    long distinct = ordered.stream().mapToInt(Observation::index).distinct().count();
    boolean fits =
        ordered.stream()
            .allMatch(
                input ->
                    input.index() == epoch.oracles().indexOf(input.oracle())
                        && input.index() >= 0
                        && !epoch.oracles().isBarred(input.index())
                        && input.table().length == epoch.rows().size());
    if (!fits || distinct != ordered.size() || distinct < epoch.fewestTables()) {
      throw new IllegalArgumentException("not an agreed set of epoch " + epoch.epoch());
    }
    return ordered;
  }

  private static byte[] medians(int rows, List<Observation> kept) {
    byte[] table = new byte[rows];
    int[] column = new int[kept.size()];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < column.length; i++) {
        column[i] = Byte.toUnsignedInt(kept.get(i).table()[row]);
      }
      table[row] = (byte) LowerMedian.of(column, column.length);
    }
    return table;
  }

  /**
   * The proof of the agreed byte of a row against the availability root.
   *
   * @param table the agreed byte of each row
   */
  public static AvailabilityProof availabilityProof(EndedEpoch epoch, byte[] table, int row) {
    return new AvailabilityProof(
        epoch.rows().get(row),
        Byte.toUnsignedInt(table[row]),
        availabilityTree(epoch, table).proof(row));
  }

  static Bytes32 availabilityRoot(EndedEpoch epoch, byte[] table) {
    return availabilityTree(epoch, table).root();
  }

  private static MerkleTree availabilityTree(EndedEpoch epoch, byte[] table) {
    return MerkleTree.of(
        table.length,
        i ->
            RewardLeaf.availability(
                epoch.epoch(), epoch.rows().get(i), Byte.toUnsignedInt(table[i])));
  }

  /** SHA-256: by it tables are named. */
  public static Bytes32 sha256(byte[] bytes) {
    try {
      return Bytes32.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

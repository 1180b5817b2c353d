package ai.ratio1.outcome;

import ai.ratio1.consensus.Observation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.InflaterInputStream;

/**
 * Everything from which the certificate of an epoch can be computed again.
 *
 * @param signed what was signed, and by whom
 * @param ended what the chain said about the epoch
 * @param before what the epoch before handed on
 * @param tables the tables of the agreed set as they were revealed, deflated, ascending by the
 *     index of their oracle; shared, so do not change them
 */
public record EpochArtefacts(
    SignedEpoch signed, EndedEpoch ended, EpochState before, List<byte[]> tables) {

  /** Copies the list. */
  public EpochArtefacts {
    tables = List.copyOf(tables);
  }

  /** The same with reveals that others knew. */
  public EpochArtefacts with(SignedEpoch other) {
    return new EpochArtefacts(signed.with(other.reveals()), ended, before, tables);
  }

  /** Who observed, by index, ascending: whose table is at which place. */
  public List<Integer> observers() {
    int bitmap = signed.certificate().outcome().observers();
    return IntStream.range(0, ended.oracles().size())
        .filter(index -> (bitmap >>> index & 1) == 1)
        .boxed()
        .toList();
  }

  /**
   * The agreed set.
   *
   * @return empty when there is not one table per observer, or one has other rows than the epoch
   */
  public Optional<List<Observation>> observations() {
    List<Integer> observers = observers();
    List<Observation> all = new ArrayList<>();
    for (int i = 0; i < Math.min(observers.size(), tables.size()); i++) {
      int index = observers.get(i);
      byte[] deflated = tables.get(i);
      inflate(deflated, ended.rows().size())
          .map(
              table ->
                  new Observation(
                      ended.oracles().oracles().get(index),
                      index,
                      OutcomeRule.sha256(deflated),
                      table))
          .ifPresent(all::add);
    }
    return all.size() == observers.size() && all.size() == tables.size()
        ? Optional.of(all)
        : Optional.empty();
  }

  /** Never inflates beyond the rows. */
  private static Optional<byte[]> inflate(byte[] deflated, int rows) {
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      // One byte more than expected shows a table that goes on.
      byte[] table = in.readNBytes(rows + 1);
      return table.length == rows ? Optional.of(table) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

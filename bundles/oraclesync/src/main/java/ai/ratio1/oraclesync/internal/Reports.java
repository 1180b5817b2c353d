package ai.ratio1.oraclesync.internal;

import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.EpochReport.Stage;
import ai.ratio1.consensus.Observation;
import ai.ratio1.oraclesync.internal.core.CumulativeRewards;
import ai.ratio1.oraclesync.internal.core.EndedEpoch;
import ai.ratio1.oraclesync.internal.core.EpochRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Answers questions about epochs from what is stored. On the thread that owns the store alone. */
final class Reports {

  private final Neighbours neighbours;
  private final EpochStore store;
  private final ChainWatch chain;
  private @Nullable Claims claims;

  /** The state that can be claimed against, kept because building its tree takes a while. */
  private record Claims(long epoch, CumulativeRewards rewards) {}

  Reports(Neighbours neighbours, EpochStore store, ChainWatch chain) {
    this.neighbours = neighbours;
    this.store = store;
    this.chain = chain;
  }

  /**
   * A report.
   *
   * @param current the current epoch
   * @param recorded the newest epoch the chain recorded
   */
  Optional<EpochReport> report(long epoch, long current, long recorded) {
    Optional<EpochRecord> certified = store.certified(epoch);
    if (certified.isPresent()) {
      return certified.map(record -> over(record, recorded));
    }
    if (epoch < 0 || epoch > current) {
      return Optional.empty();
    }
    Stage stage = epoch == current ? Stage.OPEN : Stage.PENDING;
    Optional<EndedEpoch> ended = store.pending(epoch).map(pending -> pending.ended());
    Map<EvmAddress, Presence> own = own(epoch);
    List<EvmAddress> oracles =
        ended
            .map(EndedEpoch::oracles)
            .or(chain::currentOracles)
            .map(OracleSet::oracles)
            .orElse(List.of());
    return Optional.of(
        new EpochReport(
            epoch,
            stage,
            oracles,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            ended.map(EndedEpoch::rows).orElse(List.of()),
            List.of(),
            own));
  }

  /** Forgets the state that was claimed against: it was undone. */
  void forget() {
    claims = null;
  }

  /** The proof for a licence against the newest recorded root, if that epoch is settled here. */
  Optional<ClaimProof> claim(LicenceId licence, long recorded) {
    Claims known = claims;
    if (known == null || known.epoch() != recorded) {
      known = store.cumulative(recorded).map(rewards -> new Claims(recorded, rewards)).orElse(null);
      claims = known;
    }
    return Optional.ofNullable(known).flatMap(state -> state.rewards().proof(licence, recorded));
  }

  private EpochReport over(EpochRecord record, long recorded) {
    EndedEpoch ended = record.ended();
    byte[] table = record.table();
    return new EpochReport(
        ended.epoch(),
        stage(record, recorded),
        ended.oracles().oracles(),
        record.certificate(),
        Optional.of(record.verdict().outcomeHash()),
        record.certificate().isPresent() ? observations(ended.epoch()) : List.of(),
        ended.rows(),
        IntStream.range(0, table.length).mapToObj(i -> Byte.toUnsignedInt(table[i])).toList(),
        own(ended.epoch()),
        record.standing().map(standing -> standing.now().of(ended.oracles())).orElse(List.of()));
  }

  private static Stage stage(EpochRecord record, long recorded) {
    if (record.certificate().isEmpty()) {
      return Stage.VOIDED;
    }
    return record.ended().epoch() <= recorded ? Stage.RECORDED : Stage.CERTIFIED;
  }

  private List<Observation> observations(long epoch) {
    return neighbours.agreement().map((Agreement a) -> a.observations(epoch)).orElse(List.of());
  }

  private Map<EvmAddress, Presence> own(long epoch) {
    return neighbours
        .ledger()
        .map((AvailabilityLedger ledger) -> ledger.presence(epoch))
        .orElse(Map.of());
  }
}

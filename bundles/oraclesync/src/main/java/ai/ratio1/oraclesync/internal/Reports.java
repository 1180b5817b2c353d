package ai.ratio1.oraclesync.internal;

import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.EpochReport.Stage;
import ai.ratio1.consensus.Observation;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.oraclesync.internal.core.PendingEpoch;
import ai.ratio1.outcome.CumulativeRewards;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.EpochArtefacts;
import ai.ratio1.outcome.EpochRecord;
import ai.ratio1.outcome.EpochState;
import ai.ratio1.outcome.NetworkName;
import ai.ratio1.outcome.SignedEpoch;
import ai.ratio1.outcome.SlotBitmaps;
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
  private @Nullable Slots slots;

  /** The state that can be claimed against, kept because building its tree takes a while. */
  private record Claims(long epoch, CumulativeRewards rewards) {}

  /** What was seen in an epoch, kept because its tree takes a while as well. */
  private record Slots(long epoch, SlotBitmaps bitmaps) {}

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
    slots = null;
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

  /** In which slots of an ended epoch a node was seen here. */
  Optional<SlotProof> slots(long epoch, EvmAddress node) {
    Slots known = slots;
    if (known == null || known.epoch() != epoch) {
      known =
          ended(epoch)
              .map(facts -> new Slots(epoch, SlotBitmaps.of(facts, own(epoch))))
              .orElse(null);
      slots = known;
    }
    return Optional.ofNullable(known).flatMap(seen -> seen.bitmaps().proof(node));
  }

  private Optional<EndedEpoch> ended(long epoch) {
    return store
        .certified(epoch)
        .map(EpochRecord::ended)
        .or(() -> store.pending(epoch).map(PendingEpoch::ended));
  }

  /** Everything from which the certificate of an epoch can be computed again. */
  Optional<EpochArtefacts> artefacts(long epoch) {
    Optional<EpochRecord> record = store.certified(epoch);
    Optional<SignedCertificate> certificate = record.flatMap(EpochRecord::certificate);
    Optional<EpochState> before = store.state(epoch - 1);
    Optional<Agreement> agreement = neighbours.agreement();
    Optional<Chain> network = neighbours.chain();
    if (certificate.isEmpty() || before.isEmpty() || agreement.isEmpty() || network.isEmpty()) {
      return Optional.empty();
    }
    EndedEpoch ended = record.orElseThrow().ended();
    SignedEpoch signed =
        new SignedEpoch(
            name(network.get()),
            epoch,
            ended.schedule(),
            ended.oracles(),
            certificate.get(),
            agreement.get().reveals(epoch));
    List<byte[]> tables =
        agreement.get().observations(epoch).stream()
            .flatMap(table -> agreement.get().table(table.tableHash()).stream())
            .toList();
    return Optional.of(new EpochArtefacts(signed, ended, before.get(), tables))
        .filter(whole -> whole.observations().isPresent());
  }

  private static NetworkName name(Chain chain) {
    return new NetworkName(chain.networkId(), chain.chainId(), chain.controller());
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

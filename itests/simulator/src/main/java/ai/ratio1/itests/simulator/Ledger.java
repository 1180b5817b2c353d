package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.TableBytes;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.Observation;
import ai.ratio1.outcome.AgreedEpoch;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.EpochState;
import ai.ratio1.outcome.OutcomeRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The outcomes of a run. They are a pure function of their inputs, so everybody shares what anybody
 * computed.
 */
final class Ledger {

  private final boolean rule;
  private final Map<Long, EndedEpoch> epochs = new HashMap<>();
  private final Map<Bytes32, byte[]> tables = new HashMap<>();
  private final Map<Place, Settled> computed = new HashMap<>();
  private final Map<Long, EpochState> states = new HashMap<>();

  Ledger(Ground ground) {
    this.rule = ground.scale().rule();
    this.states.put(ground.firstEpoch() - 1, EpochState.founding());
  }

  void begin(EndedEpoch epoch) {
    epochs.put(epoch.epoch(), epoch);
  }

  /** A table that somebody has. */
  void know(Bytes32 hash, byte[] deflated) {
    tables.putIfAbsent(hash, deflated);
  }

  /** The outcome of a set; empty while the one before is not certified, or a table is not known. */
  Optional<EpochOutcome> outcome(long epoch, Inputs inputs) {
    Place place = new Place(epoch, inputs);
    Settled known = computed.get(place);
    if (known == null) {
      known = rule ? agree(epoch, inputs).orElse(null) : digest(epoch, inputs);
    }
    if (known == null) {
      return Optional.empty();
    }
    computed.put(place, known);
    return Optional.of(known.outcome());
  }

  /** The first certificate of an epoch is known; empty when nobody honest can have signed it. */
  Optional<Settled> settle(EpochOutcome outcome) {
    Optional<Settled> settled =
        computed.values().stream().filter(known -> known.outcome().equals(outcome)).findFirst();
    settled
        .flatMap(Settled::agreed)
        .ifPresent(agreed -> states.putIfAbsent(outcome.epoch(), agreed.state()));
    return settled;
  }

  /** What the leaders of an epoch are drawn with; none when all are equal or it cannot be known. */
  List<Integer> weights(EndedEpoch epoch) {
    return Optional.ofNullable(states.get(epoch.epoch() - 1))
        .flatMap(EpochState::standing)
        .flatMap(standing -> standing.weights(epoch, epoch.epoch() - 1))
        .orElse(List.of());
  }

  /** What the leaders of the next epoch but one will be drawn with. */
  List<Integer> reputationsAfter(long epoch, OracleSet oracles) {
    return Optional.ofNullable(states.get(epoch))
        .flatMap(EpochState::standing)
        .map(standing -> standing.now().of(oracles))
        .orElse(List.of());
  }

  /** The rows of a table; empty when nobody has it or it is none of this epoch. */
  Optional<byte[]> rows(long epoch, Bytes32 hash) {
    byte[] deflated = tables.get(hash);
    int rows = ended(epoch).rows().size();
    return deflated == null ? Optional.empty() : TableBytes.inflate(deflated, rows);
  }

  private EndedEpoch ended(long epoch) {
    return Objects.requireNonNull(epochs.get(epoch), "nobody asks before it has begun");
  }

  private Optional<Settled> agree(long epoch, Inputs inputs) {
    EpochState before = states.get(epoch - 1);
    EndedEpoch ended = ended(epoch);
    List<Observation> observations = observations(ended, inputs);
    if (before == null
        || observations.size() != inputs.size()
        || observations.size() < ended.fewestTables()) {
      return Optional.empty();
    }
    AgreedEpoch agreed = OutcomeRule.agree(ended, before, observations);
    return Optional.of(new Settled(inputs, agreed.outcome(), Optional.of(agreed)));
  }

  private List<Observation> observations(EndedEpoch ended, Inputs inputs) {
    OracleSet oracles = ended.oracles();
    List<Integer> indices = inputs.indices();
    List<Observation> observations = new ArrayList<>();
    for (int k = 0; k < indices.size(); k++) {
      int index = indices.get(k);
      Bytes32 hash = inputs.tables().get(k);
      rows(ended.epoch(), hash)
          .ifPresent(
              rows ->
                  observations.add(
                      new Observation(oracles.oracles().get(index), index, hash, rows)));
    }
    return observations;
  }

  private Settled digest(long epoch, Inputs inputs) {
    EndedEpoch ended = ended(epoch);
    Bytes32 digest = inputs.digest();
    EpochOutcome outcome =
        new EpochOutcome(
            ended.oracles().configDigest(),
            epoch,
            inputs.observers(),
            0,
            250,
            ended.rows().size(),
            Bytes32.ZERO,
            digest,
            digest,
            digest,
            digest,
            Bytes32.ZERO);
    return new Settled(inputs, outcome, Optional.empty());
  }

  /**
   * An outcome and where it comes from.
   *
   * @param agreed with its table, if the production rule computed it
   */
  record Settled(Inputs inputs, EpochOutcome outcome, Optional<AgreedEpoch> agreed) {}

  private record Place(long epoch, Inputs inputs) {}
}

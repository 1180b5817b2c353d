package ai.ratio1.economy.contracts;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.AvailabilityProof;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.economy.model.EpochLog;
import ai.ratio1.economy.model.SettleNodes;
import ai.ratio1.outcome.CumulativeRewards;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What oracles keep of every epoch: the trees under the roots that the chain knows. */
final class Archive {

  private static final int ALL_FOUR = 0xf;

  /** An epoch as it was recorded. */
  record Sealed(
      EpochLog.Kind kind,
      EpochOutcome outcome,
      List<LicenceId> rows,
      MerkleTree availability,
      CumulativeRewards rewards) {

    List<Bytes32> proof(LicenceId licence) {
      return rewards.proof(licence, outcome.epoch()).map(ClaimProof::path).orElse(List.of());
    }

    AvailabilityProof proof(SettleNodes.NodeRow row) {
      int leaf = rows.indexOf(row.licence());
      List<Bytes32> path = leaf < 0 ? List.of() : availability.proof(leaf);
      return new AvailabilityProof(
          new RegistryRow(row.licence(), row.node()), row.availability(), path);
    }

    Controller.VoidEpoch voided(Bytes32 previousOutcome) {
      byte[] none = new byte[32];
      return new Controller.VoidEpoch(
          outcome.configDigest().toArray(),
          BigInteger.valueOf(outcome.epoch()),
          BigInteger.ZERO,
          previousOutcome.toArray(),
          BigInteger.valueOf(outcome.nodeCount()),
          none,
          none,
          outcome.availabilityRoot().toArray(),
          outcome.cumulativeRoot().toArray(),
          none,
          none);
    }
  }

  private final List<Sealed> epochs = new ArrayList<>();
  private final Supplier<Bytes32> digest;
  private Bytes32 known = Bytes32.ZERO;

  /** The digest is asked for once, when oracles are announced. */
  Archive(Supplier<Bytes32> configDigest) {
    this.digest = configDigest;
  }

  /** Digest of the configuration of the oracles. */
  Bytes32 configDigest() {
    if (known.equals(Bytes32.ZERO)) {
      known = digest.get();
    }
    return known;
  }

  /** The certificate or void of an epoch; one of nothing when it was never recorded. */
  Sealed of(long epoch) {
    return epoch >= 0 && epoch < epochs.size()
        ? epochs.get((int) epoch)
        : seal(epoch, new EpochLog.Recorded(EpochLog.Kind.CERTIFIED, 0, Map.of(), Map.of()));
  }

  /** What the newest recorded root covers. */
  Sealed newest() {
    return of(epochs.size() - 1L);
  }

  void add(Sealed epoch) {
    epochs.add(epoch);
  }

  /** Builds both trees. */
  Sealed seal(long epoch, EpochLog.Recorded recorded) {
    List<LicenceId> licences = List.copyOf(recorded.rows().keySet());
    List<Bytes32> leaves = new ArrayList<>();
    for (LicenceId licence : licences) {
      EpochLog.Row row = recorded.rows().get(licence);
      leaves.add(
          RewardLeaf.availability(epoch, new RegistryRow(licence, row.node()), row.availability()));
    }
    MerkleTree availability = MerkleTree.of(leaves);
    List<CumulativeReward> all = List.copyOf(recorded.rewards().values());
    CumulativeRewards rewards = CumulativeRewards.of(all);
    EpochOutcome outcome =
        new EpochOutcome(
            configDigest(),
            epoch,
            ALL_FOUR,
            0,
            250,
            licences.size(),
            Bytes32.ZERO,
            Bytes32.ZERO,
            availability.root(),
            rewards.root(),
            Bytes32.ZERO,
            Bytes32.ZERO);
    return new Sealed(recorded.kind(), outcome, licences, availability, rewards);
  }
}

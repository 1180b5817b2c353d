package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/**
 * Hashes of what stands in for a certificate (consensus.md, section 4, rule 8). Each kind has a
 * type of its own, so none passes for another. The contract computes the same.
 */
public final class VoidHash {

  private static final String AFTER_VIEW =
      "bytes32 previousOutcomeHash,uint32 nodeCount,bytes32 registryRoot,bytes32 inputsDigest,"
          + "bytes32 availabilityRoot,bytes32 cumulativeRoot,bytes32 tableHash,"
          + "bytes32 reputationRoot)";
  private static final Bytes32 VOID =
      Eip712.typeHash("VoidEpoch(bytes32 configDigest,uint32 epoch,uint32 view," + AFTER_VIEW);
  private static final Bytes32 OUTCOME =
      Eip712.typeHash("VoidOutcome(bytes32 configDigest,uint32 epoch," + AFTER_VIEW);
  private static final Bytes32 GOVERNANCE =
      Eip712.typeHash(
          "GovernanceVoid(bytes32 configDigest,uint32 epoch,bytes32 previousOutcomeHash)");

  private VoidHash() {}

  /** What stands in the place of the outcome hash of a certificate; independent of the view. */
  public static Bytes32 outcome(VoidOutcome outcome) {
    AbiWords words =
        new AbiWords().bytes32(OUTCOME).bytes32(outcome.configDigest()).uint(outcome.epoch());
    return rest(words, outcome).hash();
  }

  /**
   * The EIP-712 digest an oracle signs.
   *
   * @param domain {@link CertificateHash#domain}
   */
  public static Bytes32 digest(Bytes32 domain, VoidOutcome outcome, long view) {
    AbiWords words =
        new AbiWords()
            .bytes32(VOID)
            .bytes32(outcome.configDigest())
            .uint(outcome.epoch())
            .uint(view);
    return Eip712.digest(domain, rest(words, outcome).hash());
  }

  /**
   * The same for an epoch that governance voided.
   *
   * @param configDigest digest of the configuration of the epoch's own oracle set
   * @param previousOutcomeHash outcome hash of the epoch before, or zero for epoch 0
   */
  public static Bytes32 byGovernance(
      Bytes32 configDigest, long epoch, Bytes32 previousOutcomeHash) {
    return new AbiWords()
        .bytes32(GOVERNANCE)
        .bytes32(configDigest)
        .uint(epoch)
        .bytes32(previousOutcomeHash)
        .hash();
  }

  private static AbiWords rest(AbiWords words, VoidOutcome outcome) {
    return words
        .bytes32(outcome.previousOutcomeHash())
        .uint(outcome.nodeCount())
        .bytes32(outcome.registryRoot())
        .bytes32(outcome.inputsDigest())
        .bytes32(outcome.availabilityRoot())
        .bytes32(outcome.cumulativeRoot())
        .bytes32(outcome.tableHash())
        .bytes32(outcome.reputationRoot());
  }
}

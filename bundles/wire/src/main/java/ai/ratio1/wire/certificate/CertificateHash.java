package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/** Hashes of certificates (consensus.md, sections 1 and 3). The contract computes the same. */
public final class CertificateHash {

  private static final String BEFORE_VIEW = "(bytes32 configDigest,uint32 epoch,";
  private static final String AFTER_VIEW =
      "uint32 observers,uint32 excluded,uint8 theta,uint32 nodeCount,bytes32 registryRoot,"
          + "bytes32 inputsDigest,bytes32 availabilityRoot,bytes32 cumulativeRoot,"
          + "bytes32 tableHash,bytes32 reputationRoot)";
  private static final Bytes32 CERTIFICATE =
      Eip712.typeHash("EpochCertificate" + BEFORE_VIEW + "uint32 view," + AFTER_VIEW);
  private static final Bytes32 OUTCOME = Eip712.typeHash("EpochOutcome" + BEFORE_VIEW + AFTER_VIEW);

  private CertificateHash() {}

  /** The domain of every consensus message: R1Availability, version 1. */
  public static Bytes32 domain(long chainId, EvmAddress controller) {
    return Eip712.domain("R1Availability", "1", chainId, controller);
  }

  /** outcomeHash(e): what seeds, chain links and references use; independent of the view. */
  public static Bytes32 outcome(EpochOutcome outcome) {
    AbiWords words =
        new AbiWords().bytes32(OUTCOME).bytes32(outcome.configDigest()).uint(outcome.epoch());
    return rest(words, outcome).hash();
  }

  /** The EIP-712 digest an oracle signs in Commit. */
  public static Bytes32 digest(Bytes32 domain, EpochOutcome outcome, long view) {
    AbiWords words =
        new AbiWords()
            .bytes32(CERTIFICATE)
            .bytes32(outcome.configDigest())
            .uint(outcome.epoch())
            .uint(view);
    return Eip712.digest(domain, rest(words, outcome).hash());
  }

  private static AbiWords rest(AbiWords words, EpochOutcome outcome) {
    return words
        .uint(Integer.toUnsignedLong(outcome.observers()))
        .uint(Integer.toUnsignedLong(outcome.excluded()))
        .uint(outcome.theta())
        .uint(outcome.nodeCount())
        .bytes32(outcome.registryRoot())
        .bytes32(outcome.inputsDigest())
        .bytes32(outcome.availabilityRoot())
        .bytes32(outcome.cumulativeRoot())
        .bytes32(outcome.tableHash())
        .bytes32(outcome.reputationRoot());
  }
}

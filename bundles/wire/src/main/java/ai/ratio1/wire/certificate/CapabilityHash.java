package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/** What a node signs when it proves its processors, and what an oracle signs about it. */
public final class CapabilityHash {

  private static final Bytes32 ANSWER =
      Eip712.typeHash(
          "CapabilityAnswer(uint32 epoch,address node,bytes32 beacon,string profile,uint16 cores,"
              + "uint32 memoryMiB,uint16 gpus,bytes32 work)");
  private static final Bytes32 FINDING =
      Eip712.typeHash(
          "CapabilityFinding(uint32 epoch,address node,string profile,uint16 cores,"
              + "uint32 memoryMiB,uint16 gpus,bytes32 work,uint8 verdict,uint64 delayMillis,"
              + "uint64 allowedMillis,uint32 samples,int32 wrongSegment)");

  private CapabilityHash() {}

  /**
   * The EIP-712 digest of a node's answer.
   *
   * @param domain {@link CertificateHash#domain}
   * @param work {@code keccak256} of the checkpoints; zero for a claim without an answer
   */
  public static Bytes32 answer(
      Bytes32 domain,
      long epoch,
      EvmAddress node,
      Bytes32 beacon,
      CapabilityClaim claim,
      Bytes32 work) {
    AbiWords words = new AbiWords().bytes32(ANSWER).uint(epoch).address(node).bytes32(beacon);
    return Eip712.digest(domain, claim(words, claim).bytes32(work).hash());
  }

  /**
   * The EIP-712 digest of an oracle's finding.
   *
   * @param domain {@link CertificateHash#domain}
   */
  public static Bytes32 finding(Bytes32 domain, CapabilityFinding finding) {
    AbiWords words = new AbiWords().bytes32(FINDING).uint(finding.epoch()).address(finding.node());
    return Eip712.digest(
        domain,
        claim(words, finding.claim())
            .bytes32(finding.work())
            .uint(finding.cores().code())
            .uint(finding.delay().toMillis())
            .uint(finding.allowed().toMillis())
            .uint(finding.samples())
            .int256(finding.wrongSegment())
            .hash());
  }

  private static AbiWords claim(AbiWords words, CapabilityClaim claim) {
    return words
        .bytes32(Eip712.text(claim.profile()))
        .uint(claim.cores())
        .uint(claim.memoryMiB())
        .uint(claim.gpus());
  }
}

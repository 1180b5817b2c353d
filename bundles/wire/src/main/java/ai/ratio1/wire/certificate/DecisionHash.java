package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/** Hashes of decisions (consensus.md, section 3). The contract computes the same. */
public final class DecisionHash {

  private static final Bytes32 DECISION =
      Eip712.typeHash(
          "DecisionCertificate(bytes32 configDigest,bytes32 topic,uint64 sequence,uint32 view,"
              + "bytes32 valueHash)");

  private DecisionHash() {}

  /**
   * The EIP-712 digest an oracle signs.
   *
   * @param domain {@link CertificateHash#domain}
   * @param configDigest digest of the configuration of the oracle set
   * @param topic what the decision is about
   * @param sequence counts the decisions of the topic
   * @param view the view it was reached in
   * @param valueHash hash of the value
   */
  public static Bytes32 digest(
      Bytes32 domain,
      Bytes32 configDigest,
      Bytes32 topic,
      long sequence,
      long view,
      Bytes32 valueHash) {
    Bytes32 struct =
        new AbiWords()
            .bytes32(DECISION)
            .bytes32(configDigest)
            .bytes32(topic)
            .uint(sequence)
            .uint(view)
            .bytes32(valueHash)
            .hash();
    return Eip712.digest(domain, struct);
  }
}

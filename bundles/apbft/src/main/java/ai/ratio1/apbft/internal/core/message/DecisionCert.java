package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.SignedDecision;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import ai.ratio1.wire.evm.Keccak256;
import java.util.List;

/**
 * What was decided, and the quorum that signed it. Also the answer to whoever is behind.
 *
 * @param header context and sender
 * @param slot what was decided
 * @param view the view in which the quorum committed
 * @param value the value
 * @param signers bitmap of the signing oracles, by index
 * @param signatures their signatures over the certificate, ascending by index
 */
public record DecisionCert(
    Header header, Slot slot, long view, Octets value, int signers, List<Octets> signatures)
    implements DecisionMessage {

  private static final Bytes32 TYPE =
      Struct.decisionType(
          "DecisionCert", "uint32 view,bytes value,uint32 signers,bytes[] signatures");

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is not one signature per signer, the value is too
   *     long, or the header names an epoch
   */
  public DecisionCert {
    signatures = List.copyOf(signatures);
    Struct.check(header, value);
    if (signers < 0 || Integer.bitCount(signers) != signatures.size()) {
      throw new IllegalArgumentException("one signature per signer is needed");
    }
  }

  /** The same, shown by another oracle. */
  public DecisionCert by(Header other) {
    return new DecisionCert(other, slot, view, value, signers, signatures);
  }

  /** The hash of the value. */
  public Bytes32 valueHash() {
    return Keccak256.of(value.toArray());
  }

  /** The certificate it shows. */
  public SignedDecision certificate() {
    return new SignedDecision(
        header.configDigest(),
        slot.topic(),
        slot.sequence(),
        view,
        valueHash(),
        signers,
        signatures.stream().map(Octets::toArray).toList());
  }

  @Override
  public Kind kind() {
    return Kind.DECISION_CERT;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    AbiWords words = Struct.words(TYPE, header, slot).uint(view).bytes32(Struct.bytes(value));
    words.uint(Integer.toUnsignedLong(signers)).bytes32(Struct.bytesArray(signatures));
    return Eip712.digest(domain, words.hash());
  }
}

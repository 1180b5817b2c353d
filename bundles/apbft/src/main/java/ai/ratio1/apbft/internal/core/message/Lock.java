package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.certificate.InputsHash;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import java.util.List;

/**
 * Proof that a quorum prepared a value in a view: whoever shows it may ask that this value, and no
 * other, is proposed again.
 *
 * @param view the view of the prepares
 * @param inputs the set they prepared
 * @param outcomeDigest hash of the outcome they prepared
 * @param signers bitmap of the oracles that prepared, by index
 * @param signatures their signatures of {@link Prepare}, ascending by index
 */
public record Lock(
    long view, Inputs inputs, Bytes32 outcomeDigest, int signers, List<Octets> signatures)
    implements Proof {

  static final String TYPE =
      "Lock(uint32 view,Inputs inputs,bytes32 outcomeDigest,uint32 signers,bytes[] signatures)";

  private static final Bytes32 TYPE_HASH = Eip712.typeHash(TYPE + InputsHash.TYPE);

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is not one signature per signer
   */
  public Lock {
    signatures = List.copyOf(signatures);
    if (signers < 0 || Integer.bitCount(signers) != signatures.size()) {
      throw new IllegalArgumentException("one signature per signer is needed");
    }
  }

  /** EIP-712 hashStruct; it identifies the lock together with its proof. */
  public Bytes32 hash() {
    // hashStruct of a struct with a nested struct appends the nested type to the type string.
    return new AbiWords()
        .bytes32(TYPE_HASH)
        .uint(view)
        .bytes32(inputs.digest())
        .bytes32(outcomeDigest)
        .uint(Integer.toUnsignedLong(signers))
        .bytes32(Struct.bytesArray(signatures))
        .hash();
  }
}

package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import java.util.List;

/**
 * Proof that a quorum prepared a value in a view of a slot.
 *
 * @param view the view of the prepares
 * @param valueHash keccak256 of the value they prepared
 * @param signers bitmap of the oracles that prepared, by index
 * @param signatures their signatures of {@link DecisionPrepare}, ascending by index
 */
public record ValueLock(long view, Bytes32 valueHash, int signers, List<Octets> signatures)
    implements Proof {

  static final String TYPE =
      "ValueLock(uint32 view,bytes32 valueHash,uint32 signers,bytes[] signatures)";

  private static final Bytes32 TYPE_HASH = Eip712.typeHash(TYPE);

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is not one signature per signer
   */
  public ValueLock {
    signatures = List.copyOf(signatures);
    if (signers < 0 || Integer.bitCount(signers) != signatures.size()) {
      throw new IllegalArgumentException("one signature per signer is needed");
    }
  }

  /** EIP-712 hashStruct. */
  Bytes32 hash() {
    return new AbiWords()
        .bytes32(TYPE_HASH)
        .uint(view)
        .bytes32(valueHash)
        .uint(Integer.toUnsignedLong(signers))
        .bytes32(Struct.bytesArray(signatures))
        .hash();
  }
}

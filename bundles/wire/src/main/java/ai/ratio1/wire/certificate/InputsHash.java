package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import ai.ratio1.wire.evm.Keccak256;
import java.util.List;

/** inputsDigest: the hash of an agreed set of tables (consensus.md, section 4, rule 3). */
public final class InputsHash {

  /** The EIP-712 type that is hashed; messages that contain a set refer to it. */
  public static final String TYPE = "Inputs(uint32 observers,bytes32[] tables)";

  private static final Bytes32 TYPE_HASH = Eip712.typeHash(TYPE);

  private InputsHash() {}

  /**
   * The EIP-712 struct hash of a set.
   *
   * @param observers bitmap of the oracles in the set, by index
   * @param tables SHA-256 of their deflated tables, in ascending order of index
   */
  public static Bytes32 of(int observers, List<Bytes32> tables) {
    byte[][] elements = tables.stream().map(Bytes32::toArray).toArray(byte[][]::new);
    return new AbiWords()
        .bytes32(TYPE_HASH)
        .uint(Integer.toUnsignedLong(observers))
        .bytes32(Keccak256.of(elements))
        .hash();
  }
}

package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/**
 * "I have a table, and this is its seal." Sent before anybody reveals, so that nobody can copy.
 *
 * @param header context and sender
 * @param commitment see {@link #commitment}
 * @param selfAvailability the byte the oracle measured for itself
 * @param clockOffsetMillis its measured clock offset, −32,768 to 32,767
 */
public record ObsCommit(
    Header header, Bytes32 commitment, int selfAvailability, int clockOffsetMillis)
    implements Message {

  private static final Bytes32 TYPE =
      Struct.type("ObsCommit", "bytes32 commitment,uint8 selfAvailability,int16 clockOffsetMillis");

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value does not fit its field
   */
  public ObsCommit {
    if (selfAvailability < 0
        || selfAvailability > 255
        || clockOffsetMillis != (short) clockOffsetMillis) {
      throw new IllegalArgumentException("availability or clock offset out of range");
    }
  }

  /** keccak256(abi.encode(tableHash, salt, oracle, epoch)). */
  public static Bytes32 commitment(Bytes32 tableHash, Bytes32 salt, EvmAddress oracle, long epoch) {
    return new AbiWords().bytes32(tableHash).bytes32(salt).address(oracle).uint(epoch).hash();
  }

  @Override
  public Kind kind() {
    return Kind.OBS_COMMIT;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    AbiWords words = Struct.words(TYPE, header).bytes32(commitment);
    return Eip712.digest(domain, words.uint(selfAvailability).int256(clockOffsetMillis).hash());
  }
}

package ai.ratio1.wire.certificate;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Keccak256;
import java.util.Arrays;

/** Leaf of the tree behind {@code bitmapRoot}: the slots in which an oracle saw one node. */
public final class SlotLeaf {

  private static final int SLOTS = 5;

  private SlotLeaf() {}

  /**
   * keccak256(abi.encode(0x05, e, licenceType, licenceId, node, slots, keccak256(bitmap))).
   *
   * @param presence its slots; 1 to 16,777,216 of them
   */
  public static Bytes32 of(long epoch, RegistryRow row, Presence presence) {
    return new AbiWords()
        .uint(SLOTS)
        .uint(epoch)
        .uint(row.licence().type().code())
        .uint(row.licence().number())
        .address(row.node())
        .uint(presence.slots())
        .bytes32(Keccak256.of(bitmap(presence)))
        .hash();
  }

  /** One bit per slot, slot 0 lowest in the first byte; ⌈slots/8⌉ bytes, whatever was seen. */
  public static byte[] bitmap(Presence presence) {
    return Arrays.copyOf(
        presence.present().get(0, presence.slots()).toByteArray(), (presence.slots() + 7) / 8);
  }
}

package ai.ratio1.wire;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.PackedValues;
import java.math.BigInteger;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What genuine oracles sign when an owner claims rewards on the genuine network (protocol dossier,
 * section 7.6). Both forms exist during their migration: the contract decides which one counts.
 *
 * <p>The rewards of this appliance's own network are claimed with Merkle proofs instead.
 */
public final class AvailabilityClaim {

  private final EvmAddress node;
  private final SortedMap<Long, Integer> values;

  private AvailabilityClaim(EvmAddress node, SortedMap<Long, Integer> values) {
    this.node = node;
    this.values = values;
  }

  /**
   * A claim for one gapless range of epochs, in any order.
   *
   * @param epochs each epoch once
   * @param availabilities one value of 0 to 255 an epoch, in the same order
   * @throws ai.ratio1.base.R1Exception R1-WIRE-032 for anything else
   */
  public static AvailabilityClaim of(
      EvmAddress node, List<Long> epochs, List<Integer> availabilities) {
    if (epochs.isEmpty() || epochs.size() != availabilities.size()) {
      throw WireError.BAD_CLAIM.refuse(
          epochs.size() + " epochs do not match " + availabilities.size() + " values.");
    }
    SortedMap<Long, Integer> values = new TreeMap<>();
    for (int i = 0; i < epochs.size(); i++) {
      int value = availabilities.get(i);
      if (value < 0 || value > 255 || epochs.get(i) < 0) {
        throw WireError.BAD_CLAIM.refuse(
            "Epoch " + epochs.get(i) + " has the value " + value + ".");
      }
      values.put(epochs.get(i), value);
    }
    if (values.size() != epochs.size()
        || values.lastKey() - values.firstKey() != epochs.size() - 1L) {
      throw WireError.BAD_CLAIM.refuse("The epochs are no gapless range.");
    }
    return new AvailabilityClaim(node, values);
  }

  /** First epoch of the range. */
  public long firstEpoch() {
    return values.firstKey();
  }

  /** Last epoch of the range. */
  public long lastEpoch() {
    return values.lastKey();
  }

  /** One byte an epoch. */
  public byte[] availabilities() {
    byte[] bytes = new byte[values.size()];
    int i = 0;
    for (int value : values.values()) {
      bytes[i++] = (byte) value;
    }
    return bytes;
  }

  /** The current form: {@code address, uint256 from, uint256 to, bytes}. */
  public PackedValues packed() {
    return new PackedValues()
        .address(node)
        .uint(256, BigInteger.valueOf(firstEpoch()))
        .uint(256, BigInteger.valueOf(lastEpoch()))
        .bytes(availabilities());
  }

  /** The form the published contracts check: {@code address, uint256[], uint8[]}. */
  public PackedValues arrays() {
    return new PackedValues()
        .address(node)
        .uints(256, values.keySet().stream().map(BigInteger::valueOf).toList())
        .uints(8, values.values().stream().map(BigInteger::valueOf).toList());
  }
}

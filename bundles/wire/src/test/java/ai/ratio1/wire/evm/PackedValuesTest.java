package ai.ratio1.wire.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedValuesTest {

  private static final EvmAddress NODE =
      EvmAddress.parse("0x000000000000000000000000000000000000dEaD");

  @Test
  void packsValuesTightlyAndArraysInWords() {
    PackedValues packed =
        new PackedValues()
            .address(NODE)
            .uint(16, BigInteger.valueOf(258))
            .uints(8, List.of(BigInteger.ONE))
            .string("a")
            .bytes(new byte[] {-1});
    assertThat(HexFormat.of().formatHex(packed.toArray()))
        .isEqualTo(
            "000000000000000000000000000000000000dead" + "0102" + "0".repeat(63) + "1" + "61ff");
    assertThat(packed.types()).containsExactly("address", "uint16", "uint8[]", "string", "bytes");
  }

  @Test
  void refusesValuesThatDoNotFit() {
    for (Runnable bad :
        List.<Runnable>of(
            () -> new PackedValues().uint(8, BigInteger.valueOf(256)),
            () -> new PackedValues().uint(256, BigInteger.valueOf(-1)),
            () -> new PackedValues().uint(7, BigInteger.ONE),
            () -> new PackedValues().uints(8, List.of(BigInteger.valueOf(256))),
            () -> new PackedValues().int256(BigInteger.ONE.shiftLeft(255)))) {
      assertThatThrownBy(bad::run).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new PackedValues().int256(BigInteger.ONE.shiftLeft(255).negate()).toArray())
        .startsWith(0x80);
  }
}

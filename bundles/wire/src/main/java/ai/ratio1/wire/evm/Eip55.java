package ai.ratio1.wire.evm;

import ai.ratio1.base.EvmAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The mixed-case checksum spelling of EVM addresses (EIP-55), as genuine peers write them. */
public final class Eip55 {

  private Eip55() {}

  /** {@code 0x} and 40 hexadecimal digits whose case is the checksum. */
  public static String format(EvmAddress address) {
    String digits = address.toHex().substring(2);
    byte[] hash = Keccak256.of(digits.getBytes(StandardCharsets.US_ASCII)).toArray();
    StringBuilder text = new StringBuilder("0x");
    for (int i = 0; i < digits.length(); i++) {
      int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf;
      String digit = digits.substring(i, i + 1);
      text.append(nibble >= 8 ? digit.toUpperCase(Locale.ROOT) : digit);
    }
    return text.toString();
  }
}

package ai.ratio1.economy.contracts;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Keccak256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Calls whose arguments are single words. */
final class Call {

  private static final int SELECTOR_DIGITS = 8;

  private Call() {}

  /** A call in hexadecimal, of a signature such as {@code balanceOf(address)}. */
  static String of(String signature, Object... arguments) {
    AbiWords words = new AbiWords();
    for (Object argument : arguments) {
      if (argument instanceof EvmAddress address) {
        words.address(address);
      } else if (argument instanceof Bytes32 word) {
        words.bytes32(word);
      } else {
        words.uint(new BigInteger(argument.toString()));
      }
    }
    String hash = Keccak256.of(signature.getBytes(StandardCharsets.US_ASCII)).toHex();
    return hash.substring(0, 2 + SELECTOR_DIGITS) + HexFormat.of().formatHex(words.toArray());
  }
}

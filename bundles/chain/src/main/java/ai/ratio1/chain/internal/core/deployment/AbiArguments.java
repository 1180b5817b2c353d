package ai.ratio1.chain.internal.core.deployment;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.utils.Numeric;

/** Values as contracts take them. */
final class AbiArguments {

  private AbiArguments() {}

  static String code(String binary, Type<?>... arguments) {
    return "0x" + binary + encoded(arguments);
  }

  /** Hexadecimal digits. */
  static String encoded(Type<?>... values) {
    return FunctionEncoder.encodeConstructor(List.of(values));
  }

  static Address address(EvmAddress value) {
    return new Address(value.toHex());
  }

  static Uint256 seconds(Duration time) {
    return new Uint256(time.toSeconds());
  }

  static BigInteger millis(Duration time) {
    return BigInteger.valueOf(time.toMillis());
  }

  static byte[] bytes(EvmAddress value) {
    return Numeric.hexStringToByteArray(value.toHex());
  }
}

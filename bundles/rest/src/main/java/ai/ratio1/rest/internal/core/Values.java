package ai.ratio1.rest.internal.core;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How values look in JSON: times in RFC 3339 and UTC, bytes and hashes as {@code 0x} and
 * hexadecimal digits, addresses with their checksum, whatever may exceed 53 bits as text.
 */
final class Values {

  private Values() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  static @Nullable String time(Optional<Instant> time) {
    return time.map(Values::time).orElse(null);
  }

  static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  static String address(EvmAddress address) {
    return Eip55.format(address);
  }

  /** The indexes of the set bits. */
  static ArrayNode bits(int bitmap) {
    ArrayNode bits = array();
    for (int i = 0; i < Integer.SIZE; i++) {
      if ((bitmap >>> i & 1) == 1) {
        bits.add(i);
      }
    }
    return bits;
  }
}

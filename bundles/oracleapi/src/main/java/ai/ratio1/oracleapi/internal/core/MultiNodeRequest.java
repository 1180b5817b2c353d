package ai.ratio1.oracleapi.internal.core;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request about many nodes, each with its own epochs.
 *
 * @param ranges what to answer, by the address as the request spells it
 * @param withLicences whether to say what the chain knows of the licences
 */
public record MultiNodeRequest(Map<String, Entry> ranges, boolean withLicences) {

  private static final Json JSON = new Json(new JsonLimits(64 * 1024, 3, 64, 64, 20, 20_000));

  /**
   * A node and its epochs.
   *
   * @param node which node
   * @param range which epochs
   */
  public record Entry(EvmAddress node, EpochRange range) {}

  /**
   * Reads a request.
   *
   * @param mostNodes how many nodes it may name
   * @throws ai.ratio1.base.R1Exception R1-ORACLEAPI-104 or R1-WIRE-001 to -005
   */
  public static MultiNodeRequest read(byte[] body, int mostNodes) {
    ObjectNode request = JSON.parseObject(body);
    if (!(request.get("dct_eth_nodes_request") instanceof ObjectNode nodes) || nodes.isEmpty()) {
      throw bad("Please provide a non-empty dictionary with node addresses and epochs.");
    }
    if (nodes.size() > mostNodes) {
      throw bad("A request may name " + mostNodes + " nodes, this one has " + nodes.size() + ".");
    }
    Map<String, Entry> ranges = new LinkedHashMap<>();
    nodes.properties().forEach(e -> ranges.put(e.getKey(), entry(e.getKey(), e.getValue())));
    return new MultiNodeRequest(ranges, request.path("include_bc_info").asBoolean());
  }

  private static Entry entry(String address, JsonNode epochs) {
    EvmAddress node;
    try {
      node = EvmAddress.parse(address);
    } catch (IllegalArgumentException e) {
      throw bad("Invalid node address. Please provide 0x and 40 hexadecimal digits.");
    }
    boolean two =
        epochs.isArray()
            && epochs.size() == 2
            && epochs.get(0).isIntegralNumber()
            && epochs.get(1).isIntegralNumber();
    if (!two || !epochs.get(0).canConvertToLong() || !epochs.get(1).canConvertToLong()) {
      throw bad(
          "Invalid epochs for node "
              + node
              + ". Please provide a list with [start_epoch, end_epoch].");
    }
    EpochRange range = new EpochRange(epochs.get(0).longValue(), epochs.get(1).longValue());
    if (range.first() > range.last()) {
      throw bad(
          "Start epoch "
              + range.first()
              + " is greater than end epoch "
              + range.last()
              + " for node "
              + node
              + ".");
    }
    return new Entry(node, range);
  }

  private static RuntimeException bad(String what) {
    return OracleApiError.BAD_BODY.because(what);
  }
}

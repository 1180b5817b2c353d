package ai.ratio1.wire.compat;

import ai.ratio1.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the inner signatures of genuine OracleSync messages cover (protocol dossier, section 7.1).
 * Senders take fields off after signing; they are put back here, for {@link
 * ai.ratio1.wire.SignedMessage#verify} to check. The arguments are left as they are.
 */
public final class OracleSyncSignatures {

  private static final String EPOCH = "EPOCH";
  private static final String NODE = "NODE";
  private static final String TABLE = "COMPILED_AGREED_MEDIAN_TABLE";

  private OracleSyncSignatures() {}

  /**
   * An entry of a median table as it was signed.
   *
   * @param entry the value with its signature
   * @param epoch the epoch of the table
   * @param node whose entry it is, as the table spells it
   */
  public static ObjectNode medianEntry(ObjectNode entry, long epoch, String node) {
    return entry.deepCopy().put(EPOCH, epoch).put(NODE, node);
  }

  /**
   * An agreement signature with what it covers. Nobody signs zeros, so they are left out.
   *
   * @param signature the signature alone
   * @param table the agreed bytes by address
   */
  public static ObjectNode agreement(ObjectNode signature, Map<String, Integer> table, long epoch) {
    ObjectNode compiled = Json.object();
    table.forEach(
        (node, value) -> {
          if (value > 0) {
            compiled.put(node, value);
          }
        });
    ObjectNode restored = signature.deepCopy();
    restored.set(TABLE, compiled);
    return restored.put(EPOCH, epoch);
  }

  /**
   * The agreed table of an epoch in an answer about the past, where numbers stand for addresses.
   *
   * @param oracleData the answer's {@code ORACLE_DATA}
   * @return the bytes by address; empty when the answer has no readable table for the epoch
   */
  public static SortedMap<String, Integer> table(ObjectNode oracleData, long epoch) {
    SortedMap<String, Integer> table = new TreeMap<>();
    JsonNode addresses = oracleData.path("ID_TO_NODE_ADDRESS");
    for (var entry :
        oracleData.path("EPOCH__AGREED_MEDIAN_TABLE").path(Long.toString(epoch)).properties()) {
      JsonNode address = addresses.path(entry.getKey());
      if (!address.isTextual() || !entry.getValue().isInt()) {
        return new TreeMap<>();
      }
      table.put(address.textValue(), entry.getValue().intValue());
    }
    return table;
  }
}

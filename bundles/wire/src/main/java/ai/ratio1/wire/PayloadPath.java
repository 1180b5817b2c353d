package ai.ratio1.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;

/**
 * Where a message comes from inside its node: the field {@code EE_PAYLOAD_PATH}.
 *
 * @param alias name of the node
 * @param pipeline name of the pipeline
 * @param signature kind of the plug-in
 * @param instance instance of the plug-in
 */
public record PayloadPath(
    Optional<String> alias,
    Optional<String> pipeline,
    Optional<String> signature,
    Optional<String> instance) {

  /** The path of a message about the node as a whole. */
  public static PayloadPath ofNode(String alias) {
    return new PayloadPath(
        Optional.of(alias), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The path of a message of one plug-in instance. */
  public static PayloadPath ofPlugin(
      String alias, String pipeline, String signature, String instance) {
    return new PayloadPath(
        Optional.of(alias), Optional.of(pipeline), Optional.of(signature), Optional.of(instance));
  }

  /** Reads a field; what is missing or no text is empty. */
  static PayloadPath read(JsonNode field) {
    return new PayloadPath(slot(field, 0), slot(field, 1), slot(field, 2), slot(field, 3));
  }

  ArrayNode toJson() {
    ArrayNode slots = Json.array();
    slots.add(alias.orElse(null));
    slots.add(pipeline.orElse(null));
    slots.add(signature.orElse(null));
    return slots.add(instance.orElse(null));
  }

  private static Optional<String> slot(JsonNode field, int index) {
    return Optional.ofNullable(field.path(index).textValue());
  }
}

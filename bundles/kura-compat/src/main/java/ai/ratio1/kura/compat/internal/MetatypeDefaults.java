package ai.ratio1.kura.compat.internal;

import ai.ratio1.kura.compat.internal.core.TypedValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/** The configuration that a metatype proposes. */
final class MetatypeDefaults {

  private MetatypeDefaults() {}

  /** Values by attribute; an attribute without a default is left out. */
  static Map<String, Object> of(ObjectClassDefinition definition) {
    Map<String, Object> values = new TreeMap<>();
    for (AttributeDefinition attribute :
        definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
      String[] texts = attribute.getDefaultValue();
      if (texts != null) {
        type(attribute.getType())
            .of(List.of(texts), attribute.getCardinality())
            .ifPresent(value -> values.put(attribute.getID(), value));
      }
    }
    return values;
  }

  static TypedValue type(int osgi) {
    return switch (osgi) {
      case AttributeDefinition.LONG -> TypedValue.LONG;
      case AttributeDefinition.INTEGER -> TypedValue.INTEGER;
      case AttributeDefinition.SHORT -> TypedValue.SHORT;
      case AttributeDefinition.BYTE -> TypedValue.BYTE;
      case AttributeDefinition.DOUBLE -> TypedValue.DOUBLE;
      case AttributeDefinition.FLOAT -> TypedValue.FLOAT;
      case AttributeDefinition.BOOLEAN -> TypedValue.BOOLEAN;
      case AttributeDefinition.CHARACTER -> TypedValue.CHARACTER;
      default -> TypedValue.STRING;
    };
  }
}

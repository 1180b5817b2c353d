package ai.ratio1.kura.compat.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Icon;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.jspecify.annotations.Nullable;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * A metatype in Kura's words. The Metatype Service does not tell ranges, so there are none here;
 * they count all the same.
 */
record Form(ObjectClassDefinition definition) implements OCD {

  private record Choice(String getLabel, String getValue) implements Option {}

  private record Attribute(AttributeDefinition definition, boolean isRequired) implements AD {

    @Override
    public List<Option> getOption() {
      List<Option> options = new ArrayList<>();
      String[] values = definition.getOptionValues();
      for (int i = 0; values != null && i < values.length; i++) {
        options.add(new Choice(definition.getOptionLabels()[i], values[i]));
      }
      return options;
    }

    @Override
    public String getId() {
      return definition.getID();
    }

    @Override
    public String getName() {
      return definition.getName();
    }

    @Override
    public String getDescription() {
      return definition.getDescription();
    }

    @Override
    public Scalar getType() {
      return definition.getType() == AttributeDefinition.PASSWORD
          ? Scalar.PASSWORD
          : switch (MetatypeDefaults.type(definition.getType())) {
            case CHARACTER -> Scalar.CHAR;
            default -> Scalar.valueOf(MetatypeDefaults.type(definition.getType()).name());
          };
    }

    @Override
    public int getCardinality() {
      return definition.getCardinality();
    }

    @Override
    public @Nullable String getMin() {
      return null;
    }

    @Override
    public @Nullable String getMax() {
      return null;
    }

    @Override
    public @Nullable String getDefault() {
      String[] texts = definition.getDefaultValue();
      return texts == null ? null : String.join(",", texts);
    }
  }

  @Override
  public List<AD> getAD() {
    Set<String> required = new HashSet<>();
    for (AttributeDefinition one :
        definition.getAttributeDefinitions(ObjectClassDefinition.REQUIRED)) {
      required.add(one.getID());
    }
    List<AD> attributes = new ArrayList<>();
    for (AttributeDefinition one : definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
      attributes.add(new Attribute(one, required.contains(one.getID())));
    }
    return attributes;
  }

  @Override
  public List<Icon> getIcon() {
    return List.of();
  }

  @Override
  public String getName() {
    return definition.getName();
  }

  @Override
  public String getDescription() {
    return definition.getDescription();
  }

  @Override
  public String getId() {
    return definition.getID();
  }
}

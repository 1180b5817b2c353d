package ai.ratio1.kura.compat.internal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** The forms of the bundles that are active, and the check of values against them. */
final class Definitions {

  private final BundleContext context;
  private final MetaTypeService metatypes;
  private final CryptoService crypto;

  Definitions(BundleContext context, MetaTypeService metatypes, CryptoService crypto) {
    this.context = context;
    this.metatypes = metatypes;
    this.crypto = crypto;
  }

  /** The form of a component, or of the instances of a factory. */
  Optional<ObjectClassDefinition> of(String pid) {
    for (Bundle bundle : context.getBundles()) {
      MetaTypeInformation information = information(bundle);
      if (information != null
          && (Set.of(information.getPids()).contains(pid)
              || Set.of(information.getFactoryPids()).contains(pid))) {
        return Optional.of(information.getObjectClassDefinition(pid, null));
      }
    }
    return Optional.empty();
  }

  Set<String> factories() {
    Set<String> pids = new TreeSet<>();
    for (Bundle bundle : context.getBundles()) {
      MetaTypeInformation information = information(bundle);
      if (information != null) {
        pids.addAll(Set.of(information.getFactoryPids()));
      }
    }
    return pids;
  }

  private @Nullable MetaTypeInformation information(Bundle bundle) {
    return bundle.getState() == Bundle.ACTIVE && ConfigurationSeeder.isConfigurable(bundle)
        ? metatypes.getMetaTypeInformation(bundle)
        : null;
  }

  /**
   * Values as Configuration Admin is to have them: secrets encrypted, all else unchanged. What the
   * form does not know stays.
   *
   * @throws KuraException when one is not of its type, out of range or none of the options
   */
  Map<String, Object> checked(ObjectClassDefinition definition, Map<String, Object> values)
      throws KuraException {
    Map<String, Object> checked = new TreeMap<>(values);
    for (AttributeDefinition attribute :
        definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
      Object value = checked.get(attribute.getID());
      if (value instanceof Password secret) {
        checked.put(attribute.getID(), new String(crypto.encryptAes(secret.getPassword())));
      } else if (value instanceof String text && isSecret(attribute) && opened(text).isEmpty()) {
        checked.put(attribute.getID(), new String(crypto.encryptAes(text.toCharArray())));
      } else if (value != null) {
        check(attribute, value);
      }
    }
    return checked;
  }

  /** Values as those who may see them want them: secrets opened. */
  Map<String, Object> opened(ObjectClassDefinition definition, Map<String, Object> values) {
    Map<String, Object> opened = new TreeMap<>(values);
    for (AttributeDefinition attribute :
        definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
      if (isSecret(attribute) && opened.get(attribute.getID()) instanceof String text) {
        opened(text).ifPresent(secret -> opened.put(attribute.getID(), secret));
      }
    }
    return opened;
  }

  /**
   * Nothing that has to be there is missing.
   *
   * @throws KuraException that names what is
   */
  static void requireComplete(ObjectClassDefinition definition, Map<String, Object> values)
      throws KuraException {
    for (AttributeDefinition attribute :
        definition.getAttributeDefinitions(ObjectClassDefinition.REQUIRED)) {
      if (values.get(attribute.getID()) == null) {
        throw invalid(attribute, "is missing");
      }
    }
  }

  private static boolean isSecret(AttributeDefinition attribute) {
    return attribute.getType() == AttributeDefinition.PASSWORD;
  }

  private Optional<Password> opened(String text) {
    try {
      return Optional.of(new Password(crypto.decryptAes(text.toCharArray())));
    } catch (KuraException e) {
      return Optional.empty();
    }
  }

  private static void check(AttributeDefinition attribute, Object value) throws KuraException {
    Class<?> type = MetatypeDefaults.type(attribute.getType()).type();
    int cardinality = attribute.getCardinality();
    boolean list = cardinality != 0 && cardinality != 1 && cardinality != -1;
    if (!list) {
      checkOne(attribute, type, value);
    } else if (value instanceof Object[] items) {
      for (Object item : items) {
        checkOne(attribute, type, item);
      }
    } else {
      throw invalid(attribute, "is no array");
    }
  }

  private static void checkOne(AttributeDefinition attribute, Class<?> type, @Nullable Object value)
      throws KuraException {
    if (!type.isInstance(value)) {
      throw invalid(attribute, "is no " + type.getSimpleName());
    }
    // What a form says of texts is what its options say: a comma would make two of one.
    if (!(value instanceof String) || attribute.getOptionValues() != null) {
      String complaint = attribute.validate(String.valueOf(value));
      if (complaint != null && !complaint.isEmpty()) {
        throw invalid(attribute, "is not allowed: " + complaint);
      }
    }
  }

  private static KuraException invalid(AttributeDefinition attribute, String what) {
    return new KuraException(
        KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID,
        "R1-COMPAT-003: " + attribute.getID() + " " + what);
  }
}

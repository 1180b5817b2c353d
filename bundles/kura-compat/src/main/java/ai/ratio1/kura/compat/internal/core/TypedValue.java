package ai.ratio1.kura.compat.internal.core;

import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the texts of a metatype into the values of a configuration, as Kura does: a scalar when the
 * cardinality is 0 or ±1, an array otherwise.
 *
 * <p>Source: OSGi Compendium, Metatype Service Specification, 105.7; Kura delivers a list of one as
 * an array only when the cardinality says so.
 */
public enum TypedValue {
  /** Text; a secret is text as well, and encrypted. */
  STRING {
    @Override
    Object parse(String text) {
      return text;
    }

    @Override
    Object[] array(int length) {
      return new String[length];
    }
  },
  /** 64 bits. */
  LONG {
    @Override
    Object parse(String text) {
      return Long.valueOf(text.strip());
    }

    @Override
    Object[] array(int length) {
      return new Long[length];
    }
  },
  /** 32 bits. */
  INTEGER {
    @Override
    Object parse(String text) {
      return Integer.valueOf(text.strip());
    }

    @Override
    Object[] array(int length) {
      return new Integer[length];
    }
  },
  /** 16 bits. */
  SHORT {
    @Override
    Object parse(String text) {
      return Short.valueOf(text.strip());
    }

    @Override
    Object[] array(int length) {
      return new Short[length];
    }
  },
  /** 8 bits. */
  BYTE {
    @Override
    Object parse(String text) {
      return Byte.valueOf(text.strip());
    }

    @Override
    Object[] array(int length) {
      return new Byte[length];
    }
  },
  /** A binary fraction of 64 bits. */
  DOUBLE {
    @Override
    Object parse(String text) {
      return Double.valueOf(text.strip());
    }

    @Override
    Object[] array(int length) {
      return new Double[length];
    }
  },
  /** A binary fraction of 32 bits. */
  FLOAT {
    @Override
    Object parse(String text) {
      return Float.valueOf(text.strip());
    }

    @Override
    Object[] array(int length) {
      return new Float[length];
    }
  },
  /** {@code true} or {@code false}. */
  BOOLEAN {
    @Override
    Object parse(String text) {
      return Boolean.valueOf(text.strip());
    }

    @Override
    Object[] array(int length) {
      return new Boolean[length];
    }
  },
  /** One character. */
  CHARACTER {
    @Override
    Object parse(String text) {
      return text.charAt(0);
    }

    @Override
    Object[] array(int length) {
      return new Character[length];
    }
  };

  /**
   * The type that holds objects of a class, wrapped or not.
   *
   * @throws IllegalArgumentException when no configuration may have them
   */
  static TypedValue ofClass(@Nullable Class<?> type) {
    for (TypedValue one : values()) {
      if (type != null && one.type().equals(wrapped(type))) {
        return one;
      }
    }
    throw new IllegalArgumentException("no configuration has a " + type);
  }

  private static Class<?> wrapped(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  /** The class of its objects. */
  public Class<?> type() {
    return array(0).getClass().getComponentType();
  }

  abstract Object parse(String text);

  abstract Object[] array(int length);

  /**
   * The value of an attribute.
   *
   * @param texts one for a scalar, any number for an array
   * @param cardinality of the attribute
   * @return empty when a scalar has no text
   * @throws IllegalArgumentException when a text is no value of this type
   */
  public Optional<Object> of(List<String> texts, int cardinality) {
    if (cardinality == 0 || cardinality == 1 || cardinality == -1) {
      return texts.stream().findFirst().filter(this::hasValue).map(this::parse);
    }
    return Optional.of(texts.stream().map(this::parse).toArray(this::array));
  }

  private boolean hasValue(String text) {
    return this == STRING || !text.isBlank();
  }
}

package ai.ratio1.settings.internal.core;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types of attributes. A value is taken when it is of its type, or a number that is exactly one
 * of its type: sources without types know whole numbers as Long alone. Texts are never read as
 * numbers, and nothing is rounded or cut.
 *
 * <p>Source: OSGi Compendium, Metatype Service Specification, 105.7; {@code Password} is Kura's.
 */
public enum ValueType {
  /** Text. */
  STRING("String", String.class),
  /** Text that is a secret, in whatever form the platform hands it over. */
  PASSWORD("Password", String.class),
  /** 64 bits. */
  LONG("Long", Long.class),
  /** 32 bits. */
  INTEGER("Integer", Integer.class),
  /** 16 bits. */
  SHORT("Short", Short.class),
  /** 8 bits. */
  BYTE("Byte", Byte.class),
  /** A binary fraction of 64 bits. */
  DOUBLE("Double", Double.class),
  /** A binary fraction of 32 bits. */
  FLOAT("Float", Float.class),
  /** True or false. */
  BOOLEAN("Boolean", Boolean.class),
  /** One character. */
  CHARACTER("Character", Character.class);

  private final String text;
  private final Class<?> type;

  ValueType(String text, Class<?> type) {
    this.text = text;
    this.type = type;
  }

  /** The type of a name in a metatype file; Kura says Char for Character. */
  static Optional<ValueType> named(String name) {
    for (ValueType one : values()) {
      if (one.text.equals(name)) {
        return Optional.of(one);
      }
    }
    return name.equals("Char") ? Optional.of(CHARACTER) : Optional.empty();
  }

  /** As a form names it. */
  String text() {
    return text;
  }

  boolean isNumber() {
    return Number.class.isAssignableFrom(type);
  }

  /**
   * Reads what {@link Object#toString} made of a value.
   *
   * @throws IllegalArgumentException when it is none
   */
  Object parse(String written) {
    if (this == CHARACTER && written.length() != 1) {
      throw new IllegalArgumentException("no character");
    }
    return switch (this) {
      case STRING, PASSWORD -> written;
      case LONG -> Long.valueOf(written);
      case INTEGER -> Integer.valueOf(written);
      case SHORT -> Short.valueOf(written);
      case BYTE -> Byte.valueOf(written);
      case DOUBLE -> Double.valueOf(written);
      case FLOAT -> Float.valueOf(written);
      case BOOLEAN -> Boolean.valueOf(written);
      case CHARACTER -> written.charAt(0);
    };
  }

  /** The value as one of this type; empty when it is none. */
  Optional<Object> exactly(@Nullable Object given) {
    if (type.isInstance(given)) {
      return finite(given);
    }
    if (!isNumber() || !(given instanceof Number)) {
      return Optional.empty();
    }
    try {
      BigDecimal wanted = new BigDecimal(given.toString());
      Object cast = parse(whole() ? wanted.toBigIntegerExact().toString() : wanted.toString());
      boolean same = new BigDecimal(cast.toString()).compareTo(wanted) == 0;
      return same ? finite(cast) : Optional.empty();
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private boolean whole() {
    return this != DOUBLE && this != FLOAT;
  }

  private static Optional<Object> finite(Object value) {
    boolean endless = value instanceof Number number && !Double.isFinite(number.doubleValue());
    return endless ? Optional.empty() : Optional.of(value);
  }
}

package ai.ratio1.settings.internal.core;

import ai.ratio1.settings.SettingsError;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a form.
 *
 * @param id name of the setting
 * @param type what it or each of its items is
 * @param most how many items it may have; 0 when it is no list
 * @param required whether there has to be a value
 * @param least smallest number, or shortest text
 * @param greatest greatest number, or longest text
 * @param options all that is allowed; empty when anything is
 */
public record Field(
    String id,
    ValueType type,
    int most,
    boolean required,
    Optional<BigDecimal> least,
    Optional<BigDecimal> greatest,
    Set<String> options) {

  /** What an operator can type, and far more. */
  private static final int LONGEST = 1 << 16;

  private static final int MOST_ITEMS = 1000;
  private static final int SHOWN = 60;

  /** Whether it has any number of items. */
  public boolean isList() {
    return most > 0;
  }

  /** Whether it is a secret, which arrives encrypted. */
  public boolean isSecret() {
    return type == ValueType.PASSWORD;
  }

  /**
   * A checked secret, opened, and then in its range.
   *
   * @throws ai.ratio1.base.R1Exception {@code R1-SETTINGS-001} when it is out of range
   */
  public Object open(Object checked, UnaryOperator<String> opener) {
    return checked instanceof List<?> items
        ? items.stream().map(item -> openOne(item, opener)).toList()
        : openOne(checked, opener);
  }

  private Object openOne(Object checked, UnaryOperator<String> opener) {
    String plain = checked.equals("") ? "" : opener.apply(checked.toString());
    if (!plain.isEmpty()) {
      requireInRange(plain);
    }
    return plain;
  }

  /**
   * The value in the type of the form; a list is a {@link List}. A secret is left as it is.
   *
   * @throws ai.ratio1.base.R1Exception {@code R1-SETTINGS-001} that says what is wrong with it
   */
  public Object check(@Nullable Object given) {
    if (!isList()) {
      return one(given);
    }
    List<Object> items = new ArrayList<>();
    for (Object item : items(given)) {
      items.add(one(item));
    }
    return List.copyOf(items);
  }

  private List<@Nullable Object> items(@Nullable Object given) {
    List<@Nullable Object> items = new ArrayList<>();
    if (given instanceof Collection<?> some) {
      items.addAll(some);
    } else if (given != null && given.getClass().isArray()) {
      for (int i = 0; i < Math.min(Array.getLength(given), MOST_ITEMS + 1); i++) {
        items.add(Array.get(given, i));
      }
    } else {
      items.add(given);
    }
    // An empty line of a web form, and the default of a list that has none.
    items.removeIf(item -> item == null || "".equals(item));
    int bound = Math.min(most, MOST_ITEMS);
    if (items.size() > bound) {
      throw wrong("has more than " + bound + " items");
    }
    return items;
  }

  private Object one(@Nullable Object given) {
    Object value =
        type.exactly(given)
            .orElseThrow(() -> wrong(describe(given) + ", but has to be of type " + type.text()));
    if (isSecret()) {
      requireShort(value.toString());
      return value;
    }
    requireInRange(value);
    if (!options.isEmpty() && !options.contains(value.toString())) {
      throw wrong(describe(value) + ", but has to be one of " + String.join(", ", options));
    }
    return value;
  }

  private void requireInRange(Object value) {
    boolean text = value instanceof String;
    if (text) {
      requireShort(value.toString());
    }
    if (!text && !type.isNumber()) {
      return;
    }
    BigDecimal size =
        text ? BigDecimal.valueOf(value.toString().length()) : new BigDecimal(value.toString());
    boolean low = least.isPresent() && size.compareTo(least.get()) < 0;
    boolean high = greatest.isPresent() && size.compareTo(greatest.get()) > 0;
    if (low || high) {
      String range =
          least.map(l -> " from " + l).orElse("") + greatest.map(g -> " to " + g).orElse("");
      throw text
          ? wrong("has to be" + range + " characters long")
          : wrong(describe(value) + ", but has to be" + range);
    }
  }

  private void requireShort(String text) {
    if (text.length() > LONGEST) {
      throw wrong("has more than " + LONGEST + " characters");
    }
  }

  private String describe(@Nullable Object given) {
    if (given == null) {
      return "is nothing";
    }
    if (isSecret()) {
      return "is a " + given.getClass().getSimpleName();
    }
    if (!(given instanceof Number || given instanceof String || given instanceof Boolean)) {
      return "is a " + given.getClass().getSimpleName();
    }
    String shown = given.toString().replaceAll("\\p{Cntrl}", "?");
    return "is the "
        + given.getClass().getSimpleName()
        + " \""
        + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown)
        + "\"";
  }

  private RuntimeException wrong(String what) {
    return SettingsError.REFUSED.because(id + " " + what + ".");
  }
}

package ai.ratio1.economy.contracts;

import ai.ratio1.economy.Rules;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rules with one figure that is one too high, for every figure there is. */
final class Mutants {

  private Mutants() {}

  /** By the name of the figure, such as {@code jobs.serviceLevel}. */
  static Map<String, Rules> of(Rules rules) {
    Map<String, Rules> mutants = new LinkedHashMap<>();
    for (RecordComponent part : Rules.class.getRecordComponents()) {
      Record figures = (Record) value(part, rules);
      for (RecordComponent figure : figures.getClass().getRecordComponents()) {
        Record wrong = with(figures, figure, oneMore(value(figure, figures)));
        mutants.put(part.getName() + "." + figure.getName(), (Rules) with(rules, part, wrong));
      }
    }
    return mutants;
  }

  private static Object oneMore(Object figure) {
    return figure instanceof BigInteger amount
        ? amount.add(BigInteger.ONE)
        : Long.valueOf((long) figure + 1);
  }

  private static Record with(Record record, RecordComponent changed, Object value) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components)
            .map(c -> c.getName().equals(changed.getName()) ? value : value(c, record))
            .toArray();
    try {
      return record.getClass().getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

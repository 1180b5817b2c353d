package ai.ratio1.settings.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checked values as the annotation that a component reads; what is missing has its default.
 *
 * <p>Source: OSGi Compendium, Declarative Services, 112.8.2.1 for the names.
 */
public final class TypedView {

  private TypedView() {}

  /** Every element of the annotation needs a default. */
  public static <C extends Annotation> C of(Class<C> type, Map<String, Object> checked) {
    Map<String, Object> answers = new HashMap<>();
    for (Method element : type.getDeclaredMethods()) {
      if (element.getParameterCount() == 0 && element.getDefaultValue() != null) {
        Object value = checked.get(key(element.getName()));
        answers.put(
            element.getName(),
            value == null ? element.getDefaultValue() : shaped(value, element.getReturnType()));
      }
    }
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer(type, answers, method)));
  }

  /** The setting that an element of the annotation stands for. */
  static String key(String element) {
    return element.replace("__", "\0").replace('_', '.').replace('\0', '_');
  }

  private static @Nullable Object answer(
      Class<?> type, Map<String, Object> answers, Method method) {
    return switch (method.getName()) {
      case "annotationType" -> type;
      case "toString" -> type.getSimpleName();
      case "hashCode" -> System.identityHashCode(answers);
      case "equals" -> false;
      default -> answers.get(method.getName());
    };
  }

  private static Object shaped(Object value, Class<?> wanted) {
    if (!(value instanceof List<?> items)) {
      return value;
    }
    Object array = Array.newInstance(wanted.getComponentType(), items.size());
    for (int i = 0; i < items.size(); i++) {
      Array.set(array, i, items.get(i));
    }
    return array;
  }
}

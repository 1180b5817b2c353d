package ai.ratio1.kura.compat.internal.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A configuration as a snapshot has it. Values are scalars and arrays of the types of metatype;
 * secrets are in it as Configuration Admin has them, which is encrypted.
 *
 * @param pid the component, or the name of the instance
 * @param factoryPid its factory; empty when it is no instance
 * @param values its settings
 */
public record StoredConfiguration(String pid, String factoryPid, Map<String, Object> values) {

  private static final int MOST_VALUES = 1000;
  private static final int MOST_ITEMS = 10_000;

  /** Copies. */
  public StoredConfiguration {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * As bytes; equal configurations have equal ones.
   *
   * @throws IllegalArgumentException when a value is of no type that a configuration may have
   */
  public byte[] write() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(pid);
      out.writeUTF(factoryPid);
      out.writeInt(values.size());
      for (Map.Entry<String, Object> entry : values.entrySet()) {
        out.writeUTF(entry.getKey());
        write(entry.getValue(), out);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(pid + " is too long for a snapshot", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static StoredConfiguration read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String pid = in.readUTF();
      String factoryPid = in.readUTF();
      int count = bounded(in.readInt(), MOST_VALUES);
      Map<String, Object> values = new TreeMap<>();
      for (int i = 0; i < count; i++) {
        values.put(in.readUTF(), readValue(in));
      }
      if (in.read() >= 0) {
        throw new IllegalArgumentException("more than a configuration");
      }
      return new StoredConfiguration(pid, factoryPid, values);
    } catch (IOException e) {
      throw new IllegalArgumentException("less than a configuration", e);
    }
  }

  private static void write(Object value, DataOutputStream out) throws IOException {
    boolean list = value.getClass().isArray() || value instanceof Collection<?>;
    List<Object> items = list ? items(value) : List.of(value);
    TypedValue type =
        items.isEmpty()
            ? TypedValue.ofClass(value.getClass().getComponentType())
            : TypedValue.ofClass(items.get(0).getClass());
    out.writeUTF(type.name());
    out.writeInt(list ? items.size() : -1);
    for (Object item : items) {
      out.writeUTF(item.toString());
    }
  }

  private static List<Object> items(Object list) {
    if (list instanceof Collection<?> some) {
      return new ArrayList<>(some);
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < Array.getLength(list); i++) {
      items.add(Array.get(list, i));
    }
    return items;
  }

  private static Object readValue(DataInputStream in) throws IOException {
    TypedValue type = TypedValue.valueOf(in.readUTF());
    int size = in.readInt();
    if (size == -1) {
      return type.parse(in.readUTF());
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < bounded(size, MOST_ITEMS); i++) {
      texts.add(in.readUTF());
    }
    return type.of(texts, Integer.MAX_VALUE).orElseThrow();
  }

  private static int bounded(int number, int most) {
    if (number < 0 || number > most) {
      throw new IllegalArgumentException(number + " is not 0 to " + most);
    }
    return number;
  }
}

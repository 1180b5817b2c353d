package ai.ratio1.economy.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that never changes: what differs is another one. Meant for some hundred entries.
 *
 * @param map unmodifiable
 */
public record Entries<K, V>(Map<K, V> map) {

  /** Nothing. */
  public static <K, V> Entries<K, V> none() {
    return new Entries<>(Map.of());
  }

  /** The value of a key. */
  public V get(K key, V otherwise) {
    return map.getOrDefault(key, otherwise);
  }

  /** The same with a value in addition or in place of another. */
  public Entries<K, V> with(K key, V value) {
    Map<K, V> copy = new LinkedHashMap<>(map);
    copy.put(key, value);
    return new Entries<>(Collections.unmodifiableMap(copy));
  }

  /** The same without a key. */
  public Entries<K, V> without(K key) {
    Map<K, V> copy = new LinkedHashMap<>(map);
    copy.remove(key);
    return new Entries<>(Collections.unmodifiableMap(copy));
  }
}

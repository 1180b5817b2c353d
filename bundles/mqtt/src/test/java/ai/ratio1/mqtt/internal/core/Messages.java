package ai.ratio1.mqtt.internal.core;

import ai.ratio1.transport.Quality;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Messages for tests. */
final class Messages {

  private Messages() {}

  static OutMessage kept(long id, String topic, int size) {
    return of(id, topic, size, Quality.AT_LEAST_ONCE);
  }

  static OutMessage of(long id, String topic, int size, Quality quality) {
    byte[] payload = new byte[size];
    for (int i = 0; i < size; i++) {
      payload[i] = (byte) (id + i);
    }
    return new OutMessage(id, topic, payload, quality, 1_700_000_000_000L + id);
  }

  /** Everything about them, to be compared quickly. */
  static List<String> prints(Collection<OutMessage> messages) {
    return messages.stream()
        .map(
            m ->
                m.id()
                    + "|"
                    + m.topic()
                    + "|"
                    + m.quality()
                    + "|"
                    + m.createdAt()
                    + "|"
                    + m.payload().length
                    + "|"
                    + Arrays.hashCode(m.payload()))
        .toList();
  }
}

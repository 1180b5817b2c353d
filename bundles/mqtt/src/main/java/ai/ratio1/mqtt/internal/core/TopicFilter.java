package ai.ratio1.mqtt.internal.core;

import java.nio.charset.StandardCharsets;

/** A checked topic filter (MQTT 3.1.1, section 4.7), and the check of topics. Immutable. */
public final class TopicFilter {

  private static final int LONGEST = 65_535;

  /** From here on the client library refuses characters, even ones that MQTT allows. */
  private static final char FIRST_UNSENDABLE = '\ufdd0';

  private final String text;
  private final String[] levels;
  private final boolean wild;

  /**
   * Checks a filter.
   *
   * @throws ai.ratio1.base.R1Exception {@code R1-MQTT-004} when it is malformed
   */
  public TopicFilter(String text) {
    requireText(text);
    this.text = text;
    this.levels = text.split("/", -1);
    this.wild = text.contains("+") || text.contains("#");
    for (int i = 0; i < levels.length; i++) {
      boolean plain = !levels[i].contains("+") && !levels[i].contains("#");
      boolean last = i == levels.length - 1;
      if (!plain && !levels[i].equals("+") && !(last && levels[i].equals("#"))) {
        throw MqttError.BAD_TOPIC.because(text + " has a wildcard in a wrong place.");
      }
    }
  }

  /**
   * Checks a topic to publish to.
   *
   * @throws ai.ratio1.base.R1Exception {@code R1-MQTT-004} when it is malformed or has wildcards
   */
  public static void requireTopic(String topic) {
    requireText(topic);
    if (topic.contains("+") || topic.contains("#")) {
      throw MqttError.BAD_TOPIC.because(topic + " has a wildcard.");
    }
  }

  /** Whether a message to this topic is wanted. */
  public boolean matches(String topic) {
    if (!wild) {
      return text.equals(topic);
    }
    if (topic.startsWith("$") && !levels[0].startsWith("$")) {
      return false;
    }
    String[] parts = topic.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      if (levels[i].equals("#")) {
        return true;
      }
      if (i >= parts.length || !(levels[i].equals("+") || levels[i].equals(parts[i]))) {
        return false;
      }
    }
    return parts.length == levels.length;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }

  private static void requireText(String text) {
    if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw MqttError.BAD_TOPIC.because("A topic has 1 to " + LONGEST + " bytes.");
    }
    if (text.chars().anyMatch(TopicFilter::isUnsendable)) {
      throw MqttError.BAD_TOPIC.because("A topic has characters that cannot be sent.");
    }
  }

  private static boolean isUnsendable(int c) {
    return Character.isISOControl(c) || Character.isSurrogate((char) c) || c >= FIRST_UNSENDABLE;
  }
}

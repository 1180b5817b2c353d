package org.eclipse.kura.message;

import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The content of a message: figures and texts by name, and bytes. */
public class KuraPayload {

  private final Map<String, Object> metrics = new HashMap<>();
  private @Nullable Date timestamp;
  private byte @Nullable [] body;

  /** When the content was true. */
  public @Nullable Date getTimestamp() {
    return timestamp;
  }

  /** Says when the content was true. */
  public void setTimestamp(@Nullable Date timestamp) {
    this.timestamp = timestamp;
  }

  /** A figure or text, null when there is none of this name. */
  public @Nullable Object getMetric(String name) {
    return metrics.get(name);
  }

  /** Adds a text, a number, a boolean or bytes. */
  public void addMetric(String name, Object value) {
    metrics.put(name, value);
  }

  /** Figures and texts by name. */
  public Map<String, Object> metrics() {
    return Collections.unmodifiableMap(metrics);
  }

  /** The bytes, null when there are none. */
  public byte @Nullable [] getBody() {
    return body;
  }

  /** Sets the bytes. */
  public void setBody(byte @Nullable [] body) {
    this.body = body;
  }
}

package org.eclipse.kura.cloudconnection.message;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.annotation.versioning.ProviderType;

/** A message: its content, and what is known of how it travels. */
@ProviderType
public class KuraMessage {

  private final Map<String, Object> properties;
  private final KuraPayload payload;

  /** A message of which nothing else is known. */
  public KuraMessage(KuraPayload payload) {
    this(payload, Map.of());
  }

  /** A message with its properties. */
  public KuraMessage(KuraPayload payload, Map<String, Object> properties) {
    this.payload = payload;
    this.properties = new HashMap<>(properties);
  }

  /** How it travels; a request has its words under {@code args}. */
  public Map<String, Object> getProperties() {
    return properties;
  }

  /** Its content. */
  public KuraPayload getPayload() {
    return payload;
  }
}

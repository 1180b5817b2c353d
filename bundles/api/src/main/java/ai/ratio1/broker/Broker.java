package ai.ratio1.broker;

import java.net.URI;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The embedded MQTT broker. The service exists while the broker accepts connections. */
@ProviderType
public interface Broker {

  /** Where it listens: {@code tcp://host:port} or {@code ssl://host:port}. */
  List<URI> listeners();

  /** How many clients are connected now. */
  int connections();
}

package ai.ratio1.mqtt.internal;

import ai.ratio1.broker.internal.ArtemisEngine;
import ai.ratio1.broker.internal.BrokerEngine;
import java.nio.file.Path;

class ArtemisTransportTest extends TransportContract {

  @Override
  BrokerEngine create(Path folder) {
    return new ArtemisEngine(folder);
  }

  @Override
  boolean refusesFilters() {
    return true;
  }
}

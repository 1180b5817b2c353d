package ai.ratio1.mqtt.internal;

import ai.ratio1.broker.internal.BrokerEngine;
import ai.ratio1.broker.internal.MosquittoEngine;
import java.nio.file.Path;

class MosquittoTransportTest extends TransportContract {

  @Override
  BrokerEngine create(Path folder) {
    return new MosquittoEngine(folder);
  }

  @Override
  boolean refusesFilters() {
    return false;
  }
}

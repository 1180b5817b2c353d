package ai.ratio1.broker.internal;

import java.nio.file.Path;

class ArtemisBrokerTest extends BrokerContract {

  @Override
  BrokerEngine create(Path folder) {
    return new ArtemisEngine(folder);
  }
}

package ai.ratio1.broker.internal;

import java.nio.file.Path;

class MosquittoBrokerTest extends BrokerContract {

  @Override
  BrokerEngine create(Path folder) {
    return new MosquittoEngine(folder);
  }
}

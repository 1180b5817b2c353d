package ai.ratio1.itests.bench;

import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.ChainSettings;
import ai.ratio1.devnet.NetworkFile;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

/** What a network's chain has recorded. */
final class Certificates {

  private final ChainConnection chain;

  Certificates(NetworkFile network) {
    chain =
        ServiceLoader.load(ChainConnector.class)
            .findFirst()
            .orElseThrow()
            .connect(
                new ChainSettings(
                    List.of(network.endpoint()),
                    network.controllerAddress(),
                    Duration.ofMillis(250)));
  }

  boolean isFirstRecorded() {
    boolean recorded = chain.epochs().pendingEpoch() > 0;
    if (recorded) {
      chain.close();
    }
    return recorded;
  }
}

package ai.ratio1.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.ChainSettings;
import ai.ratio1.chain.Maintainers;
import ai.ratio1.devnet.deployment.AddressesFile;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A freshly founded network has all of its contracts, and the services find them. */
class FoundingTest {

  @TempDir private Path root;
  private final ChainConnector connector =
      ServiceLoader.load(ChainConnector.class).findFirst().orElseThrow();

  @Test
  void escrowAndReleasesWorkOutOfTheBox() throws IOException {
    DevnetFolder folder = new DevnetFolder(root);
    Path anvilBinary = Path.of(System.getProperty("r1.anvil"));
    try (Socket port = heldPort();
        AnvilProcess anvil =
            AnvilProcess.start(
                anvilBinary, port.getLocalPort(), folder.chainState(), folder.chainLog());
        Founding founding =
            new Founding(folder, DevnetSettings.DEFAULT, connector, anvil, Clock.systemUTC())) {
      NetworkFile network = founding.deploy();
      try (ChainConnection chain =
          connector.connect(
              new ChainSettings(
                  List.of(network.endpoint()),
                  network.controllerAddress(),
                  Duration.ofMillis(100)))) {
        founding.buyDeeds(chain, network);
        // 0.375 USD at the devnet's 1 USD per R1.
        assertThat(chain.escrow().price(1)).isEqualTo(new BigInteger("375000000000000000"));
        assertThat(chain.escrow().newestJob()).isZero();
        assertThat(chain.escrow().job(1)).isEmpty();
        Maintainers maintainers = chain.releases().maintainers();
        assertThat(maintainers.members())
            .extracting(EvmAddress::toHex)
            .containsExactlyElementsOf(
                NodeEntry.MAINTAINERS.stream().map(network.owners()::get).toList());
        EvmAddress node = maintainers.members().get(0);
        assertThat(chain.releases().channel("stable/x86_64-generic", node, List.of()).latest())
            .isEmpty();
        AddressesFile addresses = AddressesFile.read(folder.addressesFile()).orElseThrow();
        assertThat(addresses.controller()).isEqualTo(network.controller());
        EvmAddress faucet = addresses.find("Faucet").orElseThrow();
        assertThat(chain.chain().r1Balance(faucet)).isPositive();
      }
    }
  }

  /** Bound without listening: nobody is given this port, and the chain can still listen there. */
  private static Socket heldPort() throws IOException {
    Socket port = new Socket();
    port.setReuseAddress(true);
    port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return port;
  }
}

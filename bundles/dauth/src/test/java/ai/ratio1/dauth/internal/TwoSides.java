package ai.ratio1.dauth.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.dauth.internal.core.Keys;
import ai.ratio1.http.Door;
import ai.ratio1.metrics.MetricSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A node and an oracle, each a framework of its own, with real keys over real HTTP. */
abstract class TwoSides {

  static final EvmAddress OWNER = EvmAddress.parse("0x" + "01".repeat(20));
  static final EvmAddress BUYER = EvmAddress.parse("0x" + "02".repeat(20));
  static final String SECRET = "a secret of the broker";

  @TempDir Path folder;

  final TestChain chain = new TestChain();
  final MovingClock clock = new MovingClock();
  TestNode oracle;
  TestNode node;
  TestEndpoint endpoint;

  static final class MovingClock extends Clock {

    volatile Duration offset = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void start() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Map<String, Object> broker =
        Map.of(
            "broker.host",
            "127.0.0.1",
            "broker.port",
            1883,
            "broker.tls",
            false,
            "broker.secret.file",
            secret.toString());
    oracle = new TestNode(folder.resolve("oracle"), Keys.key(1), Clock.systemUTC());
    chain.addOracle(oracle.identity.evmAddress());
    chain.link(1, OWNER, oracle.identity.evmAddress());
    oracle.connect(chain);
    oracle.boot(broker);
    Map<String, Object> server = new HashMap<>(broker);
    // A node asks again and again in quick succession, and on a busy machine many times.
    server.put("sender.rate.per.minute", 10_000);
    oracle.framework.configure(DAuthServerConfig.PID, server);
    oracle.awaitSession();
    endpoint = TestEndpoint.of(door());
    node = new TestNode(folder.resolve("node"), Keys.key(2), clock);
    node.connect(chain);
  }

  @AfterEach
  void stop() {
    node.close();
    endpoint.close();
    oracle.close();
  }

  Door door() {
    return oracle.framework.service(Door.class);
  }

  void link() {
    chain.link(7, OWNER, node.identity.evmAddress());
  }

  void boot(String... urls) throws Exception {
    node.boot(Map.of("urls", urls));
  }

  void begin() throws Exception {
    link();
    boot(endpoint.url());
    node.awaitSession();
  }

  static List<String> figures(TestNode of) {
    return of.framework.all(MetricSource.class).stream()
        .flatMap(source -> source.metrics().stream())
        .map(metric -> metric.name() + " " + metric.value())
        .toList();
  }
}

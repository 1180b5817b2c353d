package ai.ratio1.dauth.internal;

import static ai.ratio1.testing.Framework.await;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Liveness;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.dauth.BootStatus.Stage;
import ai.ratio1.dauth.DAuth;
import ai.ratio1.dauth.Role;
import ai.ratio1.dauth.Session;
import ai.ratio1.dauth.internal.core.DAuthError;
import ai.ratio1.dauth.internal.core.Keys;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.testing.TestKeystore;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.wire.BrokerCredential;
import ai.ratio1.wire.SignedMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;

/** A node and an oracle, each a framework of its own, with real keys over real HTTP. */
class DAuthTwoSidedTest {

  private static final EvmAddress OWNER = EvmAddress.parse("0x" + "01".repeat(20));
  private static final EvmAddress BUYER = EvmAddress.parse("0x" + "02".repeat(20));
  private static final String SECRET = "a secret of the broker";

  @TempDir Path folder;

  private final TestChain chain = new TestChain();
  private final MovingClock clock = new MovingClock();
  private TestNode oracle;
  private TestNode node;
  private TestEndpoint endpoint;

  private static final class MovingClock extends Clock {

    private volatile Duration offset = Duration.ZERO;

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
    oracle.framework.configure(DAuthServerConfig.PID, broker);
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

  private Door door() {
    return oracle.framework.service(Door.class);
  }

  private void link() {
    chain.link(7, OWNER, node.identity.evmAddress());
  }

  private void boot(String... urls) throws Exception {
    node.boot(Map.of("urls", urls));
  }

  private void begin() throws Exception {
    link();
    boot(endpoint.url());
    node.awaitSession();
  }

  @Test
  void anOracleBootsFromTheChainAlone() {
    assertThat(oracle.session().orElseThrow().role()).isEqualTo(Role.ORACLE);
    assertThat(oracle.role()).isEqualTo("ORACLE");
    BrokerAccount account = oracle.access().orElseThrow().account();
    assertThat(
            BrokerCredential.check(
                SECRET.getBytes(StandardCharsets.UTF_8), account.user(), account.password()))
        .contains(BrokerCredential.Role.ORACLE);
    assertThat(door().audience()).isEqualTo(Audience.PUBLIC);
    assertThat(door().path()).isEqualTo("/get_auth_data");
  }

  @Test
  void anOracleWithoutASecretSaysSo() throws Exception {
    chain.link(2, OWNER, node.identity.evmAddress());
    chain.addOracle(node.identity.evmAddress());
    node.boot(Map.of("broker.host", "127.0.0.1"));
    node.awaitCode(DAuthError.NO_ACCOUNT);
    assertThat(node.session()).isEmpty();
  }

  @Test
  void aNodeWithoutADeedStaysOutsideUntilOneIsLinked() throws Exception {
    boot(endpoint.url());
    node.awaitCode(DAuthError.NO_LICENCE);
    assertThat(node.status().stage()).isEqualTo(Stage.REFUSED);
    assertThat(node.session()).isEmpty();
    assertThat(node.access()).isEmpty();
    assertThat(endpoint.requests).hasValue(0);
    node.awaitEvent(NodeEvents.SESSION_REFUSED, Optional.of(DAuthError.NO_LICENCE));

    link();
    chain.mine();
    node.awaitSession();
    assertThat(node.status().stage()).isEqualTo(Stage.AUTHORISED);
    assertThat(node.session().orElseThrow().role()).isEqualTo(Role.EDGE);
    assertThat(node.session().orElseThrow().licence())
        .isEqualTo(new LicenceId(LicenceType.NODE_DEED, 7));
    assertThat(node.role()).isEqualTo("EDGE");
    BrokerAccount account = node.access().orElseThrow().account();
    assertThat(account.user()).isEqualTo(node.identity.address().text());
    assertThat(
            BrokerCredential.check(
                SECRET.getBytes(StandardCharsets.UTF_8), account.user(), account.password()))
        .contains(BrokerCredential.Role.NODE);
    node.awaitEvent(NodeEvents.SESSION_STARTED, Optional.empty());
    oracle.awaitEvent(NodeEvents.PEER_ANSWERED, Optional.empty());
  }

  @Test
  void unlinkBanAndTransferEndTheSessionWithinABlock() throws Exception {
    begin();
    chain.unlink(7, OWNER);
    assertThat(node.session()).isPresent();
    chain.mine();
    await(() -> node.session().isEmpty() && node.access().isEmpty());
    node.awaitCode(DAuthError.UNLINKED);
    node.awaitEvent(NodeEvents.SESSION_REFUSED, Optional.of(DAuthError.UNLINKED));

    link();
    chain.mine();
    node.awaitSession();
    chain.unlink(7, BUYER);
    chain.mine();
    await(() -> node.session().isEmpty());
    node.awaitCode(DAuthError.TRANSFERRED);

    chain.link(7, BUYER, node.identity.evmAddress());
    chain.mine();
    node.awaitSession();
    chain.ban(7, BUYER);
    chain.mine();
    await(() -> node.session().isEmpty());
    node.awaitCode(DAuthError.BANNED);
    assertThat(node.status().stage()).isEqualTo(Stage.REFUSED);
  }

  @Test
  void theSessionHoldsWhileTheChainIsAwayOrSwapped() throws Exception {
    begin();
    Object session = node.session().orElseThrow();
    chain.goAway(true);
    chain.mine();
    node.awaitCode(DAuthError.CHAIN_AWAY);
    node.disconnect();
    node.awaitCode(DAuthError.NO_CHAIN);
    assertThat(node.status().stage()).isEqualTo(Stage.AUTHORISED);
    assertThat(node.session()).containsSame((Session) session);
    chain.goAway(false);
    node.connect(chain);
    await(() -> node.status().code().isEmpty());
    assertThat(node.session()).containsSame((Session) session);
    assertThat(chain.listeners()).isEqualTo(2);
  }

  @Test
  void theSessionEndsWhenTheChainIsAwayForLongerThanTheGrace() throws Exception {
    begin();
    chain.goAway(true);
    clock.offset = Duration.ofMinutes(10);
    await(() -> node.session().isEmpty());
    assertThat(node.status().code()).isPresent();
    node.awaitEvent(NodeEvents.SESSION_REFUSED, Optional.of(DAuthError.GRACE_OVER));
  }

  @Test
  void aSecondNodeWithTheSameKeyIsRefusedAndBothSidesAreTold() throws Exception {
    hearFirstInstance();
    link();
    boot(endpoint.url());
    expectSecondInstance();
    assertThat(node.status().stage()).isEqualTo(Stage.REFUSED);
    assertThat(node.status().reason()).contains("another instance");
    var told = oracle.awaitEvent(NodeEvents.PEER_ANSWERED, Optional.of(DAuthError.SECOND_INSTANCE));
    assertThat(String.valueOf(told.getProperty(NodeEvents.SUBJECT)))
        .isEqualToIgnoringCase(node.identity.evmAddress().toHex());
  }

  @Test
  void oneOracleThatHeardTheFirstInstanceIsEnough() throws Exception {
    hearFirstInstance();
    AtomicReference<Optional<ErrorCode>> codeWhenAsked = new AtomicReference<>(Optional.empty());
    HttpServer forgetful =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    forgetful.createContext(
        "/",
        exchange -> {
          codeWhenAsked.set(node.status().code());
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    forgetful.start();
    try {
      link();
      boot(
          endpoint.url(),
          "http://127.0.0.1:" + forgetful.getAddress().getPort() + "/get_auth_data");
      expectSecondInstance();
      await(() -> codeWhenAsked.get().isPresent());
      // Only the next attempt, after a pause, turns to the other oracle.
      assertThat(codeWhenAsked.get()).contains(DAuthError.SECOND_INSTANCE.code());
    } finally {
      forgetful.stop(0);
    }
  }

  @Test
  void anOracleWhoseKeyIsInUseIsRefusedByItsPeers() throws Exception {
    hearFirstInstance();
    chain.addOracle(node.identity.evmAddress());
    link();
    boot(endpoint.url());
    expectSecondInstance();
  }

  @Test
  void anOracleBootsFromTheChainAloneWhenNoPeerAnswers() throws Exception {
    chain.addOracle(node.identity.evmAddress());
    link();
    Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    node.boot(
        Map.of(
            "urls",
            new String[] {"http://127.0.0.1:1/get_auth_data"},
            "broker.host",
            "127.0.0.1",
            "broker.port",
            1883,
            "broker.tls",
            false,
            "broker.secret.file",
            secret.toString()));
    node.awaitSession();
  }

  private void hearFirstInstance() {
    Sighting alive =
        new Sighting(
            node.identity.address(),
            node.identity.evmAddress(),
            "first",
            "the first instance",
            Instant.now(),
            Instant.now(),
            true);
    Liveness liveness =
        new Liveness() {
          @Override
          public Optional<Sighting> lastSeen(EvmAddress address) {
            return sightings().stream().filter(s -> s.evmAddress().equals(address)).findFirst();
          }

          @Override
          public List<Sighting> sightings() {
            return List.of(alive);
          }
        };
    oracle.framework.register(Liveness.class, liveness, Map.of());
  }

  private void expectSecondInstance() {
    node.awaitCode(DAuthError.SECOND_INSTANCE);
    node.awaitEvent(NodeEvents.SESSION_REFUSED, Optional.of(DAuthError.SECOND_INSTANCE));
  }

  @Test
  void aClockThatIsOffIsRefusedByTheOracle() throws Exception {
    link();
    clock.offset = Duration.ofMinutes(-2);
    boot(endpoint.url());
    node.awaitCode(DAuthError.SKEWED);
    oracle.awaitEvent(NodeEvents.PEER_ANSWERED, Optional.of(DAuthError.EXPIRED));
    clock.offset = Duration.ofMinutes(2);
    oracle.awaitEvent(NodeEvents.PEER_ANSWERED, Optional.of(DAuthError.FROM_THE_FUTURE));
    clock.offset = Duration.ZERO;
    node.awaitSession();
  }

  @Test
  void aReplayedRequestIsRefused() throws Exception {
    AtomicReference<byte[]> captured = new AtomicReference<>();
    try (TestEndpoint relay =
        new TestEndpoint(
            exchange -> {
              byte[] body = exchange.getRequestBody().readAllBytes();
              captured.set(body);
              TestEndpoint.send(exchange, 200, TestEndpoint.answer(door(), body));
            })) {
      link();
      boot(relay.url());
      node.awaitSession();
    }
    String again = new String(TestEndpoint.answer(door(), captured.get()), StandardCharsets.UTF_8);
    assertThat(again).contains("R1-DAUTH-109").doesNotContain("EE_MQTT");
  }

  private void refuses(DAuthError error, UnaryOperator<byte[]> change) throws Exception {
    try (TestEndpoint evil = TestEndpoint.tampering(door(), change)) {
      link();
      boot(evil.url());
      node.awaitCode(error);
      assertThat(node.status().stage()).isEqualTo(Stage.ASKING);
      assertThat(node.session()).isEmpty();
      node.awaitEvent(NodeEvents.SESSION_REFUSED, Optional.of(error));
    }
  }

  private static byte[] change(byte[] answer, Consumer<ObjectNode> change) {
    try {
      ObjectNode document = (ObjectNode) new ObjectMapper().readTree(answer);
      change.accept(document);
      return new ObjectMapper().writeValueAsBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTamperedAnswerIsRefused() throws Exception {
    refuses(
        DAuthError.BAD_SIGNATURE,
        answer ->
            change(
                answer,
                document ->
                    ((ObjectNode) document.path("result").path("auth"))
                        .put("EE_MQTT_HOST", "evil.example")));
  }

  @Test
  void aReplayedAnswerIsRefused() throws Exception {
    AtomicReference<byte[]> first = new AtomicReference<>();
    link();
    try (TestEndpoint recorder =
        TestEndpoint.tampering(
            door(),
            answer -> {
              first.compareAndSet(null, answer);
              return answer;
            })) {
      boot(recorder.url());
      node.awaitSession();
    }
    chain.unlink(7, OWNER);
    chain.mine();
    await(() -> node.session().isEmpty());
    refuses(DAuthError.WRONG_NONCE, answer -> first.get());
  }

  @Test
  void anAnswerByANonOracleIsRefused() throws Exception {
    refuses(
        DAuthError.NO_ORACLE,
        answer ->
            change(
                answer,
                document -> SignedMessage.sign((ObjectNode) document.path("result"), Keys.key(3))));
  }

  @Test
  void anAnswerThatIsTooLargeIsRefused() throws Exception {
    refuses(DAuthError.TOO_LARGE, answer -> new byte[5_000_000]);
  }

  @Test
  void anAnswerThatIsNoJsonIsRefused() throws Exception {
    refuses(DAuthError.UNREADABLE, answer -> "<html>".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anotherStatusIsRefusedAndRedirectsAreNotFollowed() throws Exception {
    try (TestEndpoint moved =
        new TestEndpoint(
            exchange -> {
              exchange.getResponseHeaders().add("Location", endpoint.url());
              TestEndpoint.send(exchange, 307, new byte[0]);
            })) {
      link();
      boot(moved.url());
      node.awaitCode(DAuthError.BAD_STATUS);
      assertThat(endpoint.requests).hasValue(0);
    }
  }

  @Test
  void aSlowAnswerIsGivenUpAndTheNextOracleAsked() throws Exception {
    link();
    try (ServerSocket slow = new ServerSocket(0)) {
      Thread trickler = new Thread(() -> trickle(slow));
      trickler.start();
      String url = "http://127.0.0.1:" + slow.getLocalPort() + "/";
      node.boot(Map.of("urls", new String[] {url}, "request.timeout.ms", 300));
      node.awaitCode(DAuthError.TOO_SLOW);
      node.boot(Map.of("urls", new String[] {url, endpoint.url()}, "request.timeout.ms", 300));
      node.awaitSession();
      slow.close();
      trickler.interrupt();
      trickler.join();
    }
  }

  /** Sends a byte of a valid header now and then, for ever. */
  private static void trickle(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket peer = server.accept()) {
        peer.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n".getBytes());
        while (!Thread.interrupted() && !server.isClosed()) {
          peer.getOutputStream().write(' ');
          LockSupport.parkNanos(20_000_000);
        }
      } catch (IOException e) {
        // The node hung up, as it should; the next connection follows.
        continue;
      }
    }
  }

  @Test
  void anEndpointThatIsNotThereIsSkipped() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    link();
    boot("http://127.0.0.1:" + port + "/");
    node.awaitCode(DAuthError.UNREACHABLE);
    boot("http://127.0.0.1:" + port + "/", endpoint.url());
    node.awaitSession();
  }

  @Test
  void httpsIsBelievedWithTheGivenAuthorityAlone() throws Exception {
    TestKeystore keystore = TestKeystore.create(folder);
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    https.setHttpsConfigurator(new HttpsConfigurator(server(keystore)));
    https.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          TestEndpoint.send(exchange, 200, TestEndpoint.answer(door(), body));
        });
    https.start();
    try {
      link();
      String[] urls = {"https://127.0.0.1:" + https.getAddress().getPort() + "/get_auth_data"};
      node.boot(Map.of("urls", urls));
      node.awaitCode(DAuthError.UNREACHABLE);
      node.boot(
          Map.of("urls", urls, "https.authority.file", keystore.certificateFile().toString()));
      node.awaitSession();
    } finally {
      https.stop(0);
    }
  }

  private static SSLContext server(TestKeystore keystore) throws Exception {
    char[] password = TestKeystore.PASSWORD.toCharArray();
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(keystore.file().toFile(), password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void anEdgeNodeWithoutEndpointsSaysSo() throws Exception {
    link();
    boot();
    node.awaitCode(DAuthError.NO_ENDPOINT);
  }

  @Test
  void keepsTheLastGoodConfiguration() throws Exception {
    begin();
    node.boot(Map.of("urls", new String[] {"http://oracle.example/get_auth_data"}));
    node.boot(Map.of("urls", new String[] {"ftp://oracle.example/"}));
    node.boot(Map.of("urls", new String[] {endpoint.url()}, "clock.skew.ms", 1));
    chain.mine();
    assertThat(node.session()).isPresent();
  }

  @Test
  void takesEverythingAwayQuicklyWhenItStops() throws Exception {
    begin();
    ServiceReference<DAuth> dauth = node.framework.context().getServiceReference(DAuth.class);
    assertThat(dauth).isNotNull();
    long start = System.nanoTime();
    node.bundle.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThat(node.session()).isEmpty();
    assertThat(node.access()).isEmpty();
    assertThat(chain.listeners()).isEqualTo(1);
    assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
        .filteredOn(name -> name.equals("r1-dauth-gate"))
        .hasSize(1);
    node.bundle.start();
    node.awaitSession();
  }

  @Test
  void theDoorGoesWithTheSessionOfTheOracle() {
    chain.unlink(1, OWNER);
    chain.mine();
    await(() -> oracle.framework.context().getServiceReference(Door.class) == null);
  }

  @Test
  void countsWhatItDoes() throws Exception {
    boot(endpoint.url());
    node.awaitCode(DAuthError.NO_LICENCE);
    link();
    chain.mine();
    node.awaitSession();
    await(() -> figures(node).contains("r1_dauth_sessions_total 1.0"));
    assertThat(figures(node)).contains("r1_dauth_session_held 1.0");
    assertThat(figures(oracle)).contains("r1_dauth_answers_total 1.0");
  }

  private static List<String> figures(TestNode of) {
    return of.framework.all(MetricSource.class).stream()
        .flatMap(source -> source.metrics().stream())
        .map(metric -> metric.name() + " " + metric.value())
        .toList();
  }

  @Test
  void hostileRequestsAreCodedRefusals() {
    for (String hostile : List.of("", "[]", "{}", "{\"body\":[]}", "{\"body\":{\"a\":")) {
      assertThat(
              new String(
                  TestEndpoint.answer(door(), hostile.getBytes(StandardCharsets.UTF_8)),
                  StandardCharsets.UTF_8))
          .startsWith("R1-WIRE-");
    }
    byte[] large = new byte[70_000];
    assertThat(new String(TestEndpoint.answer(door(), large), StandardCharsets.UTF_8))
        .startsWith("R1-WIRE-");
  }
}

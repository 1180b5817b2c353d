package ai.ratio1.itests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.itests.faults.EchoServer.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault, before a server that echoes. */
@Timeout(60)
class FaultyLinkTest {

  private static final int SHORT = 200;

  private final List<Socket> clients = new ArrayList<>();
  private EchoServer echo;
  private FaultyLink link;

  @BeforeEach
  void start() throws IOException {
    echo = new EchoServer();
    link = new FaultyLink("test", echo.port(), 1);
  }

  @AfterEach
  void leavesNothingBehind() throws IOException {
    link.close();
    link.close();
    for (Socket client : clients) {
      client.close();
    }
    echo.close();
    await("no thread is left", () -> threads().isEmpty());
  }

  @Test
  void clearConditionsChangeNothing() throws IOException {
    byte[] said = random(3_000_000);
    Socket client = connect();
    CompletableFuture<Void> saying = CompletableFuture.runAsync(() -> sayAndEnd(client, said));
    assertThat(client.getInputStream().readAllBytes()).isEqualTo(said);
    saying.join();
    await("an end in order", () -> echo.endings.equals(List.of(Ending.END)));
  }

  @Test
  void aConnectionThatSaysNothingEndsInOrderToo() throws IOException {
    connect().close();
    await("an end in order", () -> echo.endings.equals(List.of(Ending.END)));
  }

  @Test
  void delayKeepsTheOrder() throws IOException {
    link.set(Conditions.CLEAR.delayed(Duration.ofMillis(50), Duration.ofMillis(100)));
    Socket client = connect();
    byte[] said = random(200);
    long begin = System.nanoTime();
    for (byte one : said) {
      client.getOutputStream().write(one);
    }
    assertThat(client.getInputStream().readNBytes(said.length)).isEqualTo(said);
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(Duration.ofMillis(100));
  }

  @ParameterizedTest
  @ValueSource(ints = {20_000, 100_000})
  void throttlingTakesTheTimeThatTheBytesNeed(int bytesPerSecond) throws IOException {
    link.set(Conditions.CLEAR.throttled(bytesPerSecond));
    Socket client = connect();
    byte[] said = random(bytesPerSecond / 2);
    long begin = System.nanoTime();
    client.getOutputStream().write(said);
    assertThat(client.getInputStream().readNBytes(said.length)).isEqualTo(said);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(480));
  }

  @Test
  void aSenderIsHeldUpByALinkThatCarriesLess() throws IOException {
    link.set(Conditions.CLEAR.standing());
    Socket client = connect();
    CompletableFuture<Void> saying =
        CompletableFuture.runAsync(() -> sayAndEnd(client, new byte[64 << 20]));
    assertThatThrownBy(() -> saying.get(SHORT, java.util.concurrent.TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    link.set(Conditions.CLEAR);
    assertThat(client.getInputStream().readAllBytes()).hasSize(64 << 20);
    saying.join();
  }

  @Test
  void aCutResetsBothSidesAndLaterConnectionsWork() throws IOException {
    Socket client = connect();
    say(client, "before");
    link.cut();
    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    await("the server sees a reset", () -> echo.endings.equals(List.of(Ending.BREAK)));
    say(connect(), "after");
    assertThat(link.accepted()).isEqualTo(2);
  }

  @Test
  void whatIsSaidWhileNothingMovesArrivesOnceAndInOrder() throws IOException {
    Socket client = connect();
    say(client, "before");
    link.set(Conditions.CLEAR.standing());
    client.getOutputStream().write("held".getBytes());
    assertSilent(client);
    client.getOutputStream().write(" back".getBytes());
    link.set(Conditions.CLEAR);
    assertThat(client.getInputStream().readNBytes(9)).isEqualTo("held back".getBytes());
    assertSilent(client);
  }

  @Test
  void whoGivesUpWhileNothingMovesNeverReachesTheServer() throws IOException {
    link.set(Conditions.CLEAR.standing());
    Socket impatient = connect();
    impatient.getOutputStream().write("hello".getBytes());
    assertSilent(impatient);
    impatient.close();
    Socket patient = connect();
    patient.getOutputStream().write("still here".getBytes());
    assertSilent(patient);
    await("its end is noticed", () -> listeners() == 1);
    link.set(Conditions.CLEAR);
    assertThat(patient.getInputStream().readNBytes(10)).isEqualTo("still here".getBytes());
    assertThat(echo.accepted).hasSize(1);
  }

  @Test
  void aVanishedPeerSaysNeitherAWordNorAnEnd() throws IOException {
    Socket client = connect();
    say(client, "before");
    link.vanish();
    client.getOutputStream().write("into the void".getBytes());
    assertSilent(client);
    say(connect(), "a later connection");
    client.close();
    Socket serverSide = echo.accepted.get(0);
    say(connect(), "time passes");
    assertThat(echo.endings).as("the server hears of no end").isEmpty();
    // The other way round: the server's end is not told either, and then nothing is left of it.
    serverSide.close();
    await("the passage is gone", () -> threads().stream().filter(this::ofLink).count() == 9);
  }

  @Test
  void aClientIsNotToldOfTheEndOfAVanishedServer() throws IOException {
    Socket client = connect();
    say(client, "before");
    link.vanish();
    echo.accepted.get(0).close();
    assertSilent(client);
  }

  @Test
  void lossIsDrawnFromTheSeed() throws IOException {
    List<Integer> first = piecesBeforeSilence(42);
    assertThat(piecesBeforeSilence(42)).isEqualTo(first);
    assertThat(piecesBeforeSilence(43)).isNotEqualTo(first);
    assertThat(first).anyMatch(count -> count > 0);
  }

  /** Of four connections one after the other, on each of which one in ten pieces is lost. */
  private List<Integer> piecesBeforeSilence(long seed) throws IOException {
    List<Integer> counts = new ArrayList<>();
    try (FaultyLink lossy = new FaultyLink("lossy", echo.port(), seed)) {
      lossy.set(Conditions.CLEAR.losing(0.1));
      for (int i = 0; i < 4; i++) {
        counts.add(echoes(lossy, i));
      }
    }
    return counts;
  }

  /** A busy machine is silent at times as well, so the link has to say that it was that. */
  private int echoes(FaultyLink lossy, long lostBefore) throws IOException {
    Socket client = connect(lossy);
    client.setSoTimeout(SHORT);
    for (int count = 0; true; count++) {
      client.getOutputStream().write(count);
      while (!answers(client)) {
        if (lossy.vanished() > lostBefore) {
          return count;
        }
      }
    }
  }

  private static boolean answers(Socket client) throws IOException {
    try {
      return client.getInputStream().read() >= 0;
    } catch (SocketTimeoutException silence) {
      return false;
    }
  }

  @Test
  void aClosedLinkResetsWhoComesAndKeepsWhoIsThere() throws IOException {
    Socket early = connect();
    say(early, "early");
    link.set(Conditions.CLEAR.closed());
    Socket late = connect();
    assertThatThrownBy(
            () -> {
              late.getOutputStream().write(1);
              late.getInputStream().read();
            })
        .isInstanceOf(SocketException.class);
    say(early, "still there");
    link.set(Conditions.CLEAR);
    say(connect(), "open again");
  }

  @Test
  void aTargetThatIsAwayIsAReset() throws IOException {
    try (FaultyLink nowhere = new FaultyLink("nowhere", freePort(), 1)) {
      Socket client = connect(nowhere);
      client.getOutputStream().write(1);
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void impossibleConditionsAreRefused() {
    assertThatThrownBy(() -> Conditions.CLEAR.losing(1.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Conditions.CLEAR.throttled(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Conditions.CLEAR.delayed(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Socket connect() throws IOException {
    return connect(link);
  }

  private Socket connect(FaultyLink to) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), to.port());
    clients.add(client);
    return client;
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes());
    assertThat(client.getInputStream().readNBytes(text.length())).isEqualTo(text.getBytes());
  }

  private static void sayAndEnd(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes);
      client.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(SHORT);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(0);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** How many connections are listened to. */
  private static long listeners() {
    return threads().stream().filter("fault-take-test"::equals).count();
  }

  private boolean ofLink(String thread) {
    return thread.endsWith("-test");
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("fault-") || name.startsWith("test-echo"))
        .toList();
  }

  private static void await(String what, BooleanSupplier happened) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}

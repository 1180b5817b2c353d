package ai.ratio1.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.broker.internal.core.BrokerCounters;
import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.broker.internal.core.BrokerSettings.Tls;
import ai.ratio1.broker.internal.core.KeystorePassword;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that finds its port taken is there as soon as the port is free. */
class BrokerKeeperTest {

  /** A port that nobody can take first. */
  private static final int ANY = 0;

  @TempDir Path folder;

  private final List<Long> pauses = new ArrayList<>();
  private final List<Boolean> seen = new ArrayList<>();
  private Runnable next = () -> {};
  private CompletableFuture<Void> pending = new CompletableFuture<>();
  private BrokerSettings settings;
  private BrokerKeeper keeper;
  private ServerSocket other;

  @BeforeEach
  void prepare() throws IOException {
    new ArtemisEngine(folder, usual -> settings = usual);
    other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    settings = on(other.getLocalPort());
    keeper = new BrokerKeeper(settings, this::started, this::later, this::look);
  }

  @AfterEach
  void clear() throws IOException {
    keeper.close();
    other.close();
  }

  @Test
  void triesLessOftenEachTimeAndRunsOnceItCan() throws Exception {
    // An engine that starts in vain takes a second.
    keeper =
        new BrokerKeeper(
            on(ANY),
            wanted -> other.isClosed() ? started(wanted) : refused(),
            this::later,
            this::look);
    keeper.start();
    for (int i = 0; i < 7; i++) {
      next.run();
    }
    assertThat(pauses)
        .containsExactly(1000L, 2000L, 4000L, 8000L, 16_000L, 32_000L, 60_000L, 60_000L);
    assertThat(seen).isEmpty();
    other.close();
    next.run();
    assertThat(keeper.running().orElseThrow().listeners()).hasSize(2);
    assertThat(seen).containsExactly(true);
    assertThat(pauses).hasSize(8);
  }

  @Test
  void whatWasAboutToBeTriedIsNotOnceItIsClosed() throws Exception {
    keeper.start();
    Runnable late = next;
    keeper.close();
    assertThat(pending).isCancelled();
    other.close();
    late.run();
    assertThat(keeper.running()).isEmpty();
    assertThat(seen).isEmpty();
  }

  @Test
  void settingsThatCannotBeUsedLeaveTheOnesBefore() throws Exception {
    BrokerSettings good = on(ANY);
    keeper = new BrokerKeeper(good, this::started, this::later, this::look);
    keeper.start();
    assertThatThrownBy(() -> keeper.use(settings))
        .isInstanceOf(R1Exception.class)
        .hasMessageContaining(":" + settings.port());
    assertThat(seen).as("gone while another one was tried").containsExactly(true, false, true);
    assertThat(pauses).isEmpty();
    EmbeddedBroker before = keeper.running().orElseThrow();
    keeper.use(good);
    assertThat(keeper.running()).as("nothing to change").contains(before);
  }

  @Test
  void betterSettingsEndTheAttempts() throws Exception {
    keeper.start();
    Runnable late = next;
    keeper.use(on(ANY));
    assertThat(pending).isCancelled();
    other.close();
    EmbeddedBroker now = keeper.running().orElseThrow();
    late.run();
    assertThat(keeper.running()).contains(now);
  }

  @Test
  void aPasswordOfTheSettingsOpensTheKeystore() throws Exception {
    other.close();
    BrokerSettings wrong = withPassword("wrong");
    assertThatThrownBy(() -> keeper.use(wrong))
        .hasMessageContaining("cannot accept connections")
        .message()
        .doesNotContain("wrong.");
    keeper.use(withPassword(TestCertificates.PASSWORD));
    assertThat(keeper.running().orElseThrow().listeners()).hasSize(2);
  }

  private BrokerSettings withPassword(String password) {
    Tls usual = settings.tls().orElseThrow();
    return with(ANY, new Tls(ANY, usual.keystore(), new KeystorePassword.Given(password)));
  }

  private BrokerSettings on(int port) {
    Tls usual = settings.tls().orElseThrow();
    return with(port, new Tls(ANY, usual.keystore(), usual.password()));
  }

  private BrokerSettings with(int port, Tls tls) {
    return new BrokerSettings(
        settings.host(),
        port,
        Optional.of(tls),
        settings.root(),
        settings.secretFile(),
        settings.packetLimit(),
        settings.connections(),
        settings.connectionsPerUser(),
        settings.publishRate(),
        settings.publishBurst(),
        settings.bytesRate(),
        settings.bytesBurst(),
        settings.backlogMessages(),
        settings.backlogBytes(),
        settings.inFlight(),
        settings.sessionExpiry(),
        settings.openingTimeout());
  }

  private EmbeddedBroker started(BrokerSettings wanted) {
    return new EmbeddedBroker(
        wanted, folder.resolve("data"), new SecureRandom(), new BrokerCounters());
  }

  private static EmbeddedBroker refused() {
    throw new R1Exception(EmbeddedBroker.CANNOT_LISTEN, "The port is taken.", "Wait.");
  }

  private Future<?> later(long millis, Runnable task) {
    pauses.add(millis);
    next = task;
    pending = new CompletableFuture<>();
    return pending;
  }

  private void look() {
    seen.add(keeper.running().isPresent());
  }
}

package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationAdmin;

/** What an operator types into a form as a secret, on its way to the component. */
class KuraSecretsIT {

  private static final String PID = "ai.ratio1.chain";
  private static final String SECRETS = "ai.ratio1.kura-secrets";
  private static final String TOKEN = "0nly-The.Operator~Knows+This/0123456789";
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final Map<String, Object> GOOD =
      Map.of(
          "controller",
          "0x91a8c3023179a6c675de05fb3f849f0c1bba6689",
          "endpoints",
          new String[] {"http://127.0.0.1:9"});

  @TempDir Path folder;

  private KuraPlatform platform;
  private Path kept;

  @BeforeEach
  void start() throws Exception {
    kept = folder.resolve("data/ratio1/settings/" + PID + ".conf");
    platform = KuraPlatform.start(folder);
    platform.install(KuraPlatform.nodePackage());
    platform.awaitMatch("(kura.service.pid=" + PID + ")");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void itIsOpenedForTheComponentAndForNobodyElse() throws Exception {
    typedIntoTheForm(TOKEN);
    await(() -> Files.exists(kept) && Files.readString(kept).contains("endpoint.token="));
    await(() -> refusal().isEmpty());
    String good = Files.readString(kept);
    assertThat(good).doesNotContain(TOKEN);
    givenAsItIs(TOKEN);
    await(() -> refusal().startsWith("R1-SETTINGS-004: endpoint.token "));
    assertThat(refusal()).doesNotContain(TOKEN);
    assertThat(Files.readString(kept)).isEqualTo(good);
    typedIntoTheForm(TOKEN);
    await(() -> refusal().isEmpty());
  }

  @Test
  void whatOpensItMayComeLateAndGo() throws Exception {
    platform.bundle(SECRETS).stop();
    typedIntoTheForm(TOKEN);
    await(() -> refusal().startsWith("R1-SETTINGS-005: endpoint.token "));
    platform.bundle(SECRETS).start();
    await(() -> refusal().isEmpty());
    assertThat(Files.readString(kept)).contains("endpoint.token=").doesNotContain(TOKEN);
    platform.bundle(SECRETS).stop();
    await(() -> refusal().startsWith("R1-SETTINGS-005: endpoint.token "));
    platform.bundle(SECRETS).start();
    await(() -> refusal().isEmpty());
  }

  /** As the web admin does it. */
  private void typedIntoTheForm(String token) throws Exception {
    Map<String, Object> values = new HashMap<>(GOOD);
    values.put("endpoint.token", token);
    Object service = platform.await("org.eclipse.kura.configuration.ConfigurationService");
    service
        .getClass()
        .getMethod("updateConfiguration", String.class, Map.class)
        .invoke(service, PID, values);
  }

  /** As somebody does it who does not encrypt. */
  private void givenAsItIs(String token) throws Exception {
    Hashtable<String, Object> values = new Hashtable<>(GOOD);
    values.put("endpoint.token", token);
    values.put("kura.service.pid", PID);
    platform.service(ConfigurationAdmin.class).getConfiguration(PID, "?").update(values);
  }

  /** Why the component does not use its newest configuration; empty when it does. */
  private String refusal() throws Exception {
    Object board = platform.await("ai.ratio1.settings.Refusals");
    Map<?, ?> now = (Map<?, ?>) board.getClass().getMethod("now").invoke(board);
    Object why = now.get(PID);
    return why == null ? "" : (String) why.getClass().getMethod("describe").invoke(why);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }
}

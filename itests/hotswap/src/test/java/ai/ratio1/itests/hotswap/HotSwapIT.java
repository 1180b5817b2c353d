package ai.ratio1.itests.hotswap;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOption;

import ai.ratio1.launcher.NodeFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * An oracle out of a running network, started again inside Pax Exam from the bundles of the
 * distribution; its heartbeat, mqtt and apbft bundles are updated while epochs go by.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotSwapIT {

  private static final String NODE = "oracle-4";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** A busy machine may lose slots by itself, of a second each; not in all of these epochs. */
  private static final int MOST_EPOCHS = 4;

  @Inject private BundleContext context;

  private final ObjectMapper json = new ObjectMapper();
  private ServiceRegistration<Clock> clock;

  @Configuration
  public Option[] distribution() throws IOException {
    Surroundings network = Surroundings.start();
    NodeFolder folder = network.take(NODE);
    List<Option> options =
        new ArrayList<>(
            Arrays.asList(
                junitBundles(),
                frameworkStartLevel(20),
                vmOption("-Xmx192m"),
                vmOption("-XX:+UseSerialGC"),
                vmOption("-XX:TieredStopAtLevel=1"),
                vmOption("-Dorg.ops4j.pax.logging.DefaultServiceLog.level=WARN"),
                frameworkProperty("r1.data").value(folder.data().toString()),
                frameworkProperty("configurator.initial")
                    .value(folder.root().resolve("cache.seed.json").toUri().toString()),
                frameworkProperty("org.apache.felix.http.require.config").value("true"),
                systemProperty("r1.node").value(network.address(NODE)),
                systemProperty("r1.peer").value(network.address("oracle-1"))));
    for (Surroundings.Bundle bundle : Surroundings.bundles()) {
      options.add(bundle(bundle.file().toUri().toString()).startLevel(bundle.startLevel()).start());
    }
    return options(options.toArray(Option[]::new));
  }

  @Before
  public void giveTime() throws Exception {
    // What the launcher does for a node.
    clock = context.registerService(Clock.class, Clock.systemUTC(), null);
    awaitThat("ready", () -> get("r1.node", "/v1/status").path("ready").asBoolean());
  }

  @After
  public void takeTime() {
    clock.unregister();
  }

  @Test
  public void updatesLoseNoBeatAndNoCertifiedState() throws Exception {
    List<String> losses = new ArrayList<>();
    while (losses.size() < MOST_EPOCHS) {
      String lost = lossesOfAnEpochWithUpdates();
      if (lost.isEmpty()) {
        return;
      }
      losses.add(lost);
    }
    throw new AssertionError("lost in every epoch: " + losses);
  }

  /** What three updates cost, in slots; certified state they never cost. */
  private String lossesOfAnEpochWithUpdates() throws Exception {
    long epoch = await("an epoch", () -> Optional.of(epoch()).filter(it -> it >= 0)) + 1;
    awaitThat("epoch " + epoch, () -> epoch() >= epoch);
    String before =
        await("the epoch before", () -> certificate("r1.node", epoch - 1))
            .path("outcomeHash")
            .asText();

    for (String name : List.of("ai.ratio1.heartbeat", "ai.ratio1.mqtt", "ai.ratio1.apbft")) {
      update(name);
    }

    assertEquals(
        "the certified epoch is still there",
        before,
        await("state", () -> certificate("r1.node", epoch - 1)).path("outcomeHash").asText());
    JsonNode agreed = await("a certificate", () -> certificate("r1.peer", epoch));
    assertEquals(
        agreed.path("outcomeHash").asText(),
        await("its own", () -> certificate("r1.node", epoch)).path("outcomeHash").asText());
    assertTrue(
        "nothing contradictory was signed", agreed.path("round").path("equivocators").isEmpty());
    return losses(agreed);
  }

  /** Slots that the updated node was not seen in, or did not see others in. */
  private String losses(JsonNode agreed) {
    String self = get("r1.node", "/v1/identity").path("evmAddress").asText();
    int index = indexOf(self, agreed);
    StringBuilder losses = new StringBuilder();
    for (JsonNode row : agreed.path("rows")) {
      boolean seen =
          !row.path("node").asText().equalsIgnoreCase(self) || row.path("agreed").asInt() == 255;
      if (!seen || observedBy(index, row) != 255) {
        losses.append(row);
      }
    }
    return losses.toString();
  }

  /** Updates a bundle with its own file, as a new release would, and waits until it works again. */
  private void update(String name) throws Exception {
    Bundle bundle =
        Arrays.stream(context.getBundles())
            .filter(candidate -> candidate.getSymbolicName().equals(name))
            .findFirst()
            .orElseThrow();
    long id = bundle.getBundleId();
    try (InputStream in = URI.create(bundle.getLocation()).toURL().openStream()) {
      bundle.update(in);
    }
    assertEquals(id, bundle.getBundleId());
    assertEquals(Bundle.ACTIVE, bundle.getState());
    Instant updated = Instant.now();
    awaitThat(
        "a beat after the update of " + name,
        () -> {
          String last = get("r1.node", "/v1/status").path("lastBeat").asText("");
          return !last.isEmpty() && Instant.parse(last).isAfter(updated);
        });
  }

  /** What it saw; -1 when it was too late to say so. */
  private static int observedBy(int index, JsonNode row) {
    for (JsonNode seen : row.path("observed")) {
      if (seen.path("index").asInt() == index) {
        return seen.path("value").asInt();
      }
    }
    return -1;
  }

  private static int indexOf(String oracle, JsonNode view) {
    for (JsonNode entry : view.path("oracles")) {
      if (entry.path("address").asText().equalsIgnoreCase(oracle)) {
        return entry.path("index").asInt();
      }
    }
    throw new AssertionError("no oracle: " + view);
  }

  private long epoch() {
    return get("r1.node", "/v1/status").path("epoch").path("epoch").asLong(-1);
  }

  private Optional<JsonNode> certificate(String who, long epoch) {
    return Optional.of(get(who, "/v1/epochs/" + epoch + "?limit=1000"))
        .filter(view -> view.path("certificate").isObject());
  }

  private JsonNode get(String who, String path) {
    try {
      URI address = URI.create(System.getProperty(who) + path);
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      if (connection.getResponseCode() != 200) {
        return json.createObjectNode();
      }
      try (InputStream in = connection.getInputStream()) {
        return json.readTree(in);
      }
    } catch (IOException away) {
      return json.createObjectNode();
    }
  }

  private interface Look<T> {
    T now() throws Exception;
  }

  private static void awaitThat(String what, Look<Boolean> look) throws Exception {
    await(what, () -> look.now() ? Optional.of(true) : Optional.<Boolean>empty());
  }

  private static <T> T await(String what, Look<Optional<T>> look) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<T> value = look.now();
      if (value.isPresent()) {
        return value.get();
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError("not in time: " + what);
  }
}

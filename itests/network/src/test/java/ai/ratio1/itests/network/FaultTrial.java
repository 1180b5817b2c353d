package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.devnet.DevnetSettings;
import ai.ratio1.devnet.DevnetSettings.BrokerKind;
import ai.ratio1.itests.network.Disturbance.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A network over mosquitto, each node behind a link of its own, and what has to hold in it. */
final class FaultTrial implements AutoCloseable {

  private static final int SLOTS = 12;

  /** Slots that a machine with more to do than it can costs a node that nobody disturbs. */
  private static final int LOST = 2;

  private static final int NEARLY_ALL = 255 * (SLOTS - LOST) / SLOTS;

  /** Until a node has noticed that it is cut off and has come back. */
  private static final Duration NOTICE = Duration.ofSeconds(5 + 3);

  private static final Duration PARTITION = Duration.ofSeconds(10);
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private final Links links;
  private final TestNetwork network;
  private final int faulty;

  private FaultTrial(Links links, TestNetwork network) {
    this.links = links;
    this.network = network;
    this.faulty = (network.oracles().size() - 1) / 3;
  }

  /** Starts a network; returns when everybody is ready. */
  static FaultTrial start(Path root, int oracles, boolean processes, long seed) throws IOException {
    DevnetSettings plain = TestNetwork.settings(SLOTS, processes, BrokerKind.MOSQUITTO);
    List<String> nodes = new ArrayList<>();
    IntStream.rangeClosed(1, oracles).forEach(number -> nodes.add("oracle-" + number));
    nodes.addAll(List.of("edge-1", "edge-2"));
    Links links = new Links(nodes, plain.brokerPort(), seed);
    try {
      DevnetSettings settings = plain.with(oracles, links.ports());
      return new FaultTrial(links, TestNetwork.ready(root, settings));
    } catch (RuntimeException | Error e) {
      links.close();
      throw e;
    }
  }

  /** The oracles that a script may disturb: as many as may be faulty. */
  private List<String> disturbed() {
    return network.oracles().subList(1, 1 + faulty);
  }

  /** Lets the script happen from the next epoch on, and judges every epoch of it. */
  void play(long seed, int epochs) {
    Duration length = network.schedule().epochLength();
    FaultScript script = FaultScript.draw(seed, epochs, length, disturbed(), "edge-1");
    long first = network.epoch() + 1;
    try {
      carryOut(script, network.schedule().startOf(first));
      for (long epoch = first; epoch < first + epochs; epoch++) {
        judge(epoch, script, first);
      }
      judgeRecovered(first + epochs + 1);
    } catch (AssertionError failure) {
      throw new AssertionError(script.toString(), failure);
    }
  }

  private record Step(Instant moment, Runnable act) {}

  private void carryOut(FaultScript script, Instant begin) {
    List<Step> steps = new ArrayList<>();
    for (Disturbance disturbance : script.disturbances()) {
      var link = links.of(disturbance.node());
      steps.add(new Step(begin.plus(disturbance.from()), () -> disturbance.begin(link)));
      steps.add(new Step(begin.plus(disturbance.until()), () -> Disturbance.end(link)));
    }
    steps.sort(Comparator.comparing(Step::moment));
    for (Step step : steps) {
      network.awaitMoment(step.moment());
      step.act().run();
    }
  }

  private void judge(long epoch, FaultScript script, long first) {
    network.assertAgreed(epoch);
    JsonNode view = network.awaitCertified("oracle-1", epoch);
    assertHonest(view);
    assertThat(network.agreed(view, "edge-2"))
        .as("edge-2, whom nobody disturbed, in epoch %d", epoch)
        .isGreaterThanOrEqualTo(NEARLY_ALL);
    Duration begin = network.schedule().epochLength().multipliedBy(epoch - first);
    Availability bounds = Availability.of(script, "edge-1", begin, SLOTS, NOTICE);
    assertThat(network.agreed(view, "edge-1"))
        .as("edge-1 in epoch %d", epoch)
        .isBetween(bounds.least(LOST), bounds.most());
  }

  /** The second epoch after the last disturbance is as if there had been none. */
  private void judgeRecovered(long epoch) {
    network.assertAgreed(epoch);
    JsonNode view = network.awaitCertified("oracle-1", epoch);
    for (String node : network.licensed()) {
      assertThat(network.agreed(view, node)).as(node).isGreaterThanOrEqualTo(NEARLY_ALL);
    }
  }

  /** Every agreed byte is one that an undisturbed oracle saw, or lies between two of them. */
  private void assertHonest(JsonNode view) {
    List<Integer> blind =
        disturbed().stream().map(oracle -> network.indexOf(view, oracle)).toList();
    for (JsonNode row : view.path("rows")) {
      int least = 255;
      int most = 0;
      for (JsonNode seen : row.path("observed")) {
        if (!blind.contains(seen.path("index").asInt())) {
          least = Math.min(least, seen.path("value").asInt());
          most = Math.max(most, seen.path("value").asInt());
        }
      }
      assertThat(row.path("agreed").asInt()).as("%s", row).isBetween(least, most);
    }
  }

  /**
   * Cuts so many oracles off that no quorum is left, from before the end of an epoch on: it stays
   * pending until they are back, and then is closed.
   *
   * @return how long it took until nothing was pending
   */
  Duration partition(Kind kind) {
    long epoch = epochBeforeWhichNothingIsPending();
    Instant begin = beginOfPartition(epoch);
    List<String> cut = network.oracles().subList(0, faulty + 1);
    network.awaitMoment(begin);
    cut.forEach(
        oracle -> new Disturbance(oracle, kind, Duration.ZERO, PARTITION).begin(links.of(oracle)));
    network.awaitMoment(begin.plus(PARTITION));
    assertThat(network.devnet().chain().epochs().pendingEpoch()).isEqualTo(epoch);
    links.clear();
    long healed = System.nanoTime();
    network.awaitRecorded(epoch);
    Duration took = Duration.ofNanos(System.nanoTime() - healed);
    assertThat(took).as("from the end of the partition on").isLessThanOrEqualTo(RECOVERY);
    network.assertAgreed(epoch);
    network.assertAgreed(epoch + 1);
    return took;
  }

  private long epochBeforeWhichNothingIsPending() {
    while (true) {
      long epoch = network.epoch();
      network.awaitRecorded(epoch - 1);
      if (network.devnet().clock().instant().isBefore(beginOfPartition(epoch))) {
        return epoch;
      }
    }
  }

  private Instant beginOfPartition(long epoch) {
    return network.schedule().endOf(epoch).minusSeconds(2);
  }

  @Override
  public void close() {
    // Who is to say good-bye to the broker needs a link that works.
    links.clear();
    network.close();
    links.close();
  }
}

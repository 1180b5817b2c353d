package ai.ratio1.apbft.internal.core.sim;

import ai.ratio1.apbft.internal.core.message.Frames;
import ai.ratio1.apbft.internal.core.message.Signed;
import java.util.ArrayList;
import java.util.List;

/** Carries messages between endpoints: late, out of order, twice or not at all. */
final class Network {

  private final World world;
  private final Scenario scenario;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Starvation starvation;
  private long published;

  Network(World world, Scenario scenario) {
    this.world = world;
    this.scenario = scenario;
    this.starvation = new Starvation(scenario.seed(), scenario.oracles() - scenario.faults());
  }

  void add(Endpoint endpoint) {
    endpoints.add(endpoint);
  }

  /** The adversary notices everything. */
  void decided(int oracle) {
    starvation.decided(oracle);
  }

  int size() {
    return endpoints.size();
  }

  /** Messages given to the network so far. */
  long published() {
    return published;
  }

  void broadcast(int from, Signed<?> message) {
    published++;
    Signed<?> carried = scenario.encoded() ? Frames.decode(Frames.encode(message)) : message;
    for (int to = 0; to < endpoints.size(); to++) {
      if (to != from) {
        carry(from, to, carried);
      }
    }
  }

  /** To one alone: only a faulty oracle can. */
  void send(int from, int to, Signed<?> message) {
    published++;
    carry(from, to, message);
  }

  private void carry(int from, int to, Signed<?> message) {
    // The adversary owns the network: what its oracles say always arrives.
    boolean lost =
        !scenario.faulty(from)
            && (scenario.weather().loses(world, scenario.seed(), from, to)
                || starves(from, to, message));
    if (lost) {
      return;
    }
    deliver(to, message);
    if (scenario.weather().doubles(world)) {
      deliver(to, message);
    }
  }

  private boolean starves(int from, int to, Signed<?> message) {
    return scenario.weather() == Weather.STARVED
        && world.now() < scenario.weather().healsAt()
        && starvation.drops(from, to, message.message());
  }

  private void deliver(int to, Signed<?> message) {
    world.after(scenario.weather().delay(world), () -> endpoints.get(to).deliver(message));
  }
}

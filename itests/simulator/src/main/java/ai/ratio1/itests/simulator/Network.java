package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Frames;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.R1Exception;
import java.util.ArrayList;
import java.util.List;

/** Carries messages between endpoints: late, out of order, twice or not at all. */
final class Network {

  private final World world;
  private final Scenario scenario;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Starvation starvation;
  private final Links links;
  private long published;
  private long delivered;
  private long bytes;

  Network(World world, Scenario scenario) {
    this.world = world;
    this.scenario = scenario;
    this.starvation = new Starvation(scenario.seed(), scenario.honest());
    this.links = new Links(scenario.oracles(), scenario.ground().scale());
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

  /** Messages that reached somebody so far, or are under way. */
  long delivered() {
    return delivered;
  }

  /** Bytes given to the network so far, where links have a limit. */
  long bytes() {
    return bytes;
  }

  void broadcast(int from, Signed<?> message) {
    published++;
    Signed<?> carried =
        scenario.course().encoded() ? Frames.decode(Frames.encode(message)) : message;
    int length = links.limited() ? Frames.encode(message).length : 0;
    bytes += length;
    long sent = links.up(from, length, world.now());
    for (int to = 0; to < endpoints.size(); to++) {
      if (to != from) {
        carry(from, to, carried, length, sent);
      }
    }
  }

  /** To one alone: only a faulty oracle can. */
  void send(int from, int to, Signed<?> message) {
    published++;
    int length = links.limited() ? Frames.encode(message).length : 0;
    carry(from, to, message, length, links.up(from, length, world.now()));
  }

  /** Bytes of a faulty oracle, which may be no frame at all. */
  void send(int from, int to, byte[] frame) {
    try {
      send(from, to, Frames.decode(frame));
    } catch (R1Exception refused) {
      published++; // It was carried, and ends where frames are read.
    }
  }

  private void carry(int from, int to, Signed<?> message, int length, long sent) {
    // The adversary owns the network: what its oracles say always arrives.
    boolean lost =
        !scenario.faulty(from)
            && (scenario.weather().loses(world, scenario.seed(), from, to)
                || starves(from, to, message));
    if (lost) {
      return;
    }
    deliver(from, to, message, length, sent);
    if (scenario.weather().doubles(world)) {
      deliver(from, to, message, length, sent);
    }
  }

  private boolean starves(int from, int to, Signed<?> message) {
    return scenario.weather() == Weather.STARVED
        && world.now() < scenario.weather().healsAt()
        && starvation.drops(from, to, message.message());
  }

  private void deliver(int from, int to, Signed<?> message, int length, long sent) {
    delivered++;
    long delay = links.inOrder(from, to, sent + scenario.weather().delay(world)) - world.now();
    if (!links.limited()) {
      world.after(delay, () -> endpoints.get(to).deliver(message));
      return;
    }
    world.after(
        delay,
        () ->
            world.after(
                links.down(to, length, world.now()) - world.now(),
                () -> endpoints.get(to).deliver(message)));
  }
}

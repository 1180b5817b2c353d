package ai.ratio1.apbft.internal.core.sim;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Kind;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/** The faulty oracles that act each for itself; {@link Colluders} act as one. */
final class Foes {

  private Foes() {}

  static Endpoint of(Scenario scenario, int index, World world, Network network, Checker checker) {
    Voice mouth = new Voice(index, scenario.keys(), network, checker);
    return switch (scenario.foe()) {
      case NONE -> throw new IllegalArgumentException("nobody is faulty");
      case SILENT -> new Silent();
      case LYING -> new Liar(world, scenario, mouth, (message, to) -> true, 1);
      case WITHHOLDING -> new Liar(world, scenario, mouth, Foes::withholds, 2);
      case EQUIVOCATING -> new Twins(world, scenario, mouth);
      case SELECTIVE -> new Liar(world, scenario, mouth, selective(scenario), 3);
      case WILD_VIEWS -> new Wild(world, scenario, mouth);
      case REPLAYING -> new Replayer(world, scenario, mouth);
      case COLLUDING -> throw new IllegalArgumentException("colluders are made together");
    };
  }

  private static boolean withholds(Signed<?> message, int to) {
    return message.message().kind() != Kind.OBS_REVEAL
        && message.message().kind() != Kind.TABLE_CHUNK;
  }

  private static BiPredicate<Signed<?>, Integer> selective(Scenario scenario) {
    return (message, to) -> {
      int key = Objects.hash(message.message().kind(), to);
      return new SplittableRandom(scenario.seed() + key).nextInt(3) > 0;
    };
  }

  /** A round with another table. */
  static Round lie(Round round, long seed) {
    byte[] table = new byte[round.rows()];
    new SplittableRandom(seed).nextBytes(table);
    return new Round(
        round.epoch(),
        round.oracles(),
        round.schedule(),
        round.beacon(),
        round.rows(),
        Optional.of(table),
        Bytes32.ZERO,
        255,
        0);
  }

  /** Speaks for a faulty oracle, to whom it likes. */
  record Voice(int index, Keyring keys, Network network, Checker checker) {

    <M extends Message> Signed<M> sign(M message) {
      return new Signed<>(message, keys.signer(index).sign(message.digest(OracleNode.DOMAIN)));
    }

    void send(int to, Signed<?> message) {
      checker.published(message);
      network.send(index, to, message);
    }

    void sendTo(Signed<?> message, BiPredicate<Signed<?>, Integer> whom) {
      for (int to = 0; to < network.size(); to++) {
        if (to != index && whom.test(message, to)) {
          send(to, message);
        }
      }
    }
  }

  private static final class Silent implements Endpoint {
    @Override
    public void open(Round round) {}

    @Override
    public void deliver(Signed<?> message) {}
  }

  private static final class Liar implements Endpoint {
    private final OracleNode node;
    private final long salt;

    Liar(
        World world,
        Scenario scenario,
        Voice voice,
        BiPredicate<Signed<?>, Integer> whom,
        long salt) {
      this.salt = salt + voice.index();
      node =
          new OracleNode(
              world,
              scenario,
              voice.index(),
              Watcher.BLIND,
              message -> voice.sendTo(message, whom));
    }

    @Override
    public void open(Round round) {
      node.open(lie(round, salt));
    }

    @Override
    public void deliver(Signed<?> message) {
      node.deliver(message);
    }
  }

  private static final class Twins implements Endpoint {
    private final List<Liar> twins = new ArrayList<>();

    Twins(World world, Scenario scenario, Voice voice) {
      for (int twin = 0; twin < 2; twin++) {
        int side = twin;
        twins.add(
            new Liar(
                world,
                scenario,
                voice,
                (message, to) -> scenario.faulty(to) || to % 2 == side,
                100 * side));
      }
    }

    @Override
    public void open(Round round) {
      twins.forEach(twin -> twin.open(round));
    }

    @Override
    public void deliver(Signed<?> message) {
      twins.forEach(twin -> twin.deliver(message));
    }
  }

  private static final class Wild implements Endpoint {
    private static final int WISHES = 30;
    private final World world;
    private final Voice voice;
    private final Liar correctOtherwise;

    Wild(World world, Scenario scenario, Voice voice) {
      this.world = world;
      this.voice = voice;
      this.correctOtherwise = new Liar(world, scenario, voice, (message, to) -> true, 4);
    }

    @Override
    public void open(Round round) {
      correctOtherwise.open(round);
      wish(round, WISHES);
    }

    private void wish(Round round, int left) {
      long view =
          world.chance(0.5) ? world.random().nextInt(12) : world.random().nextLong(1L << 32);
      Header header =
          new Header(
              round.oracles().configDigest(), round.epoch(), voice.keys().address(voice.index()));
      voice.sendTo(voice.sign(new ViewWish(header, view)), (message, to) -> world.chance(0.5));
      if (left > 0) {
        world.after(400, () -> wish(round, left - 1));
      }
    }

    @Override
    public void deliver(Signed<?> message) {
      correctOtherwise.deliver(message);
    }
  }

  private static final class Replayer implements Endpoint {
    private static final int MEMORY = 500;
    private final World world;
    private final Voice voice;
    private final Liar correctOtherwise;
    private final List<Signed<?>> heard = new ArrayList<>();

    Replayer(World world, Scenario scenario, Voice voice) {
      this.world = world;
      this.voice = voice;
      this.correctOtherwise = new Liar(world, scenario, voice, (message, to) -> true, 5);
    }

    @Override
    public void open(Round round) {
      correctOtherwise.open(round);
    }

    @Override
    public void deliver(Signed<?> message) {
      correctOtherwise.deliver(message);
      if (heard.size() < MEMORY) {
        heard.add(message);
      }
      if (world.chance(0.5)) {
        Signed<?> old = heard.get(world.random().nextInt(heard.size()));
        voice.send(world.random().nextInt(voice.index()), old);
      }
    }
  }
}

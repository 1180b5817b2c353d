package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.DecisionMessage;
import ai.ratio1.apbft.internal.core.message.DecisionOffer;
import ai.ratio1.apbft.internal.core.message.DecisionPropose;
import ai.ratio1.apbft.internal.core.message.DecisionWish;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.Slot;
import ai.ratio1.consensus.Validity;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Makes the faulty oracles of a run about slots.
 *
 * @param scenario what they do
 * @param world when and by what chance
 */
record DecisionFoes(Scenario scenario, World world) {

  private static final int WISHES = 30;
  private static final long INTERVAL = 400;
  private static final int LARGE = 24_576;

  List<Endpoint> make(List<FaultyVoice> voices) {
    if (scenario.foe() == Foe.COLLUDING) {
      DecisionColluders mind = new DecisionColluders(world, scenario, voices);
      return Collections.nCopies(voices.size(), mind);
    }
    return voices.stream().map(this::make).toList();
  }

  private Endpoint make(FaultyVoice voice) {
    return switch (scenario.foe()) {
      case NONE, COLLUDING -> throw new IllegalArgumentException("not made one by one");
      case SILENT -> new Silent();
      case LYING -> proposing(voice, (message, to) -> true, slot -> bad(voice, slot));
      case EQUIVOCATING ->
          new Twins(
              proposing(voice, (message, to) -> to % 2 == 0, slot -> good(voice, slot)),
              proposing(
                  voice, (message, to) -> to % 2 == 1, slot -> Values.changed(good(voice, slot))));
      case TWINS ->
          new Twins(
              proposing(voice, (message, to) -> true, slot -> good(voice, slot)),
              proposing(voice, (message, to) -> true, slot -> Values.changed(good(voice, slot))));
      // Tables are what these two lie about; here they choose who hears what.
      case COPYING, WITHHOLDING, SELECTIVE ->
          proposing(voice, this::selects, slot -> good(voice, slot));
      case WILD_VIEWS -> wild(voice);
      case REPLAYING ->
          new Replayer(
              world, voice, proposing(voice, (message, to) -> true, slot -> good(voice, slot)));
      case HUGE -> flooding(voice);
      case PICKING ->
          new DecisionNode(
              world,
              scenario,
              voice.index(),
              Watcher.BLIND,
              (oracle, value, now) -> Validity.VALID,
              message -> voice.sendToAll(picked(voice, message)));
    };
  }

  private Octets bad(FaultyVoice voice, Slot slot) {
    return Values.bad(voice.index(), slot);
  }

  private Octets good(FaultyVoice voice, Slot slot) {
    return new Values(scenario)
        .good(voice.index(), slot, new SplittableRandom(scenario.seed() + slot.sequence()));
  }

  /** A correct engine with a candidate of its own, which calls everything valid. */
  private Endpoint proposing(
      FaultyVoice voice, BiPredicate<Signed<?>, Integer> whom, Function<Slot, Octets> value) {
    DecisionNode node =
        new DecisionNode(
            world,
            scenario,
            voice.index(),
            Watcher.BLIND,
            (oracle, any, now) -> Validity.VALID,
            message -> voice.sendTo(message, whom));
    return new Endpoint() {
      @Override
      public void decide(DecisionRound round) {
        node.propose(round.slot(), value.apply(round.slot()));
        node.decide(round);
      }

      @Override
      public void deliver(Signed<?> message) {
        node.deliver(message);
      }
    };
  }

  private boolean selects(Signed<?> message, int to) {
    long key = scenario.seed() * 31 + message.message().kind().code() * 7L + to;
    return new SplittableRandom(key).nextBoolean();
  }

  private Endpoint wild(FaultyVoice voice) {
    Endpoint node = proposing(voice, (message, to) -> true, slot -> good(voice, slot));
    return beside(
        node,
        voice,
        (round, header) -> {
          long view =
              world.chance(0.5) ? world.random().nextInt(12) : world.random().nextLong(1L << 32);
          return new DecisionWish(header, round.slot(), view);
        });
  }

  /** The largest values, in slots that are open and in slots that nobody knows. */
  private Endpoint flooding(FaultyVoice voice) {
    Endpoint node = proposing(voice, (message, to) -> true, slot -> Octets.of(new byte[LARGE]));
    return beside(
        node,
        voice,
        (round, header) -> {
          Slot unknown = new Slot(round.slot().topic(), world.random().nextLong(1L << 40));
          Slot slot = world.chance(0.5) ? round.slot() : unknown;
          return world.chance(0.5)
              ? new DecisionOffer(header, slot, Octets.of(new byte[LARGE]))
              : new DecisionPropose(
                  header, slot, world.random().nextInt(12), Octets.of(new byte[LARGE]), List.of());
        });
  }

  /** Does something every now and then besides what an endpoint does. */
  private Endpoint beside(
      Endpoint node,
      FaultyVoice voice,
      BiFunction<DecisionRound, Header, DecisionMessage> message) {
    return new Endpoint() {
      @Override
      public void decide(DecisionRound round) {
        node.decide(round);
        again(round, WISHES);
      }

      private void again(DecisionRound round, int left) {
        Header header =
            new Header(
                round.oracles().configDigest(), 0, round.oracles().oracles().get(voice.index()));
        Signed<?> said = voice.sign(message.apply(round, header));
        voice.sendTo(said, (any, to) -> world.chance(0.5));
        if (left > 0) {
          world.after(INTERVAL, () -> again(round, left - 1));
        }
      }

      @Override
      public void deliver(Signed<?> signed) {
        node.deliver(signed);
      }
    };
  }

  /** Leads with a value of its own choice in place of the one its justification binds it to. */
  private Signed<?> picked(FaultyVoice voice, Signed<?> signed) {
    if (!(signed.message() instanceof DecisionPropose proposal)) {
      return signed;
    }
    return voice.sign(
        new DecisionPropose(
            proposal.header(),
            proposal.slot(),
            proposal.view(),
            Values.changed(proposal.value()),
            proposal.justification()));
  }
}

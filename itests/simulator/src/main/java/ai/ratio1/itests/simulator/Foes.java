package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Kind;
import ai.ratio1.apbft.internal.core.message.Signed;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Makes the faulty oracles of a run.
 *
 * @param scenario what they do
 * @param world when and by what chance
 * @param ledger what they can compute
 * @param engines gives them engines, for most of them are correct in part
 */
record Foes(Scenario scenario, World world, Ledger ledger, Engines engines) {

  /** Makes engines for faulty oracles. */
  interface Engines {
    OracleNode engine(int index, Watcher eyes, Consumer<Signed<?>> outlet);
  }

  List<Endpoint> make(List<FaultyVoice> voices) {
    if (scenario.foe() == Foe.COLLUDING) {
      Colluders mind = new Colluders(world, scenario, ledger, voices, engines);
      return IntStream.range(0, voices.size()).mapToObj(mind::endpoint).toList();
    }
    return voices.stream().map(this::make).toList();
  }

  private Endpoint make(FaultyVoice voice) {
    return switch (scenario.foe()) {
      case NONE -> throw new IllegalArgumentException("nobody is faulty");
      case SILENT -> new Silent();
      case LYING -> liar(voice, (message, to) -> true, 1);
      case COPYING -> new Copier(scenario, voice, engines);
      case WITHHOLDING -> liar(voice, Foes::withholds, 2);
      case EQUIVOCATING ->
          new Twins(
              liar(voice, (message, to) -> scenario.faulty(to) || to % 2 == 0, 0),
              liar(voice, (message, to) -> scenario.faulty(to) || to % 2 == 1, 100));
      case TWINS ->
          new Twins(honest(voice, voice::sendToAll), liar(voice, (message, to) -> true, 6));
      case SELECTIVE -> liar(voice, this::selects, 3);
      case WILD_VIEWS -> new Wild(world, voice, liar(voice, (message, to) -> true, 4));
      case REPLAYING -> new Replayer(world, voice, liar(voice, (message, to) -> true, 5));
      case HUGE -> new Glutton(world, voice, honest(voice, voice::sendToAll));
      case PICKING -> honest(voice, new Picker(scenario, voice)::say);
      case COLLUDING -> throw new IllegalArgumentException("colluders are made together");
    };
  }

  private OracleNode honest(FaultyVoice voice, Consumer<Signed<?>> outlet) {
    return engines.engine(voice.index(), Watcher.BLIND, outlet);
  }

  private Liar liar(FaultyVoice voice, BiPredicate<Signed<?>, Integer> whom, long salt) {
    return new Liar(honest(voice, message -> voice.sendTo(message, whom)), salt + voice.index());
  }

  private static boolean withholds(Signed<?> message, int to) {
    return message.message().kind() != Kind.OBS_REVEAL
        && message.message().kind() != Kind.TABLE_CHUNK;
  }

  private boolean selects(Signed<?> message, int to) {
    // Codes and not the constants: their hashes differ from one process to the next.
    int key = Objects.hash(message.message().kind().code(), to);
    return new SplittableRandom(scenario.seed() + key).nextInt(3) > 0;
  }
}

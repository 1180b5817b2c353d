package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.Round;
import java.util.ArrayList;
import java.util.List;

/** Sends again what anybody said before, and lies besides. */
final class Replayer implements Endpoint {

  private static final int MEMORY = 500;

  private final World world;
  private final FaultyVoice voice;
  private final Endpoint liar;
  private final List<Signed<?>> heard = new ArrayList<>();

  Replayer(World world, FaultyVoice voice, Endpoint liar) {
    this.world = world;
    this.voice = voice;
    this.liar = liar;
  }

  @Override
  public void open(Round round) {
    liar.open(round);
  }

  @Override
  public void decide(DecisionRound round) {
    liar.decide(round);
  }

  @Override
  public void deliver(Signed<?> message) {
    liar.deliver(message);
    if (heard.size() < MEMORY) {
      heard.add(message);
    }
    if (world.chance(0.5)) {
      Signed<?> old = heard.get(world.random().nextInt(heard.size()));
      voice.send(world.random().nextInt(voice.index()), old);
    }
  }
}

package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.consensus.Round;

/** Wishes for views far ahead, and lies besides. */
record Wild(World world, FaultyVoice voice, Endpoint liar) implements Endpoint {

  private static final int WISHES = 30;
  private static final long INTERVAL = 400;

  @Override
  public void open(Round round) {
    liar.open(round);
    wish(round, WISHES);
  }

  private void wish(Round round, int left) {
    long view = world.chance(0.5) ? world.random().nextInt(12) : world.random().nextLong(1L << 32);
    Signed<?> wish = voice.sign(new ViewWish(voice.header(round), view));
    voice.sendTo(wish, (message, to) -> world.chance(0.5));
    if (left > 0) {
      world.after(INTERVAL, () -> wish(round, left - 1));
    }
  }

  @Override
  public void deliver(Signed<?> message) {
    liar.deliver(message);
  }
}

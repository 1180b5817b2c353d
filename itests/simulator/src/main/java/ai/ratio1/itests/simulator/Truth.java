package ai.ratio1.itests.simulator;

import java.util.random.RandomGenerator;

/**
 * How available nodes were in an epoch. Honest oracles see nearly the same of it: what they miss is
 * what the network lost.
 */
final class Truth {

  private static final int MISSED = 4;

  private final byte[] availability;
  private final boolean noise;

  Truth(Scenario scenario, World world) {
    availability = new byte[scenario.oracles() + scenario.ground().scale().nodes()];
    world.random().nextBytes(availability);
    noise = !scenario.ground().scale().rule();
    for (int oracle = 0; oracle < scenario.oracles(); oracle++) {
      // Some oracles were away themselves, so that the ladder of theta has something to do.
      boolean away = world.chance(0.1);
      availability[oracle] = (byte) (away ? world.random().nextInt(180, 256) : 255);
    }
  }

  /** What one oracle saw. */
  byte[] observed(RandomGenerator random) {
    byte[] table = availability.clone();
    if (noise) {
      random.nextBytes(table);
      return table;
    }
    for (int row = 0; row < table.length; row++) {
      int seen = Math.max(0, Byte.toUnsignedInt(table[row]) - random.nextInt(MISSED));
      table[row] = (byte) seen;
    }
    return table;
  }
}

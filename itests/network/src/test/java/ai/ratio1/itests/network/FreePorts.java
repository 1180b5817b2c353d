package ai.ratio1.itests.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A port base whose ports nobody uses, for a network of up to 31 oracles. */
final class FreePorts {

  /** Networks start side by side, each from a range of its own. */
  private static final int FIRST = 20_000 + 5_500 * (Integer.getInteger("r1.fork", 1) - 1);

  private FreePorts() {}

  static int base() {
    RandomGenerator random = RandomGenerator.getDefault();
    for (int tries = 0; tries < 100; tries++) {
      int base = random.nextInt(FIRST, FIRST + 5_300);
      boolean free =
          IntStream.concat(
                  IntStream.of(base + 45, base + 83), IntStream.range(base + 101, base + 135))
              .allMatch(FreePorts::isFree);
      if (free) {
        return base;
      }
    }
    throw new AssertionError("no free ports");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}

package ai.ratio1.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.stream.IntStream;

/** Ports that nobody uses. Tests that run side by side take theirs from ranges of their own. */
public final class FreePorts {

  private static final int TRIES = 100;

  private FreePorts() {}

  /**
   * A base whose ports on loopback nobody uses now, for a devnet of up to 31 oracles: base + 45 and
   * 83, and base + 101 to 134.
   *
   * @param from the smallest base
   * @param to what the base stays below
   * @throws AssertionError when a hundred bases were tried in vain
   */
  public static int base(int from, int to) {
    return new SecureRandom()
        .ints(TRIES, from, to)
        .filter(base -> ports(base).allMatch(FreePorts::isFree))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no free ports from " + from + " to " + to));
  }

  private static IntStream ports(int base) {
    return IntStream.concat(
        IntStream.of(base + 45, base + 83), IntStream.range(base + 101, base + 135));
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

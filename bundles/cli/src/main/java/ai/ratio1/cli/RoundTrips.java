package ai.ratio1.cli;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.client.NodeClient;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far away an oracle is.
 *
 * @param oracle who answered
 * @param medianMicros the median time of a round trip
 */
record RoundTrips(EvmAddress oracle, long medianMicros) {

  private static final String PATH = "/current_epoch";

  /**
   * Measures after one round trip that sets the connection up.
   *
   * @param nanos a clock that never goes back
   * @return empty when the oracle does not answer every time
   */
  static Optional<RoundTrips> measure(NodeClient client, int samples, LongSupplier nanos) {
    try {
      String address = client.get(PATH).path("ee_node_eth_address").asText();
      long[] times = new long[samples];
      for (int i = 0; i < samples; i++) {
        long begin = nanos.getAsLong();
        client.get(PATH);
        times[i] = nanos.getAsLong() - begin;
      }
      Arrays.sort(times);
      long median = TimeUnit.NANOSECONDS.toMicros(times[samples / 2]);
      return Optional.of(new RoundTrips(EvmAddress.parse(address), median));
    } catch (R1Exception | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

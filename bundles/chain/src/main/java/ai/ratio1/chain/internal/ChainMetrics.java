package ai.ratio1.chain.internal;

import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.Metric.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of a connection, or of none. */
final class ChainMetrics {

  private static final String TRANSACTIONS = "Transactions of this node's accounts, by result.";

  private final @Nullable NetworkConnection connection;
  private final @Nullable BalanceWatch watch;

  ChainMetrics(@Nullable NetworkConnection connection, @Nullable BalanceWatch watch) {
    this.connection = connection;
    this.watch = watch;
  }

  static ChainMetrics unconnected() {
    return new ChainMetrics(null, null);
  }

  List<Metric> read() {
    if (connection == null || watch == null) {
      return List.of(connected(0));
    }
    HeadFollower follower = connection.follower();
    HttpJsonRpc http = connection.http();
    TransactionSender sender = connection.sender();
    return List.of(
        connected(follower.outages() == 0 ? 1 : 0),
        Metric.gauge(
            "r1_chain_head_block", "Newest block seen.", (double) follower.head().number()),
        Metric.gauge(
            "r1_chain_finalised_block",
            "Newest final block seen.",
            (double) follower.finalised().number()),
        Metric.counter(
            "r1_chain_requests_total", "JSON-RPC requests sent.", (double) http.requests()),
        Metric.counter(
            "r1_chain_request_failures_total",
            "Endpoints that failed to answer.",
            (double) http.failures()),
        Metric.gauge(
            "r1_chain_payer_balance_wei",
            "What an oracle's key has left to pay for submissions, in wei.",
            watch.balance().doubleValue()),
        transactions("mined", sender.mined()),
        transactions("failed", sender.failed()),
        transactions("replaced", sender.replaced()));
  }

  private static Metric connected(int yes) {
    return Metric.gauge("r1_chain_connected", "Whether the chain answered the last poll.", yes);
  }

  private static Metric transactions(String result, long count) {
    Map<String, String> labels = Map.of("result", result);
    return new Metric(
        "r1_chain_transactions_total", TRANSACTIONS, Kind.COUNTER, labels, (double) count);
  }
}

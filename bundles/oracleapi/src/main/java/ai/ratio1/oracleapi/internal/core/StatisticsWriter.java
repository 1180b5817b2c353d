package ai.ratio1.oracleapi.internal.core;

import ai.ratio1.consensus.AvailabilityHistory;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.OracleAnswer;
import ai.ratio1.wire.WireTime;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes lists of nodes and what is known of them. What genuine servers read from heartbeats
 * without checking it (resources, versions, tags) is empty or null.
 */
public final class StatisticsWriter {

  private static final long FIRST = 1;
  private static final int RECENT = 10;
  private static final int FULL = 255;
  private static final List<String> SUMS =
      List.of("mem_total", "mem_avail", "cpu_cores", "cpu_cores_avail", "disk_total", "disk_avail");

  private StatisticsWriter() {}

  /** The epochs that statistics are made of; empty while the network is too young for any. */
  public static Optional<EpochRange> epochs(OracleView view) {
    return view.lastSynced() > FIRST
        ? Optional.of(new EpochRange(FIRST, view.lastSynced()))
        : Optional.empty();
  }

  /**
   * Answers with a page of the nodes that are online.
   *
   * @param history over {@link #epochs}; empty when they are not known
   * @param took how long it took to collect
   */
  public static ObjectNode page(
      OracleView view, NodeList list, Optional<AvailabilityHistory> history, Duration took) {
    ObjectNode page = Json.object();
    boolean told = history.isPresent();
    if (told) {
      page.putNull("error");
    } else {
      putError(page, view);
    }
    page.put("nodes_total_items", told ? list.totalItems() : 0);
    page.put("nodes_total_pages", told ? list.totalPages() : 0);
    page.put("nodes_items_per_page", list.itemsPerPage());
    page.put("nodes_page", told ? list.page() : 0);
    page.set("nodes", history.map(known -> nodes(view, list, known)).orElseGet(Json::object));
    ObjectNode resources = page.putObject("resources_total");
    SUMS.forEach(sum -> resources.put(sum, 0));
    resources.putObject("default_cuda");
    return page.put("query_time", Python.seconds(took));
  }

  /** Answers with all nodes that were seen. */
  public static ObjectNode all(
      OracleView view, NodeList list, Optional<AvailabilityHistory> history) {
    ObjectNode all = Json.object();
    if (history.isEmpty()) {
      putError(all.putObject("nodes"), view);
      return all;
    }
    all.set("nodes", nodes(view, list, history.get()).putNull("error"));
    return all.put("nodes_total_items", list.totalItems());
  }

  /** Answers how many nodes are where. Beats do not prove a place, so all are nowhere known. */
  public static ObjectNode countries(NodeList online, Duration took) {
    ObjectNode countries = Json.object().putNull("error");
    var list = countries.putArray("countries");
    if (online.totalItems() > 0) {
      list.addObject()
          .put("code", "Unknown")
          .put("count", online.totalItems())
          .put("datacenterCount", 0)
          .put("kybCount", 0);
    }
    countries.put("nodes_total_items", online.totalItems());
    countries.put("countries_total_items", online.totalItems());
    return countries.put("query_time", Python.seconds(took));
  }

  private static void putError(ObjectNode into, OracleView view) {
    long last = view.lastSynced() - 1;
    OracleAnswer.putError(
        into,
        "Error getting EpochManager stats: Invalid epoch range: " + FIRST + ".." + last,
        OracleApiError.NO_STATISTICS.code());
  }

  private static ObjectNode nodes(OracleView view, NodeList list, AvailabilityHistory history) {
    ObjectNode nodes = Json.object();
    list.nodes().forEach(node -> nodes.set(node.node(), node(view, node, history)));
    return nodes;
  }

  private static ObjectNode node(OracleView view, Subject node, AvailabilityHistory history) {
    List<Integer> values =
        LongStream.rangeClosed(history.first(), history.last())
            .mapToObj(epoch -> history.of(node.evmAddress(), epoch))
            .toList();
    int score = values.stream().mapToInt(Integer::intValue).sum();
    Instant sent = node.sighting().orElseThrow().sentAt();
    ObjectNode entry = Json.object();
    entry.put("eth_addr", node.evm());
    entry.put("alias", node.alias());
    entry.putNull("ver");
    entry.put("last_state", WireTime.seconds(sent));
    entry.put("last_seen_ago", Python.clock(node.lastSeen(view.now()).orElseThrow()));
    entry.put("is_online", node.isOnline(view.now()));
    entry.put("non_zero", values.stream().filter(value -> value > 0).count());
    // The genuine formula, which stays near zero for the first years.
    entry.put(
        "overall_availability", Python.round(score / (FULL * (double) values.size() + 1e7), 4));
    entry.put("score", score);
    entry.putNull("first_check");
    entry.put("last_check", WireTime.seconds(sent));
    entry.putArray("tags");
    entry.putObject("resources");
    entry.putObject("current_epoch").put("id", view.current()).putNull("nr_hb");
    entry.set("recent_history", recent(history, values));
    return entry;
  }

  private static ObjectNode recent(AvailabilityHistory history, List<Integer> values) {
    long first = Math.max(history.first(), history.last() - RECENT + 1);
    String bytes =
        LongStream.rangeClosed(first, history.last())
            .mapToObj(epoch -> epoch + ": " + values.get((int) (epoch - history.first())))
            .collect(Collectors.joining(", ", "{", "}"));
    String certainty =
        LongStream.rangeClosed(first, history.last())
            .mapToObj(epoch -> epoch + "=Y")
            .collect(Collectors.joining(", "));
    return Json.object()
        .put("last_10_ep", bytes)
        .put("certainty", certainty)
        .put("last_epoch_id", history.last())
        .put("last_epoch_avail", values.get(values.size() - 1));
  }
}

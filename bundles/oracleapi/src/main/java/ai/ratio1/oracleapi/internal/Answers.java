package ai.ratio1.oracleapi.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.AvailabilityHistory;
import ai.ratio1.http.Request;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.Signatures;
import ai.ratio1.oracleapi.internal.core.ClaimWriter;
import ai.ratio1.oracleapi.internal.core.EpochRange;
import ai.ratio1.oracleapi.internal.core.MultiNodeRequest;
import ai.ratio1.oracleapi.internal.core.NodeList;
import ai.ratio1.oracleapi.internal.core.OracleApiError;
import ai.ratio1.oracleapi.internal.core.OracleView;
import ai.ratio1.oracleapi.internal.core.StatisticsWriter;
import ai.ratio1.oracleapi.internal.core.Subject;
import ai.ratio1.wire.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What each path answers, as a result that is not signed yet (protocol dossier, section 7.7). */
final class Answers {

  private static final int ITEMS_PER_PAGE = 10;
  private static final long FIRST_EPOCH = 1;
  private static final double FULL = 255;

  private final Knowledge knowledge;
  private final Signatures signatures;
  private final ClaimWriter claims;
  private final Clock clock;

  Answers(Knowledge knowledge, Signatures signatures, ClaimWriter claims, Clock clock) {
    this.knowledge = knowledge;
    this.signatures = signatures;
    this.claims = claims;
    this.clock = clock;
  }

  ObjectNode currentEpoch(OracleView view) {
    return Json.object().put("current_epoch", view.current());
  }

  ObjectNode nodesList(OracleView view, int limit) {
    NodeList list = NodeList.all(knowledge.sightings(), limit);
    return StatisticsWriter.all(view, list, statistics(view, list));
  }

  ObjectNode activeNodes(OracleView view, Request request, int mostItems) {
    Instant began = clock.instant();
    NodeList list =
        NodeList.online(
            knowledge.sightings(),
            view.now(),
            request.parameter("alias_pattern").orElse(""),
            (int) number(request, "items_per_page", ITEMS_PER_PAGE, 1, mostItems),
            (int) number(request, "page", 1, 1, Integer.MAX_VALUE));
    Optional<AvailabilityHistory> history = statistics(view, list);
    return StatisticsWriter.page(view, list, history, since(began));
  }

  ObjectNode countryStats(OracleView view) {
    Instant began = clock.instant();
    NodeList online = NodeList.online(knowledge.sightings(), view.now(), "", 1, 1);
    return StatisticsWriter.countries(online, since(began));
  }

  ObjectNode nodeEpochs(OracleView view, Request request) {
    return claim(view, request, new EpochRange(FIRST_EPOCH, view.lastSynced()));
  }

  ObjectNode nodeEpochsRange(OracleView view, Request request) {
    return claim(
        view,
        request,
        new EpochRange(required(request, "start_epoch"), required(request, "end_epoch")));
  }

  ObjectNode nodeEpoch(OracleView view, Request request) {
    long epoch = required(request, "epoch");
    return single(claim(view, request, new EpochRange(epoch, epoch)), "epoch");
  }

  ObjectNode nodeLastEpoch(OracleView view, Request request) {
    long epoch = view.lastSynced();
    return single(claim(view, request, new EpochRange(epoch, epoch)), "last_epoch");
  }

  ObjectNode multiNodeEpochsRange(OracleView view, Request request, int mostNodes) {
    Instant began = clock.instant();
    MultiNodeRequest asked = MultiNodeRequest.read(request.body(), mostNodes);
    Map<String, MultiNodeRequest.Entry> known = new HashMap<>(asked.ranges());
    known.values().removeIf(entry -> !entry.range().isOver(view.lastSynced()));
    Optional<AvailabilityHistory> history = history(known);
    ObjectNode all = Json.object();
    asked
        .ranges()
        .forEach(
            (spelling, entry) ->
                all.set(
                    spelling,
                    claims.write(
                        view,
                        knowledge.subject(entry.node()),
                        entry.range(),
                        history.filter(h -> known.containsKey(spelling)),
                        asked.withLicences()
                            ? knowledge.licence(entry.node())
                            : Optional.empty())));
    return all.put("query_time", since(began).toMillis() / 1000.0);
  }

  /** One history for all nodes, so that every epoch is read once. */
  private Optional<AvailabilityHistory> history(Map<String, MultiNodeRequest.Entry> entries) {
    Set<EvmAddress> nodes =
        entries.values().stream().map(MultiNodeRequest.Entry::node).collect(Collectors.toSet());
    LongSummaryStatistics epochs =
        entries.values().stream()
            .flatMapToLong(e -> LongStream.of(e.range().first(), e.range().last()))
            .summaryStatistics();
    return entries.isEmpty()
        ? Optional.empty()
        : knowledge.history(nodes, new EpochRange(epochs.getMin(), epochs.getMax()));
  }

  private Optional<AvailabilityHistory> statistics(OracleView view, NodeList list) {
    Set<EvmAddress> nodes =
        list.nodes().stream().map(Subject::evmAddress).collect(Collectors.toSet());
    return StatisticsWriter.epochs(view).flatMap(range -> knowledge.history(nodes, range));
  }

  private ObjectNode claim(OracleView view, Request request, EpochRange range) {
    Subject subject = subject(request);
    Optional<AvailabilityHistory> history =
        range.isOver(view.lastSynced())
            ? knowledge.history(Set.of(subject.evmAddress()), range)
            : Optional.empty();
    boolean licence = request.parameter("include_bc_info").filter(Answers::isTrue).isPresent();
    return claims.write(
        view,
        subject,
        range,
        history,
        licence ? knowledge.licence(subject.evmAddress()) : Optional.empty());
  }

  private static ObjectNode single(ObjectNode claim, String name) {
    if (claim.path("epochs_vals").isEmpty()) {
      return claim;
    }
    int value = claim.path("epochs_vals").get(0).intValue();
    ObjectNode single = Json.object();
    single.put(name + "_id", claim.path("epochs").get(0).longValue());
    single.put(name + "_val", value);
    single.put(name + "_prc", Math.rint(value / FULL * 1e4) / 1e4);
    return single.setAll(claim);
  }

  private Subject subject(Request request) {
    Optional<String> evm = request.parameter("eth_node_addr");
    if (evm.isPresent()) {
      try {
        return knowledge.subject(EvmAddress.parse(evm.get()));
      } catch (IllegalArgumentException e) {
        throw OracleApiError.BAD_ADDRESS.because("`eth_node_addr` is no EVM address.");
      }
    }
    String text =
        request
            .parameter("node_addr")
            .orElseThrow(
                () ->
                    OracleApiError.NO_ADDRESS.because(
                        "Please provide either `eth_node_addr` or `node_addr`"));
    NodeAddress address =
        signatures
            .parse(text)
            .orElseThrow(
                () -> OracleApiError.BAD_ADDRESS.because("`node_addr` is no node address."));
    Subject seen = knowledge.subject(signatures.evmAddress(address));
    return new Subject(seen.evmAddress(), Optional.of(address), seen.sighting());
  }

  private Duration since(Instant began) {
    return Duration.between(began, clock.instant());
  }

  private static boolean isTrue(String text) {
    return text.equalsIgnoreCase("true") || text.equals("1");
  }

  private static long required(Request request, String name) {
    return number(
        name,
        request
            .parameter(name)
            .orElseThrow(
                () -> OracleApiError.BAD_PARAMETER.because("`" + name + "` is required.")));
  }

  /** A number inside bounds: what is beyond them counts as the bound, as genuine pages do. */
  private static long number(Request request, String name, long usual, long least, long most) {
    long number = request.parameter(name).map(text -> number(name, text)).orElse(usual);
    return Math.max(least, Math.min(most, number));
  }

  private static long number(String name, String text) {
    if (!text.matches("-?\\d{1,18}")) {
      throw OracleApiError.BAD_PARAMETER.because("`" + name + "` has to be a whole number.");
    }
    return Long.parseLong(text);
  }
}

package ai.ratio1.oracleapi.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Door;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.oracleapi.internal.core.ClaimWriter;
import ai.ratio1.oracleapi.internal.core.OracleApiError;
import ai.ratio1.oracleapi.internal.core.OracleView;
import ai.ratio1.wire.DAuthAnswer;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.OracleAnswer;
import ai.ratio1.wire.Uptime;
import ai.ratio1.wire.WireTime;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The paths, and the envelope around what they answer. */
final class Server {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final String GET = "GET";
  private static final String POST = "POST";

  private final Knowledge knowledge;
  private final NodeIdentity identity;
  private final Answers answers;
  private final Clock clock;
  private final Instant start;
  private final Supplier<Settings> settings;

  Server(
      Knowledge knowledge,
      NodeIdentity identity,
      Signatures signatures,
      Clock clock,
      Supplier<Settings> settings) {
    this.knowledge = knowledge;
    this.identity = identity;
    this.answers = new Answers(knowledge, signatures, new ClaimWriter(identity), clock);
    this.clock = clock;
    this.start = clock.instant();
    this.settings = settings;
  }

  List<Door> doors() {
    return List.of(
        endpoint(GET, "/current_epoch", (view, request) -> answers.currentEpoch(view)),
        endpoint(
            GET,
            "/nodes_list",
            (view, request) -> answers.nodesList(view, settings.get().listNodes())),
        endpoint(
            GET,
            "/active_nodes_list",
            (view, request) -> answers.activeNodes(view, request, settings.get().pageNodes())),
        endpoint(GET, "/active_nodes_country_stats", (view, request) -> answers.countryStats(view)),
        endpoint(GET, "/node_epochs", answers::nodeEpochs),
        endpoint(GET, "/node_epochs_range", answers::nodeEpochsRange),
        endpoint(GET, "/node_epoch", answers::nodeEpoch),
        endpoint(GET, "/node_last_epoch", answers::nodeLastEpoch),
        endpoint(
            POST,
            "/multi_node_epochs_range",
            (view, request) ->
                answers.multiNodeEpochsRange(view, request, settings.get().requestNodes())));
  }

  private Door endpoint(
      String method, String path, BiFunction<OracleView, Request, ObjectNode> answer) {
    return new Endpoint(path, method, request -> respond(request, answer));
  }

  private Response respond(Request request, BiFunction<OracleView, Request, ObjectNode> answer) {
    Instant now = clock.instant();
    try {
      if (!request.path().isEmpty()) {
        throw OracleApiError.NOTHING_HERE.because("There is nothing below this path.");
      }
      OracleView view = knowledge.view(now, settings.get().versions());
      ObjectNode result = answer.apply(view, request);
      return json(
          200,
          OracleAnswer.compose(server(now, view.current()), view.lastSynced(), result, identity));
    } catch (R1Exception e) {
      LOG.debug("Refused {}: {}", request.remote(), e.describe());
      int status = e instanceof ProblemException problem ? problem.status() : 400;
      String what = String.valueOf(e.getMessage());
      return json(status, OracleAnswer.refusal(server(now, 0), what, status, e.code()));
    }
  }

  private DAuthAnswer.Server server(Instant now, long epoch) {
    Settings known = settings.get();
    return new DAuthAnswer.Server(
        identity.address(),
        identity.evmAddress(),
        known.alias(),
        known.network(),
        known.appVersion(),
        WireTime.seconds(now),
        epoch,
        Uptime.text(Duration.between(start, now)));
  }

  private static Response json(int status, ObjectNode document) {
    return new Response(status, "application/json", Json.bytes(document));
  }
}

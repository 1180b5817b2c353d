package ai.ratio1.rest.internal;

import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityLedger;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.consensus.Dispute;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.rest.internal.core.CapabilityView;
import ai.ratio1.rest.internal.core.ClaimView;
import ai.ratio1.rest.internal.core.DisputeView;
import ai.ratio1.rest.internal.core.EpochView;
import ai.ratio1.rest.internal.core.EventRing;
import ai.ratio1.rest.internal.core.LinkView;
import ai.ratio1.rest.internal.core.Network;
import ai.ratio1.rest.internal.core.RestError;
import ai.ratio1.rest.internal.core.SlotsView;
import ai.ratio1.rest.internal.core.StatusView;
import ai.ratio1.wire.certificate.CapabilityHash;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.DisputeHash;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The paths of the REST face; {@code openapi.json} describes them for others. */
final class Routes {

  private static final String JSON = "application/json";
  private static final int MOST_EPOCHS = 100;
  private static final int MOST_ROWS = 1000;
  private static final int MOST_EVENTS = 1000;

  private final NodeServices services;
  private final Survey survey;
  private final Supplier<EventRing> events;
  private final Supplier<String> alias;
  private final Clock clock;

  Routes(
      NodeServices services,
      Survey survey,
      Supplier<EventRing> events,
      Supplier<String> alias,
      Clock clock) {
    this.services = services;
    this.survey = survey;
    this.events = events;
    this.alias = alias;
    this.clock = clock;
  }

  List<Door> doors() {
    return List.of(
        Route.get("/v1/status", exactly(r -> ok(StatusView.full(survey.look(alias.get()))))),
        Route.get("/v1/identity", exactly(r -> ok(StatusView.identity(survey.look(alias.get()))))),
        Route.get("/v1/epochs", this::epochs),
        Route.get("/v1/rewards", this::claim),
        Route.get("/v1/events", exactly(this::events)),
        new Route(
            "/v1/link-authorisations", Audience.OPERATOR, Set.of("POST"), exactly(this::authorise)),
        new Route("/v1/disputes", Audience.OPERATOR, Set.of("POST"), exactly(this::dispute)),
        Route.get("/healthz", exactly(r -> health())),
        Route.get("/readyz", exactly(r -> readiness())),
        Route.get("/openapi.json", exactly(r -> new Response(200, JSON, document()))));
  }

  private static Function<Request, Response> exactly(Function<Request, Response> answer) {
    return request -> {
      if (!request.path().isEmpty()) {
        throw RestError.NOTHING_HERE.because("There is nothing below this path.");
      }
      return answer.apply(request);
    };
  }

  private Response health() {
    ObjectNode health = StatusView.health(survey.look(alias.get()));
    return answer(health.path("failing").isEmpty() ? 200 : 503, health);
  }

  private Response readiness() {
    ObjectNode readiness = StatusView.readiness(survey.look(alias.get()));
    return answer(readiness.path("ready").booleanValue() ? 200 : 503, readiness);
  }

  private Response epochs(Request request) {
    Epochs epochs = oracle();
    if (!request.path().isEmpty()) {
      return epoch(epochs, request);
    }
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("current", epochs.current());
    list.put("newestCertified", epochs.newestCertified());
    ArrayNode summaries = list.putArray("epochs");
    epochs
        .latest(number(request, "limit", 20, 1, MOST_EPOCHS))
        .forEach(report -> summaries.add(EpochView.summary(report)));
    return ok(list);
  }

  /** {@code /7}, {@code /7/artefacts}, {@code /7/slots/0x…} or {@code /7/capability/0x…}. */
  private Response epoch(Epochs epochs, Request request) {
    String[] parts = request.path().substring(1).split("/", -1);
    long number = number(parts[0], "The epoch", 0, 0xffff_ffffL);
    if (parts.length == 1) {
      return epoch(epochs, number, request);
    }
    if (parts.length == 2 && parts[1].equals("artefacts")) {
      return new Response(
          200,
          JSON,
          epochs
              .artefacts(number)
              .orElseThrow(
                  () ->
                      RestError.NO_ARTEFACTS.because(
                          "The artefacts of epoch " + number + " are not whole here.")));
    }
    if (parts.length == 3 && parts[1].equals("slots")) {
      return ok(
          SlotsView.of(
              epochs
                  .slots(number, address(parts[2]))
                  .orElseThrow(
                      () ->
                          RestError.NO_SLOTS.because(
                              "There are no slots of this node in epoch " + number + "."))));
    }
    if (parts.length == 3 && parts[1].equals("capability")) {
      return capability(number, address(parts[2]));
    }
    throw RestError.NOTHING_HERE.because("There is nothing below this path.");
  }

  private Response capability(long epoch, EvmAddress node) {
    NodeIdentity identity = present(services.identity(), "The node's key");
    Network network = present(survey.network(), "The chain");
    CapabilityLedger ledger = present(services.capabilities(), "The examiner");
    CapabilityFinding finding =
        ledger
            .finding(epoch, node)
            .orElseThrow(
                () ->
                    RestError.NO_CAPABILITY.because(
                        "This node claimed nothing in epoch " + epoch + "."));
    Bytes32 domain = CertificateHash.domain(network.chainId(), network.controller());
    return ok(
        CapabilityView.of(
            finding,
            ledger.evidence(epoch, node),
            identity.signRecoverable(CapabilityHash.finding(domain, finding))));
  }

  private Response epoch(Epochs epochs, long number, Request request) {
    EpochReport report =
        epochs
            .report(number)
            .orElseThrow(
                () -> RestError.UNKNOWN_EPOCH.because("Nothing is known of epoch " + number + "."));
    EpochView.Rows rows =
        new EpochView.Rows(
            request.parameter("node").map(Routes::address),
            number(request, "offset", 0, 0, Integer.MAX_VALUE),
            number(request, "limit", 100, 1, MOST_ROWS));
    return ok(
        EpochView.full(
            report,
            survey.network().flatMap(Network::schedule),
            services.agreement().flatMap(agreement -> agreement.status(number)),
            services.ledger().map(AvailabilityLedger::contradictions).orElse(List.of()),
            rows));
  }

  private Response claim(Request request) {
    String name = request.path().isEmpty() ? "" : request.path().substring(1);
    LicenceId licence =
        ClaimView.licence(name)
            .orElseThrow(
                () ->
                    RestError.BAD_REQUEST.because(
                        "The path has to end like /ND/7, with ND, MND or GND."));
    ClaimProof proof =
        oracle()
            .claim(licence)
            .orElseThrow(
                () -> RestError.NO_CLAIM.because("No recorded epoch pays " + licence + "."));
    return ok(ClaimView.of(proof));
  }

  private Response events(Request request) {
    long after =
        request.parameter("after").map(text -> number(text, "after", 0, Long.MAX_VALUE)).orElse(0L);
    return ok(events.get().after(after, number(request, "limit", 100, 1, MOST_EVENTS)));
  }

  private Response authorise(Request request) {
    NodeIdentity identity = present(services.identity(), "The node's key");
    Licences licences = present(services.licences(), "The chain");
    LinkView.Wish wish = LinkView.read(request.body(), clock.instant());
    LinkAuthorisation authorisation =
        new LinkAuthorisation(
            wish.owner(),
            wish.licence(),
            identity.evmAddress(),
            licences.linkNonce(wish.licence().type(), identity.evmAddress()),
            wish.deadline());
    Bytes32 digest = licences.digest(authorisation);
    return ok(LinkView.of(authorisation, digest, identity.signRecoverable(digest)));
  }

  private Response dispute(Request request) {
    NodeIdentity identity = present(services.identity(), "The node's key");
    Network network = present(survey.network(), "The chain");
    DisputeView.Wish wish = DisputeView.read(request.body());
    Optional<Presence> sent = services.heartbeat().flatMap(beats -> beats.sent(wish.epoch()));
    Dispute dispute = wish.by(identity.evmAddress(), sent, clock.instant());
    Bytes32 domain = CertificateHash.domain(network.chainId(), network.controller());
    byte[] signature = identity.signRecoverable(DisputeHash.digest(domain, dispute));
    return ok(DisputeView.of(dispute, sent, signature));
  }

  private Epochs oracle() {
    return services
        .epochs()
        .orElseThrow(() -> RestError.NO_ORACLE.because("This node is no oracle."));
  }

  private static <S> S present(Optional<S> service, String name) {
    return service.orElseThrow(() -> RestError.MISSING.because(name + " is not there now."));
  }

  private static EvmAddress address(String text) {
    try {
      return EvmAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw RestError.BAD_REQUEST.because("node has to be 0x and 40 hexadecimal digits.");
    }
  }

  private static int number(Request request, String name, int usual, int least, int most) {
    return request.parameter(name).map(text -> (int) number(text, name, least, most)).orElse(usual);
  }

  private static long number(String text, String name, long least, long most) {
    if (text.matches("\\d{1,18}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw RestError.BAD_REQUEST.because(
        name + " has to be a number from " + least + " to " + most + ".");
  }

  private static Response ok(JsonNode body) {
    return answer(200, body);
  }

  private static Response answer(int status, JsonNode body) {
    return new Response(status, JSON, body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] document() {
    try (InputStream in = Routes.class.getResourceAsStream("openapi.json")) {
      return Objects.requireNonNull(in, "openapi.json is part of the bundle").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

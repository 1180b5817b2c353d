package ai.ratio1.dauth.internal;

import ai.ratio1.availability.Liveness;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.dauth.Session;
import ai.ratio1.dauth.internal.core.AnswerWriter;
import ai.ratio1.dauth.internal.core.DAuthError;
import ai.ratio1.dauth.internal.core.DAuthJudge;
import ai.ratio1.dauth.internal.core.Ruling;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Configured;
import ai.ratio1.wire.DAuthAnswer;
import ai.ratio1.wire.DAuthRequest;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.Uptime;
import ai.ratio1.wire.WireTime;
import ai.ratio1.wire.evm.Eip55;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dAuth endpoint: there exactly while this node is an oracle with a session. */
@Component(
    name = DAuthServerConfig.PID,
    configurationPid = DAuthServerConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {Door.class, MetricSource.class, ConfigurableComponent.class})
@Designate(ocd = DAuthServerConfig.class)
public final class DAuthDoor implements Door, MetricSource, ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(DAuthDoor.class);
  private static final Json JSON = new Json(new JsonLimits(64 * 1024, 8, 256, 16_384, 40, 1000));
  private static final String ACCEPTED = "accepted";
  private static final int LONGEST_ALIAS = 20;
  private static final int UNAVAILABLE = 503;

  private final Configured<DAuthServerConfig, ServerSettings> configured;
  private final Clock clock;
  private final NodeIdentity identity;
  private final Signatures signatures;
  private final Instant start;
  private final NetworkFacts facts;
  private final Announcer announcer = new Announcer();
  private final AtomicInteger turn = new AtomicInteger();
  private final ConcurrentMap<String, LongAdder> outcomes = new ConcurrentHashMap<>();

  private volatile @Nullable Desk desk;

  /** What a valid configuration set up. */
  private record Desk(ServerSettings settings, DAuthJudge judge, AnswerWriter writer) {}

  /** Opens the endpoint; without a configuration it could work with it refuses everybody. */
  @Activate
  public DAuthDoor(
      BundleContext context,
      Map<String, Object> given,
      @Reference Clock clock,
      @Reference NodeIdentity identity,
      @Reference Signatures signatures,
      @Reference(target = "(" + Session.ROLE + "=ORACLE)") Session session) {
    this.clock = clock;
    this.identity = identity;
    this.signatures = signatures;
    this.start = clock.instant();
    this.facts = new NetworkFacts(identity.evmAddress());
    this.configured =
        Configured.of(DAuthServerConfig.class, DAuthServerConfig.PID, context, ServerSettings::of);
    configured.tryBegin(given).ifPresent(this::use);
  }

  /** Takes a new configuration, or keeps the last good one and says why. */
  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, this::use);
  }

  private void use(ServerSettings settings) {
    Desk before = desk;
    DAuthJudge judge =
        before == null
            ? new DAuthJudge(signatures, settings.judge())
            : before.judge().with(settings.judge());
    AnswerWriter writer = new AnswerWriter(identity, settings.broker(), settings.judge().seed());
    desk = new Desk(settings, judge, writer);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setChain(Chain service) {
    facts.chain = service;
  }

  void unsetChain(Chain service) {
    facts.chain = facts.chain == service ? null : facts.chain;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setLicences(Licences service) {
    facts.licences = service;
  }

  void unsetLicences(Licences service) {
    facts.licences = facts.licences == service ? null : facts.licences;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setOracles(OracleRegistry service) {
    facts.oracles = service;
  }

  void unsetOracles(OracleRegistry service) {
    facts.oracles = facts.oracles == service ? null : facts.oracles;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setLiveness(Liveness service) {
    facts.liveness = service;
  }

  void unsetLiveness(Liveness service) {
    facts.liveness = facts.liveness == service ? null : facts.liveness;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setEventAdmin(EventAdmin service) {
    announcer.use(service);
  }

  void unsetEventAdmin(EventAdmin service) {
    announcer.drop(service);
  }

  @Override
  public String path() {
    return "/get_auth_data";
  }

  @Override
  public Audience audience() {
    return Audience.PUBLIC;
  }

  @Override
  public Set<String> methods() {
    return Set.of("POST");
  }

  @Override
  public Response handle(Request request) {
    Desk now = desk;
    if (now == null) {
      throw new ProblemException(
          UNAVAILABLE,
          DAuthError.NO_ACCOUNT.code(),
          "This oracle's broker is not configured.",
          "Ask another oracle.");
    }
    Ruling ruling =
        now.judge()
            .judge(DAuthRequest.body(JSON.parseObject(request.body())), facts, clock.instant());
    report(ruling);
    var answer =
        now.writer()
            .write(
                ruling,
                server(now.settings()),
                whitelist(ruling, now.settings().alias()),
                turn.getAndIncrement());
    return new Response(200, "application/json", Json.bytes(answer));
  }

  @Override
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    outcomes.forEach(
        (outcome, count) ->
            metrics.add(
                new Metric(
                    "r1_dauth_answers_total",
                    "Requests of peers answered, by outcome: accepted or the code of the refusal.",
                    Metric.Kind.COUNTER,
                    Map.of("outcome", outcome),
                    (double) count.sum())));
    return metrics;
  }

  private DAuthAnswer.Server server(ServerSettings settings) {
    Instant now = clock.instant();
    return new DAuthAnswer.Server(
        identity.address(),
        identity.evmAddress(),
        settings.alias(),
        settings.judge().network(),
        settings.judge().appVersion(),
        WireTime.seconds(now),
        epoch(now),
        Uptime.text(Duration.between(start, now)));
  }

  /** Worth no refusal: the epoch and the list of oracles are courtesies. */
  private long epoch(Instant now) {
    try {
      return facts.epoch(now);
    } catch (R1Exception e) {
      return 0;
    }
  }

  private List<String> whitelist(Ruling ruling, String alias) {
    List<String> lines = new ArrayList<>();
    if (ruling instanceof Ruling.Accepted) {
      lines.add(identity.address() + "  " + alias);
      try {
        facts.oraclesAlive(clock.instant()).stream()
            .filter(seen -> !seen.node().equals(identity.address()))
            .map(DAuthDoor::line)
            .forEach(lines::add);
      } catch (R1Exception e) {
        LOG.debug("The list of oracles is this one alone: {}", e.describe());
      }
    }
    return lines;
  }

  /** The alias is what another node says of itself. */
  private static String line(Sighting seen) {
    String alias = seen.alias().replaceAll("[^\\x21-\\x7e]", "");
    return seen.node() + "  " + alias.substring(0, Math.min(alias.length(), LONGEST_ALIAS));
  }

  private void report(Ruling ruling) {
    String outcome = ACCEPTED;
    if (ruling instanceof Ruling.Accepted accepted) {
      String who = Eip55.format(accepted.evmAddress());
      tell("Gave " + who + " an account as " + accepted.type() + ".", who, Optional.empty());
    } else if (ruling instanceof Ruling.Refused refused) {
      outcome = refused.error().code().text();
      // Only what its sender really signed is worth an operator's attention.
      refused.evmAddress().ifPresent(sender -> tellRefusal(sender, refused));
    } else if (ruling instanceof Ruling.Anonymous anonymous) {
      outcome = anonymous.error().code().text();
    }
    outcomes.computeIfAbsent(outcome, key -> new LongAdder()).increment();
  }

  private void tellRefusal(EvmAddress sender, Ruling.Refused refused) {
    String who = Eip55.format(sender);
    tell("Refused " + who + ": " + refused.message(), who, Optional.of(refused.error().code()));
  }

  private void tell(String message, String who, Optional<ErrorCode> code) {
    LOG.info("{}", message);
    announcer.post(NodeEvents.PEER_ANSWERED, message, code, Optional.of(who));
  }
}

package ai.ratio1.rest.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.dauth.BootStatus;
import ai.ratio1.rest.internal.core.StatusFacts.BundleState;
import ai.ratio1.rest.internal.core.StatusFacts.Held;
import ai.ratio1.rest.internal.core.StatusFacts.SettingsRefused;
import ai.ratio1.transport.LinkStatus;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The node at a glance, and whether it is ready and alive. */
public final class StatusView {

  private StatusView() {}

  /** Everything. */
  public static ObjectNode full(StatusFacts facts) {
    ObjectNode status = identity(facts);
    status.put("role", facts.session().map(held -> held.role().name()).orElse(null));
    status.set("boot", facts.boot().map(StatusView::boot).orElse(null));
    status.put("ready", reasons(facts).isEmpty());
    status.set("session", facts.session().map(StatusView::session).orElse(null));
    status.set("link", facts.link().map(StatusView::link).orElse(null));
    status.set("chain", chain(facts));
    Optional<EpochSchedule> schedule = facts.network().flatMap(Network::schedule);
    status.set("epoch", schedule.map(s -> epoch(s, facts)).orElse(null));
    status.put("lastBeat", Values.time(facts.lastBeat()));
    status.put("now", Values.time(facts.now()));
    status.put("startedAt", Values.time(facts.started()));
    status.put(
        "uptimeSeconds", Math.max(0, Duration.between(facts.started(), facts.now()).toSeconds()));
    ObjectNode versions = status.putObject("versions");
    facts.versions().forEach(versions::put);
    status.set("bundles", bundles(facts.bundles()));
    status.set("settingsRefused", refused(facts.settingsRefused()));
    return status;
  }

  /** Who the node is. */
  public static ObjectNode identity(StatusFacts facts) {
    ObjectNode view = Values.object();
    view.put("alias", facts.alias());
    view.put("address", facts.identity().map(i -> i.address().text()).orElse(null));
    view.put("evmAddress", facts.identity().map(i -> Values.address(i.evmAddress())).orElse(null));
    view.put(
        "publicKey",
        facts.identity().map(i -> Values.hex(i.address().compressedKey())).orElse(null));
    view.put("engine", facts.identity().flatMap(StatusFacts.Identity::engine).orElse(null));
    return view;
  }

  /** Whether the node takes part, and if not, why. */
  public static ObjectNode readiness(StatusFacts facts) {
    ObjectNode view = Values.object();
    List<String> reasons = reasons(facts);
    view.put("ready", reasons.isEmpty());
    ArrayNode texts = view.putArray("reasons");
    reasons.forEach(texts::add);
    return view;
  }

  /** Whether framework and bundles live. */
  public static ObjectNode health(StatusFacts facts) {
    ObjectNode view = Values.object();
    List<BundleState> failing = facts.bundles().stream().filter(b -> !b.healthy()).toList();
    view.put("status", failing.isEmpty() ? "ok" : "failing");
    view.set("failing", bundles(failing));
    return view;
  }

  private static List<String> reasons(StatusFacts facts) {
    List<String> reasons = new ArrayList<>();
    if (facts.session().isEmpty()) {
      reasons.add(
          "No session. " + facts.boot().map(BootStatus::reason).orElse("The boot gate is away."));
    } else if (facts.lastBeat().isEmpty()) {
      reasons.add(
          "No beat left the node yet. " + facts.link().map(LinkStatus::detail).orElse("No link."));
    }
    return reasons;
  }

  private static ObjectNode boot(BootStatus boot) {
    ObjectNode view = Values.object();
    view.put("stage", boot.stage().name());
    view.put("reason", boot.reason());
    view.put("code", boot.code().map(ErrorCode::text).orElse(null));
    view.put("nextAttempt", Values.time(boot.nextAttempt()));
    return view;
  }

  private static ObjectNode session(Held held) {
    ObjectNode view = Values.object();
    LicenceId licence = held.licence();
    view.put("licence", licence.toString());
    view.put("licenceType", licence.type().code());
    view.put("licenceNumber", Long.toString(licence.number()));
    view.put("since", Values.time(held.since()));
    return view;
  }

  private static ObjectNode link(LinkStatus link) {
    ObjectNode view = Values.object();
    view.put("connected", link.connected());
    view.put("since", Values.time(link.since()));
    view.put("broker", link.broker());
    view.put("detail", link.detail());
    return view;
  }

  private static ObjectNode chain(StatusFacts facts) {
    ObjectNode view = Values.object();
    view.put("chainId", facts.network().map(n -> Long.toString(n.chainId())).orElse(null));
    view.put("networkId", facts.network().map(n -> n.networkId().toHex()).orElse(null));
    view.put("controller", facts.network().map(n -> Values.address(n.controller())).orElse(null));
    view.set("head", facts.head().map(StatusView::block).orElse(null));
    view.set("finalised", facts.finalised().map(StatusView::block).orElse(null));
    return view;
  }

  private static ObjectNode block(BlockRef block) {
    ObjectNode view = Values.object();
    view.put("number", Long.toString(block.number()));
    view.put("hash", block.hash().toHex());
    view.put("timestamp", Values.time(block.timestamp()));
    return view;
  }

  private static ObjectNode epoch(EpochSchedule schedule, StatusFacts facts) {
    Instant now = facts.now();
    long epoch = schedule.epochAt(now);
    ObjectNode view = Values.object();
    view.put("epoch", epoch);
    view.put("slot", schedule.slotAt(now));
    view.put("slots", schedule.slots());
    view.put("startsAt", Values.time(schedule.startOf(epoch)));
    view.put("endsAt", Values.time(schedule.endOf(epoch)));
    view.put("genesis", Values.time(schedule.genesis()));
    view.put("epochMillis", schedule.epochLength().toMillis());
    view.put("slotMillis", schedule.slotLength().toMillis());
    view.put("newestCertified", facts.newestCertified().orElse(null));
    return view;
  }

  private static ArrayNode bundles(List<BundleState> states) {
    ArrayNode bundles = Values.array();
    for (BundleState state : states) {
      bundles
          .addObject()
          .put("name", state.name())
          .put("version", state.version())
          .put("state", state.state());
    }
    return bundles;
  }

  private static ArrayNode refused(List<SettingsRefused> refusals) {
    ArrayNode refused = Values.array();
    for (SettingsRefused refusal : refusals) {
      refused
          .addObject()
          .put("pid", refusal.pid())
          .put("code", refusal.why().code().text())
          .put("message", refusal.why().getMessage())
          .put("nextStep", refusal.why().nextStep());
    }
    return refused;
  }
}

package ai.ratio1.dauth.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.dauth.BootStatus;
import ai.ratio1.dauth.Role;
import ai.ratio1.wire.evm.Eip55;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The boot gate as a state machine: what the chain says goes in, what to do comes out. The chain
 * decides; the oracles only hand out accounts. Not thread-safe, but for {@link #status()}.
 *
 * <p>Source: whitepaper, section 2.2.3 ("Without a valid deed, the Edge Node will not boot").
 */
public final class Gatekeeper {

  private static final GateStep REST = new GateStep.Rest();

  private final EvmAddress node;
  private final RandomGenerator random;

  private GateSettings settings;
  private Backoff backoff;

  private Optional<Held> held = Optional.empty();
  private Optional<LicenceId> asked = Optional.empty();
  private Instant answered = Instant.MIN;
  private Instant decided = Instant.MIN;
  private Instant next = Instant.MIN;
  private volatile BootStatus status =
      new BootStatus(
          BootStatus.Stage.ASKING,
          "The chain has not answered yet.",
          Optional.empty(),
          Optional.empty());

  /** A session and when the chain last confirmed it. */
  private record Held(Licence licence, Role role, Instant confirmed) {}

  /** A closed gate. */
  public Gatekeeper(EvmAddress node, GateSettings settings, RandomGenerator random) {
    this.node = node;
    this.settings = settings;
    this.random = random;
    this.backoff = new Backoff(settings.retryLeast(), settings.retryMost(), random);
  }

  /** Waits by other settings from now on. */
  public void use(GateSettings changed) {
    if (!changed.equals(settings)) {
      settings = changed;
      backoff = new Backoff(settings.retryLeast(), settings.retryMost(), random);
    }
  }

  /** Where the node stands; may be called from any thread. */
  public BootStatus status() {
    return status;
  }

  /** The licence of the session, if there is one. */
  public Optional<LicenceId> licence() {
    return held.map(session -> session.licence().id());
  }

  /**
   * How long to wait from now if nothing wakes the gate before. A clock that was set back to before
   * the last decision ends the wait: measured by it, a short wait could last for hours.
   */
  public Duration pause(Instant now) {
    return isDue(now) ? Duration.ZERO : Duration.between(now, next);
  }

  /** Takes what the chain says now. */
  public GateStep see(ChainView view, Instant now) {
    if (view instanceof ChainView.Away away) {
      return held.isPresent() ? hold(away.reason(), now) : waitForChain(away.reason(), now);
    }
    ChainView.Known known = (ChainView.Known) view;
    answered = now;
    if (held.isPresent()) {
      return check(held.get(), known, now);
    }
    if (known.licence().isEmpty()) {
      return refuseUnlicensed(now);
    }
    return approach(known.licence().get(), known.oracle(), now);
  }

  /** The session began. */
  public void began(Licence licence, Role role, Instant now) {
    asked = Optional.empty();
    backoff.reset();
    confirm(licence, role, now);
  }

  /**
   * The oracles gave no account.
   *
   * @param refused whether one of them said no; otherwise none could be believed or reached
   */
  public void failed(R1Exception reason, boolean refused, Instant now) {
    rest(now, backoff.next());
    status =
        new BootStatus(
            refused ? BootStatus.Stage.REFUSED : BootStatus.Stage.ASKING,
            reason.getMessage() + " " + reason.nextStep(),
            Optional.of(reason.code()),
            Optional.of(next));
  }

  private GateStep check(Held session, ChainView.Known known, Instant now) {
    Role role = known.oracle() ? Role.ORACLE : Role.EDGE;
    boolean linked = known.licence().map(Licence::id).equals(Optional.of(session.licence().id()));
    if (linked && role == session.role()) {
      confirm(session.licence(), role, now);
      return REST;
    }
    if (linked) {
      held = Optional.empty();
    } else {
      end(fate(session.licence(), known.held()), now);
    }
    return new GateStep.End(session.role());
  }

  private GateStep hold(R1Exception reason, Instant now) {
    Held session = held.orElseThrow();
    Instant end = session.confirmed().plus(settings.grace());
    if (!now.isBefore(end)) {
      end(
          DAuthError.GRACE_OVER.because(
              "The chain is away since " + session.confirmed() + ": " + reason.getMessage()),
          now);
      return new GateStep.End(session.role());
    }
    rest(now, shorter(settings.look(), Duration.between(now, end)));
    status =
        new BootStatus(
            BootStatus.Stage.AUTHORISED,
            "The chain is away since "
                + session.confirmed()
                + "; the session holds until "
                + end
                + ".",
            Optional.of(reason.code()),
            Optional.of(next));
    return REST;
  }

  private GateStep waitForChain(R1Exception reason, Instant now) {
    rest(now, backoff.next());
    status =
        new BootStatus(
            BootStatus.Stage.ASKING,
            reason.getMessage() + " " + reason.nextStep(),
            Optional.of(reason.code()),
            Optional.of(next));
    return REST;
  }

  private GateStep refuseUnlicensed(Instant now) {
    asked = Optional.empty();
    rest(now, backoff.next());
    boolean ended = status.stage() == BootStatus.Stage.REFUSED && isFate(status.code());
    status =
        ended
            ? new BootStatus(
                BootStatus.Stage.REFUSED, status.reason(), status.code(), Optional.of(next))
            : refusal(
                DAuthError.NO_LICENCE.because(
                    "No active deed is linked to " + Eip55.format(node) + "."),
                next);
    return REST;
  }

  /** A new licence is tried at once, the same one again when its time has come. */
  private GateStep approach(Licence licence, boolean oracle, Instant now) {
    boolean again = asked.equals(Optional.of(licence.id()));
    if (again && !isDue(now)) {
      return REST;
    }
    if (!again) {
      backoff.reset();
      asked = Optional.of(licence.id());
      status =
          new BootStatus(
              BootStatus.Stage.ASKING,
              "Licence " + licence.id() + " is linked; asking for an account at the broker.",
              Optional.empty(),
              Optional.empty());
    }
    return oracle ? new GateStep.BeginAsOracle(licence) : new GateStep.Ask(licence);
  }

  private void confirm(Licence licence, Role role, Instant now) {
    held = Optional.of(new Held(licence, role, answered));
    rest(now, settings.look());
    status =
        new BootStatus(
            BootStatus.Stage.AUTHORISED,
            "Licence " + licence.id() + ", role " + role + ".",
            Optional.empty(),
            Optional.empty());
  }

  private void end(R1Exception why, Instant now) {
    held = Optional.empty();
    asked = Optional.empty();
    backoff.reset();
    rest(now, Duration.ZERO);
    status = refusal(why, now);
  }

  private static BootStatus refusal(R1Exception why, Instant next) {
    return new BootStatus(
        BootStatus.Stage.REFUSED,
        why.getMessage() + " " + why.nextStep(),
        Optional.of(why.code()),
        Optional.of(next));
  }

  private static R1Exception fate(Licence before, Optional<Licence> now) {
    if (now.isPresent() && now.get().banned()) {
      return DAuthError.BANNED.because("Licence " + before.id() + " was banned.");
    }
    if (now.isPresent() && !now.get().owner().equals(before.owner())) {
      return DAuthError.TRANSFERRED.because(
          "Licence "
              + before.id()
              + " was transferred to "
              + Eip55.format(now.get().owner())
              + ".");
    }
    return DAuthError.UNLINKED.because("Licence " + before.id() + " was unlinked from this node.");
  }

  private static boolean isFate(Optional<ErrorCode> code) {
    return code.isPresent()
        && (code.get().equals(DAuthError.UNLINKED.code())
            || code.get().equals(DAuthError.BANNED.code())
            || code.get().equals(DAuthError.TRANSFERRED.code()));
  }

  private void rest(Instant now, Duration pause) {
    decided = now;
    next = now.plus(pause);
  }

  private boolean isDue(Instant now) {
    return now.isBefore(decided) || !now.isBefore(next);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}

package ai.ratio1.dauth.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.dauth.BootStatus;
import ai.ratio1.dauth.BootStatus.Stage;
import ai.ratio1.dauth.Role;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GatekeeperTest {

  private static final EvmAddress NODE = Keys.key(2).evmAddress();
  private static final EvmAddress OWNER = EvmAddress.parse("0x" + "01".repeat(20));
  private static final EvmAddress BUYER = EvmAddress.parse("0x" + "02".repeat(20));
  private static final GateSettings SETTINGS =
      new GateSettings(
          Duration.ofMillis(500),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10));
  private static final ChainView AWAY =
      new ChainView.Away(DAuthError.CHAIN_AWAY.because("The chain does not answer."));

  private final Gatekeeper keeper = new Gatekeeper(NODE, SETTINGS, new Random(1));
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");

  private static Licence licence(long number, EvmAddress owner, boolean banned, boolean linked) {
    return new Licence(
        new LicenceId(LicenceType.NODE_DEED, number),
        owner,
        linked ? Optional.of(NODE) : Optional.empty(),
        Optional.empty(),
        banned,
        BigInteger.ZERO);
  }

  private static final Licence SEVEN = licence(7, OWNER, false, true);

  private static ChainView linked(Licence licence, boolean oracle) {
    return new ChainView.Known(Optional.of(licence), oracle, Optional.empty());
  }

  private static ChainView unlinked(Licence held) {
    return new ChainView.Known(Optional.empty(), false, Optional.of(held));
  }

  private static final ChainView NOTHING =
      new ChainView.Known(Optional.empty(), false, Optional.empty());

  private void says(Stage stage, DAuthError error) {
    BootStatus status = keeper.status();
    assertThat(status.stage()).isEqualTo(stage);
    assertThat(status.code()).isEqualTo(Optional.of(error.code()));
    assertThat(status.reason()).isNotBlank();
  }

  private void begin() {
    assertThat(keeper.see(linked(SEVEN, false), now)).isEqualTo(new GateStep.Ask(SEVEN));
    keeper.began(SEVEN, Role.EDGE, now);
    assertThat(keeper.status().stage()).isEqualTo(Stage.AUTHORISED);
  }

  @Test
  void waitsForTheChain() {
    assertThat(keeper.status().stage()).isEqualTo(Stage.ASKING);
    assertThat(keeper.see(AWAY, now)).isInstanceOf(GateStep.Rest.class);
    says(Stage.ASKING, DAuthError.CHAIN_AWAY);
    assertThat(keeper.status().nextAttempt().orElseThrow()).isAfter(now);
  }

  @Test
  void refusesWithoutADeedAndSaysHowToLinkOne() {
    assertThat(keeper.see(NOTHING, now)).isInstanceOf(GateStep.Rest.class);
    says(Stage.REFUSED, DAuthError.NO_LICENCE);
    assertThat(keeper.status().reason())
        .contains("No active deed is linked to 0x")
        .contains("./r1 deed link");
  }

  @Test
  void asksAtOnceWhenADeedIsLinked() {
    for (int i = 0; i < 20; i++) {
      keeper.see(NOTHING, now);
    }
    begin();
  }

  @Test
  void waitsLongerFromFailureToFailure() {
    R1Exception down = DAuthError.UNREACHABLE.because("Nobody is there.");
    assertThat(keeper.see(linked(SEVEN, false), now)).isEqualTo(new GateStep.Ask(SEVEN));
    Duration last = Duration.ZERO;
    for (int i = 0; i < 5; i++) {
      keeper.failed(down, false, now);
      says(Stage.ASKING, DAuthError.UNREACHABLE);
      Duration wait = keeper.pause(now);
      assertThat(wait).isGreaterThanOrEqualTo(last);
      last = wait;
      // A new block alone is no reason to bother the oracles again.
      assertThat(keeper.see(linked(SEVEN, false), now)).isInstanceOf(GateStep.Rest.class);
      now = now.plus(wait);
      assertThat(keeper.see(linked(SEVEN, false), now)).isEqualTo(new GateStep.Ask(SEVEN));
    }
  }

  @Test
  void aClockSetBackMakesNoWaitLonger() {
    keeper.see(linked(SEVEN, false), now);
    keeper.failed(DAuthError.FROM_THE_FUTURE.because("The oracle says no."), true, now);
    Instant setRight = now.minus(Duration.ofHours(2));
    assertThat(keeper.pause(setRight)).isEqualTo(Duration.ZERO);
    assertThat(keeper.see(linked(SEVEN, false), setRight)).isEqualTo(new GateStep.Ask(SEVEN));
  }

  @Test
  void showsARefusalByAnOracle() {
    keeper.see(linked(SEVEN, false), now);
    keeper.failed(DAuthError.SECOND_INSTANCE.because("The oracle says no."), true, now);
    says(Stage.REFUSED, DAuthError.SECOND_INSTANCE);
    assertThat(keeper.see(linked(SEVEN, false), now)).isInstanceOf(GateStep.Rest.class);
    says(Stage.REFUSED, DAuthError.SECOND_INSTANCE);
  }

  @Test
  void asksAtOnceWithAnotherLicence() {
    keeper.see(linked(SEVEN, false), now);
    keeper.failed(DAuthError.NOT_LICENSED.because("The oracle says no."), true, now);
    Licence eight = licence(8, OWNER, false, true);
    assertThat(keeper.see(linked(eight, false), now)).isEqualTo(new GateStep.Ask(eight));
  }

  @Test
  void anOracleBeginsByItself() {
    assertThat(keeper.see(linked(SEVEN, true), now)).isEqualTo(new GateStep.BeginAsOracle(SEVEN));
  }

  @Test
  void anOracleWithoutADeedIsRefusedToo() {
    keeper.see(new ChainView.Known(Optional.empty(), true, Optional.empty()), now);
    says(Stage.REFUSED, DAuthError.NO_LICENCE);
  }

  @Test
  void endsTheSessionWithTheReason() {
    List<Licence> fates =
        List.of(
            licence(7, OWNER, false, false),
            licence(7, OWNER, true, false),
            licence(7, BUYER, false, false));
    List<DAuthError> errors =
        List.of(DAuthError.UNLINKED, DAuthError.BANNED, DAuthError.TRANSFERRED);
    for (int i = 0; i < fates.size(); i++) {
      begin();
      assertThat(keeper.see(unlinked(fates.get(i)), now)).isEqualTo(new GateStep.End(Role.EDGE));
      says(Stage.REFUSED, errors.get(i));
      // The reason stays until something new happens.
      assertThat(keeper.see(NOTHING, now)).isInstanceOf(GateStep.Rest.class);
      says(Stage.REFUSED, errors.get(i));
    }
  }

  @Test
  void endsTheSessionWhenTheRoleChanges() {
    begin();
    assertThat(keeper.see(linked(SEVEN, true), now)).isEqualTo(new GateStep.End(Role.EDGE));
    assertThat(keeper.see(linked(SEVEN, true), now)).isEqualTo(new GateStep.BeginAsOracle(SEVEN));
    keeper.began(SEVEN, Role.ORACLE, now);
    assertThat(keeper.see(linked(SEVEN, false), now)).isEqualTo(new GateStep.End(Role.ORACLE));
  }

  @Test
  void endsTheSessionWhenAnotherLicenceTakesTheNode() {
    begin();
    Licence eight = licence(8, OWNER, false, true);
    ChainView view =
        new ChainView.Known(
            Optional.of(eight), false, Optional.of(licence(7, OWNER, false, false)));
    assertThat(keeper.see(view, now)).isEqualTo(new GateStep.End(Role.EDGE));
    assertThat(keeper.see(linked(eight, false), now)).isEqualTo(new GateStep.Ask(eight));
  }

  @Test
  void holdsTheSessionForTheGraceWhileTheChainIsAway() {
    begin();
    now = now.plus(SETTINGS.grace()).minusMillis(1);
    assertThat(keeper.see(AWAY, now)).isInstanceOf(GateStep.Rest.class);
    says(Stage.AUTHORISED, DAuthError.CHAIN_AWAY);
    assertThat(keeper.pause(now)).isLessThanOrEqualTo(Duration.ofMillis(1));
    now = now.plusMillis(1);
    assertThat(keeper.see(AWAY, now)).isEqualTo(new GateStep.End(Role.EDGE));
    says(Stage.REFUSED, DAuthError.GRACE_OVER);
  }

  @Test
  void theGraceBeginsAnewWhenTheChainConfirms() {
    begin();
    now = now.plus(SETTINGS.grace()).minusMillis(1);
    assertThat(keeper.see(linked(SEVEN, false), now)).isInstanceOf(GateStep.Rest.class);
    assertThat(keeper.status().code()).isEmpty();
    now = now.plus(SETTINGS.grace()).minusMillis(1);
    assertThat(keeper.see(AWAY, now)).isInstanceOf(GateStep.Rest.class);
    assertThat(keeper.status().stage()).isEqualTo(Stage.AUTHORISED);
  }

  @Test
  void aSessionSurvivesANewOwnerWhoLinkedItAgain() {
    begin();
    assertThat(keeper.see(linked(licence(7, BUYER, false, true), false), now))
        .isInstanceOf(GateStep.Rest.class);
    assertThat(keeper.status().stage()).isEqualTo(Stage.AUTHORISED);
  }

  private enum Happening {
    LINKED,
    LINKED_AS_ORACLE,
    OTHER_LICENCE,
    NOTHING,
    AWAY,
    ANSWERED,
    FAILED,
    REFUSED,
    A_MINUTE,
    AN_HOUR
  }

  /** Whatever happens in whatever order, a session stands on a licence the chain confirmed. */
  @Property(tries = 500)
  void aSessionIsHeldOnlyOnWhatTheChainSaid(@ForAll List<Happening> story) {
    Gatekeeper keeper = new Gatekeeper(NODE, SETTINGS, new Random(1));
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    Optional<Licence> confirmed = Optional.empty();
    Instant confirmedAt = Instant.MIN;
    GateStep step = new GateStep.Rest();
    for (Happening happening : story) {
      ChainView view = null;
      switch (happening) {
        case LINKED -> view = linked(SEVEN, false);
        case LINKED_AS_ORACLE -> view = linked(SEVEN, true);
        case OTHER_LICENCE -> view = linked(licence(8, OWNER, false, true), false);
        case NOTHING -> view = NOTHING;
        case AWAY -> view = AWAY;
        case A_MINUTE -> now = now.plusSeconds(60);
        case AN_HOUR -> now = now.plusSeconds(3600);
        case FAILED -> fail(keeper, step, false, now);
        case REFUSED -> fail(keeper, step, true, now);
        case ANSWERED -> {
          if (step instanceof GateStep.Ask ask) {
            keeper.began(ask.licence(), Role.EDGE, now);
          } else if (step instanceof GateStep.BeginAsOracle oracle) {
            keeper.began(oracle.licence(), Role.ORACLE, now);
          }
          step = new GateStep.Rest();
        }
        default -> throw new AssertionError(happening);
      }
      if (view instanceof ChainView.Known known) {
        confirmed = known.licence();
        confirmedAt = now;
      }
      if (view != null) {
        step = keeper.see(view, now);
        for (int ends = 0; step instanceof GateStep.End; ends++) {
          assertThat(ends).isZero();
          assertThat(keeper.licence()).isEmpty();
          step = keeper.see(view, now);
        }
        if (keeper.licence().isPresent()) {
          assertThat(keeper.licence()).isEqualTo(confirmed.map(Licence::id));
          assertThat(Duration.between(confirmedAt, now)).isLessThan(SETTINGS.grace());
          assertThat(keeper.status().stage()).isEqualTo(Stage.AUTHORISED);
        } else {
          assertThat(keeper.status().stage()).isNotEqualTo(Stage.AUTHORISED);
        }
      }
    }
  }

  private static void fail(Gatekeeper keeper, GateStep step, boolean refused, Instant now) {
    if (step instanceof GateStep.Ask) {
      keeper.failed(DAuthError.REFUSED.because("No."), refused, now);
    }
  }
}

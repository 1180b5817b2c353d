package ai.ratio1.wire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.wire.BrokerCredential.Role;
import ai.ratio1.wire.Topics;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {

  private static final String ME = "0xai_A16tOoXPZpCBlPSTFRTmUKvgmJhJt8Y3m6y2oJqp3oRx";
  private static final String OTHER = "0xai_AleLPKqUHV-iPc-76-rUvDkRWW4dFMIGKW1xFVcy65nH";

  private final AccessRules rules = new AccessRules(new Topics("naeural"));

  @ParameterizedTest
  @EnumSource(Role.class)
  void letsEverybodySpeakToTheNetworkAndToAnyNode(Role role) {
    assertThat(rules.mayPublish(role, ME, "naeural/payloads")).isTrue();
    assertThat(rules.mayPublish(role, ME, "naeural/notif")).isTrue();
    assertThat(rules.mayPublish(role, ME, "naeural/" + OTHER + "/config")).isTrue();
    assertThat(rules.mayPublish(role, ME, "naeural/" + OTHER + "/payloads")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void letsEverybodyHearTheNetworkAndItsOwnTopicsAlone(Role role) {
    for (String filter : Set.of("ctrl", "payloads", "notif", ME + "/#", ME + "/config")) {
      assertThat(rules.maySubscribe(role, ME, "naeural/" + filter)).as(filter).isTrue();
    }
    for (String filter : Set.of("#", "+", "+/config", OTHER + "/#", OTHER + "/config", ME + "/+")) {
      assertThat(rules.maySubscribe(role, ME, "naeural/" + filter)).as(filter).isFalse();
    }
  }

  @Test
  void letsOnlyNodesAndOraclesBeat() {
    assertThat(rules.mayPublish(Role.NODE, ME, "naeural/ctrl")).isTrue();
    assertThat(rules.mayPublish(Role.ORACLE, ME, "naeural/ctrl")).isTrue();
    assertThat(rules.mayPublish(Role.CLIENT, ME, "naeural/ctrl")).isFalse();
    assertThat(rules.bindsSender("naeural/ctrl")).isTrue();
    assertThat(rules.bindsSender("naeural/payloads")).isFalse();
  }

  @Test
  void letsLinksOfChainsGoToOraclesAlone() {
    assertThat(rules.mayPublish(Role.NODE, ME, "naeural/beats")).isTrue();
    assertThat(rules.mayPublish(Role.CLIENT, ME, "naeural/beats")).isFalse();
    assertThat(rules.maySubscribe(Role.ORACLE, ME, "naeural/beats")).isTrue();
    assertThat(rules.maySubscribe(Role.NODE, ME, "naeural/beats")).isFalse();
    assertThat(rules.bindsSender("naeural/beats")).isTrue();
  }

  @Test
  void letsProofsGoToOraclesAlone() {
    assertThat(rules.mayPublish(Role.NODE, ME, "naeural/proofs")).isTrue();
    assertThat(rules.mayPublish(Role.CLIENT, ME, "naeural/proofs")).isFalse();
    assertThat(rules.maySubscribe(Role.ORACLE, ME, "naeural/proofs")).isTrue();
    assertThat(rules.maySubscribe(Role.NODE, ME, "naeural/proofs")).isFalse();
    assertThat(rules.bindsSender("naeural/proofs")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"naeural/apbft", "naeural/apbft/table", "naeural/apbft/config"})
  void keepsTheAgreementAmongOracles(String topic) {
    assertThat(rules.mayPublish(Role.ORACLE, ME, topic)).isTrue();
    assertThat(rules.mayPublish(Role.NODE, ME, topic)).isFalse();
    assertThat(rules.maySubscribe(Role.ORACLE, ME, "naeural/apbft/#")).isTrue();
    assertThat(rules.maySubscribe(Role.NODE, ME, "naeural/apbft/#")).isFalse();
    assertThat(rules.maySubscribe(Role.CLIENT, ME, "naeural/apbft")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "naeural",
        "naeural/",
        "other/payloads",
        "naeuralx/payloads",
        "naeural/payloads/",
        "naeural//payloads",
        "naeural/ctrl/config",
        "naeural/0xai_short/config",
        "naeural/+/config",
        "$SYS/broker/uptime",
        "$share/g/naeural/ctrl",
        "naeural/ctrl::someone.naeural/ctrl",
        "activemq.management"
      })
  void deniesEverythingElse(String topic) {
    for (Role role : Role.values()) {
      assertThat(rules.mayPublish(role, ME, topic)).isFalse();
      assertThat(rules.maySubscribe(role, ME, topic)).isFalse();
    }
  }

  @Property
  void neverLetsANodeHearWhatIsAddressedToAnother(@ForAll("filters") String filter) {
    boolean own = filter.startsWith("naeural/" + ME + "/");
    boolean common = Set.of("naeural/ctrl", "naeural/payloads", "naeural/notif").contains(filter);
    if (rules.maySubscribe(Role.NODE, ME, filter)) {
      assertThat(own || common).isTrue();
    }
  }

  @Provide
  Arbitrary<String> filters() {
    return Arbitraries.of(
            "naeural", ME, OTHER, "+", "#", "config", "payloads", "ctrl", "notif", "apbft", "")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(levels -> String.join("/", levels));
  }
}

package ai.ratio1.dauth.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.wire.BrokerCredential;
import ai.ratio1.wire.DAuthAnswer;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.WireTime;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String NONCE = "00ff";
  private static final NodeIdentity ORACLE = Keys.key(1);
  private static final NodeIdentity NODE = Keys.key(2);
  private static final String PEM = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";
  private static final BrokerGrant BROKER =
      new BrokerGrant(
          List.of("broker.example"),
          8883,
          true,
          Optional.of(PEM),
          "a secret of the broker".getBytes(StandardCharsets.UTF_8));

  private final AnswerReader reader =
      new AnswerReader(NODE.evmAddress(), Keys.SIGNATURES, Duration.ofSeconds(30));

  private static DAuthAnswer answer() {
    return new DAuthAnswer(
        new DAuthAnswer.Server(
            ORACLE.address(),
            ORACLE.evmAddress(),
            "oracle-1",
            "devnet",
            "2.10.370",
            WireTime.seconds(NOW),
            7,
            "0:00:37"),
        "INFO: Edge Node v2.10.370 pre-accepted for dAuth request.",
        BROKER.settings(NODE.address(), BrokerCredential.Role.NODE, 0),
        List.of(),
        Optional.of(
            new DAuthAnswer.Asker(Eip55.format(NODE.evmAddress()), Optional.of("node"), false)),
        Optional.of(NONCE));
  }

  private static DAuthAnswer with(String key, JsonNode value) {
    DAuthAnswer plain = answer();
    Map<String, JsonNode> settings = new HashMap<>(plain.settings());
    settings.put(key, value);
    return new DAuthAnswer(
        plain.server(), plain.message(), settings, plain.whitelist(), plain.asker(), plain.nonce());
  }

  private BrokerAccount read(ObjectNode document) {
    return reader.read(200, Json.bytes(document), NONCE, AnswerReaderTest::isOracle, NOW);
  }

  private static boolean isOracle(EvmAddress address) {
    return address.equals(ORACLE.evmAddress());
  }

  private void refuses(DAuthError error, Runnable reading) {
    assertThatExceptionOfType(R1Exception.class)
        .isThrownBy(reading::run)
        .satisfies(e -> assertThat(e.code()).isEqualTo(error.code()));
  }

  private void refuses(DAuthError error, DAuthAnswer answer) {
    refuses(error, () -> read(answer.compose(ORACLE)));
  }

  /** Changes the signed part and signs it again: an oracle that answers wrongly. */
  private static ObjectNode resigned(Consumer<ObjectNode> change) {
    ObjectNode document = answer().compose(ORACLE);
    ObjectNode result = DAuthAnswer.result(document);
    change.accept(result);
    SignedMessage.sign(result, ORACLE);
    return document;
  }

  @Test
  void believesAnAnswerThatIsRightInEverything() {
    BrokerAccount account = read(answer().compose(ORACLE));
    assertThat(account).isEqualTo(BROKER.account(NODE.address(), BrokerCredential.Role.NODE, 0));
    assertThat(account.authority()).contains(PEM);
    assertThat(account.toString()).doesNotContain(account.password());
  }

  @Test
  void refusesEveryStatusButOk() {
    byte[] bytes = Json.bytes(answer().compose(ORACLE));
    for (int status : List.of(201, 301, 404, 429, 500)) {
      refuses(
          DAuthError.BAD_STATUS,
          () -> reader.read(status, bytes, NONCE, AnswerReaderTest::isOracle, NOW));
    }
  }

  @Test
  void refusesAnAnswerThatIsTooLarge() {
    refuses(
        DAuthError.TOO_LARGE,
        () ->
            reader.read(
                200, new byte[AnswerReader.LIMIT + 1], NONCE, AnswerReaderTest::isOracle, NOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "nonsense", "[]", "{}", "{\"result\":7}", "{\"result\":{}"})
  void refusesWhatIsNoAnswer(String text) {
    refuses(
        DAuthError.UNREADABLE,
        () ->
            reader.read(
                200,
                text.getBytes(StandardCharsets.UTF_8),
                NONCE,
                AnswerReaderTest::isOracle,
                NOW));
  }

  @Test
  void refusesDeepDocuments() {
    String deep = "{\"result\":" + "[".repeat(50) + "]".repeat(50) + "}";
    refuses(
        DAuthError.UNREADABLE,
        () ->
            reader.read(
                200,
                deep.getBytes(StandardCharsets.UTF_8),
                NONCE,
                AnswerReaderTest::isOracle,
                NOW));
  }

  @Test
  void refusesATamperedAnswer() {
    ObjectNode document = answer().compose(ORACLE);
    ((ObjectNode) document.path("result").path("auth")).put("EE_MQTT_HOST", "evil.example");
    refuses(DAuthError.BAD_SIGNATURE, () -> read(document));
    ObjectNode unsigned = answer().compose(ORACLE);
    ((ObjectNode) unsigned.path("result")).remove("EE_SIGN");
    refuses(DAuthError.BAD_SIGNATURE, () -> read(unsigned));
  }

  @Test
  void refusesAnAnswerByANonOracle() {
    refuses(DAuthError.NO_ORACLE, () -> read(answer().compose(Keys.key(3))));
  }

  @Test
  void refusesAnOraclesAddressOverAnotherKeysSignature() {
    ObjectNode document = answer().compose(Keys.key(3));
    ((ObjectNode) document.path("result")).put("EE_SENDER", ORACLE.address().text());
    refuses(DAuthError.BAD_SIGNATURE, () -> read(document));
  }

  @Test
  void passesOnThatTheChainDoesNotAnswer() {
    ErrorCode away = new ErrorCode("R1-CHAIN-001");
    assertThatExceptionOfType(R1Exception.class)
        .isThrownBy(
            () ->
                reader.read(
                    200,
                    Json.bytes(answer().compose(ORACLE)),
                    NONCE,
                    signer -> {
                      throw new R1Exception(away, "Away.", "Wait.");
                    },
                    NOW))
        .satisfies(e -> assertThat(e.code()).isEqualTo(away));
  }

  @Test
  void refusesTheAnswerToAnotherRequest() {
    refuses(DAuthError.WRONG_NONCE, () -> read(resigned(r -> r.put("nonce", "00fe"))));
    refuses(DAuthError.WRONG_NONCE, () -> read(resigned(r -> r.remove("nonce"))));
    refuses(DAuthError.WRONG_NONCE, () -> read(resigned(r -> r.put("nonce", 255))));
  }

  /** Somebody in between could have asked with our nonce and a licensed key of its own. */
  @Test
  void refusesTheAnswerToAnotherNode() {
    refuses(
        DAuthError.WRONG_RECEIVER,
        () ->
            read(
                resigned(
                    r ->
                        ((ObjectNode) r.path("server_info"))
                            .put("sender_eth_addr", Eip55.format(ORACLE.evmAddress())))));
    refuses(DAuthError.WRONG_RECEIVER, () -> read(resigned(r -> r.remove("server_info"))));
  }

  @Test
  void refusesAnOracleWhoseClockIsOff() {
    for (long offset : List.of(-32L, 32L)) {
      refuses(
          DAuthError.SKEWED,
          () ->
              read(resigned(r -> r.put("server_time", WireTime.seconds(NOW.plusSeconds(offset))))));
    }
    assertThat(read(resigned(r -> r.put("server_time", WireTime.seconds(NOW.plusSeconds(30))))))
        .isNotNull();
    refuses(DAuthError.UNREADABLE, () -> read(resigned(r -> r.put("server_time", "now"))));
  }

  @Test
  void showsARefusalWithTheOraclesCode() {
    DAuthAnswer refused =
        new DAuthAnswer(
            answer().server(),
            "This key is in use\nby another instance.",
            Map.of(),
            List.of(),
            answer().asker(),
            Optional.of(NONCE));
    assertThatExceptionOfType(AnswerReader.Refusal.class)
        .isThrownBy(() -> read(refused.compose(ORACLE, DAuthError.SECOND_INSTANCE.code())))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(DAuthError.SECOND_INSTANCE.code());
              assertThat(e.getMessage()).contains("in use by another").doesNotContain("\n");
            });
    for (String foreign : List.of("R1-DAUTH-001", "R1-CHAIN-001", "R1-DAUTH-199", "nonsense")) {
      ObjectNode document = refused.compose(ORACLE);
      ((ObjectNode) document.path("result").path("auth")).put("code", foreign);
      SignedMessage.sign(DAuthAnswer.result(document), ORACLE);
      assertThatExceptionOfType(AnswerReader.Refusal.class)
          .isThrownBy(() -> read(document))
          .satisfies(e -> assertThat(e.code()).isEqualTo(DAuthError.REFUSED.code()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EE_MQTT_HOST|null",
        "EE_MQTT_HOST|\"null\"",
        "EE_MQTT_HOST|\"None\"",
        "EE_MQTT_HOST|true",
        "EE_MQTT_HOST|\"true\"",
        "EE_MQTT_HOST|\"\"",
        "EE_MQTT_HOST|7",
        "EE_MQTT_HOST|\"a b\"",
        "EE_MQTT_HOST|\"a/b\"",
        "EE_MQTT_HOST|\"-a\"",
        "EE_MQTT_HOST|{\"a\":1}",
        "EE_MQTT_PORT|null",
        "EE_MQTT_PORT|0",
        "EE_MQTT_PORT|65536",
        "EE_MQTT_PORT|\"-1\"",
        "EE_MQTT_PORT|1883.0",
        "EE_MQTT_PORT|\"1883x\"",
        "EE_MQTT|null",
        "EE_MQTT|\"null\"",
        "EE_MQTT|\"\"",
        "EE_MQTT|\"a b\"",
        "EE_MQTT_USER|false",
        "EE_MQTT_USER|[\"a\"]",
        "EE_SECURED|null",
        "EE_SECURED|2",
        "EE_SECURED|\"yes\"",
        "EE_R1_MQTT_CA|\"x\"",
        "EE_R1_MQTT_CA|7"
      })
  void refusesSettingsOfAnotherTypeOrRange(String key, String value) {
    JsonNode node = new Json(JsonLimits.DEFAULT).parse(value);
    refuses(DAuthError.BAD_SETTINGS, with(key, node));
  }

  @Test
  void refusesSettingsThatAreTooLong() {
    refuses(DAuthError.BAD_SETTINGS, with("EE_MQTT_HOST", DAuthAnswer.value("a".repeat(254))));
    refuses(DAuthError.BAD_SETTINGS, with("EE_MQTT", DAuthAnswer.value("a".repeat(257))));
  }

  @Test
  void takesThePortAsTextOrNumberAndSecuredAsNumberOrWord() {
    Json json = new Json(JsonLimits.DEFAULT);
    assertThat(read(with("EE_MQTT_PORT", json.parse("1883")).compose(ORACLE)).port())
        .isEqualTo(1883);
    assertThat(read(with("EE_SECURED", json.parse("false")).compose(ORACLE)).tls()).isFalse();
    assertThat(read(with("EE_SECURED", json.parse("true")).compose(ORACLE)).tls()).isTrue();
    assertThat(read(with("EE_R1_MQTT_CA", json.parse("null")).compose(ORACLE)).authority())
        .isEmpty();
  }

  @Property(tries = 300)
  void neverFailsUncodedOnForeignBytes(@ForAll byte[] bytes) {
    assertThatExceptionOfType(R1Exception.class)
        .isThrownBy(() -> reader.read(200, bytes, NONCE, AnswerReaderTest::isOracle, NOW));
  }
}

package ai.ratio1.dauth.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Sighting;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.DAuthRequest;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whoever fails a check gets no account, and nothing makes the judge fail. */
class DAuthRefusalsTest extends JudgeTrial {

  @Test
  void refusesAForeignEvmAddressEvenInAnotherCase() {
    ObjectNode body = signed(request());
    String address = body.get("EE_ETH_SENDER").asText();
    body.put("EE_ETH_SENDER", "0x0000000000000000000000000000000000000001");
    String words = "Sender eth address and recovered eth address do not match.";
    refuses(body, NOW, DAuthError.ADDRESS_MISMATCH, words);
    body.put("EE_ETH_SENDER", address.toLowerCase(Locale.ROOT));
    refuses(body, NOW, DAuthError.ADDRESS_MISMATCH, words);
    body.remove("EE_ETH_SENDER");
    refuses(body, NOW, DAuthError.ADDRESS_MISMATCH, words);
  }

  @Test
  void refusesAForgedSender() {
    NodeIdentity forger = Keys.key(3);
    ObjectNode body = DAuthRequest.body(request().compose(forger));
    body.put("EE_SENDER", NODE.address().text());
    body.put("EE_ETH_SENDER", Eip55.format(NODE.evmAddress()));
    refuses(body, NOW, DAuthError.INVALID_SIGNATURE, "Invalid request signature: ");
  }

  @Test
  void refusesARequestWithoutADigest() {
    ObjectNode body = signed(library());
    body.remove("EE_HASH");
    refuses(body, NOW, DAuthError.INVALID_SIGNATURE, "Invalid request signature: ");
  }

  @Test
  void refusesAnUnknownSenderWithoutEchoingAnything() {
    ObjectNode body = signed(request());
    body.put("EE_SENDER", "0xai_nobody");
    JsonNode result = answer(body, NOW).path("result");
    assertThat(result.has("auth")).isFalse();
    assertThat(result.path("code").asText()).isEqualTo("R1-DAUTH-101");
    assertThat(result.toString()).doesNotContain("EE_MQTT");
  }

  @Test
  void refusesFieldsOfAnotherType() {
    ObjectNode body = Json.object();
    body.put("nonce", 7);
    SignedMessage.sign(body, NODE);
    refuses(body, NOW, DAuthError.MALFORMED, "nonce");
  }

  private enum Flaw {
    FORGED,
    FOREIGN_EVM_ADDRESS,
    CORE_ONLY,
    TOO_OLD,
    UNLICENSED,
    CHAIN_AWAY,
    EXPIRED,
    FUTURE,
    REPLAYED,
    SECOND_INSTANCE,
    UNSIGNED
  }

  /** Whatever is wrong, alone or together: an account goes out only when nothing is. */
  @Property(tries = 300)
  void nobodyWhoFailsACheckGetsAnAccount(@ForAll Set<Flaw> flaws) {
    DAuthJudge fresh = new DAuthJudge(Keys.SIGNATURES, SETTINGS);
    TestNetwork facts = new TestNetwork();
    ObjectNode body = flawed(flaws, facts);
    Instant now =
        flaws.contains(Flaw.EXPIRED)
            ? NOW.plusSeconds(60)
            : flaws.contains(Flaw.FUTURE) ? NOW.minusSeconds(60) : NOW;
    if (flaws.contains(Flaw.REPLAYED)) {
      fresh.judge(body, facts, now);
    }
    ObjectNode answer = writer.write(fresh.judge(body, facts, now), server(), List.of(), 0);
    assertThat(answer.toString().contains("EE_MQTT")).isEqualTo(flaws.isEmpty());
  }

  private static ObjectNode flawed(Set<Flaw> flaws, TestNetwork facts) {
    DAuthRequest plain = request();
    ObjectNode body =
        DAuthRequest.body(
            new DAuthRequest(
                    plain.nonce(),
                    plain.alias(),
                    flaws.contains(Flaw.CORE_ONLY)
                        ? Optional.empty()
                        : Optional.of(flaws.contains(Flaw.TOO_OLD) ? "2.0.0" : "2.10.370"),
                    plain.sdkVersion(),
                    plain.coreVersion(),
                    plain.timestamp(),
                    plain.instance())
                .compose(NODE));
    EnumSet<Flaw> set = flaws.isEmpty() ? EnumSet.noneOf(Flaw.class) : EnumSet.copyOf(flaws);
    if (!set.contains(Flaw.UNLICENSED)) {
      facts.active.add(NODE.evmAddress());
    }
    facts.chainAway = set.contains(Flaw.CHAIN_AWAY);
    if (set.contains(Flaw.SECOND_INSTANCE)) {
      // Seen at the very end of the longest wait a flaw of time can make.
      Instant seen = NOW.plusSeconds(set.contains(Flaw.EXPIRED) ? 60 : 0);
      facts.sightings.put(
          NODE.evmAddress(),
          new Sighting(NODE.address(), NODE.evmAddress(), "n", "other", seen, seen, true));
    }
    if (set.contains(Flaw.FORGED)) {
      body.put("sender_alias", "forged");
    }
    if (set.contains(Flaw.FOREIGN_EVM_ADDRESS)) {
      body.put("EE_ETH_SENDER", "0x0000000000000000000000000000000000000001");
    }
    if (set.contains(Flaw.UNSIGNED)) {
      body.remove("EE_SIGN");
    }
    return body;
  }

  /** The judge sees only what the parser let through, but of that, anything. */
  @Property(tries = 300)
  void neverFailsOnForeignDocuments(@ForAll("documents") String text) {
    JsonNode document = new Json(JsonLimits.DEFAULT).parse(text);
    if (document instanceof ObjectNode body) {
      assertThat(judge.judge(body, network, NOW)).isNotInstanceOf(Ruling.Accepted.class);
    }
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> values =
        Arbitraries.of(
            "1",
            "null",
            "true",
            "\"\"",
            "\"x\"",
            "[]",
            "{}",
            "1e400",
            "\"" + "A".repeat(300) + "\"",
            "\"" + NODE.address().text() + "\"",
            "\"v2\"",
            "\"v3\"",
            "[[1]]",
            "\"MEUCIQ==\"");
    Arbitrary<String> names =
        Arbitraries.of(
            "EE_SENDER",
            "EE_SIGN",
            "EE_HASH",
            "EE_ETH_SENDER",
            "SIGN_CANON_V",
            "nonce",
            "timestamp",
            "instance",
            "sender_app_ver",
            "sender_sdk_ver");
    return Combinators.combine(names, values)
        .as((name, value) -> "\"" + name + "\":" + value)
        .list()
        .ofMaxSize(8)
        .map(fields -> "{" + String.join(",", fields) + "}");
  }
}

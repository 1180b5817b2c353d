package ai.ratio1.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.Signatures;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.Verdict;
import ai.ratio1.wire.WireError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SignedMessageTest {

  private final Json json = new Json(JsonLimits.DEFAULT);
  private final Signatures signatures = Engines.signatures(Engines.NATIVE);
  private final NodeKey key = new NodeKey(Engines.NATIVE, NodeKey.generate(new Random(1)));

  @Property(tries = 300)
  void aSignedMessageVerifiesAfterTheWireAndOnlyUnchanged(
      @ForAll("bodies") ObjectNode body, @ForAll int where) {
    ObjectNode signed = SignedMessage.sign(body.deepCopy(), key);
    ObjectNode received = json.parseObject(Json.bytes(signed));
    assertThat(SignedMessage.verify(received, signatures))
        .isEqualTo(new Verdict.Valid(key.address()));

    List<String> names = new java.util.ArrayList<>();
    received.fieldNames().forEachRemaining(names::add);
    names.removeAll(List.of("EE_ETH_SENDER", "EE_ETH_SIGN"));
    String name = names.get(Math.floorMod(where, names.size()));
    ObjectNode without = received.deepCopy().without(name);
    assertThat(SignedMessage.verify(without, signatures).isValid()).as("without " + name).isFalse();
    ObjectNode more = received.deepCopy().put(name + "_", 1);
    assertThat(SignedMessage.verify(more, signatures).isValid()).as("with more").isFalse();
  }

  @Test
  void signingAgainReplacesTheSignature() {
    ObjectNode message = Json.object().put("a", 1);
    SignedMessage.sign(message, key);
    message.put("a", 2);
    SignedMessage.sign(message, new NodeKey(Engines.JAVA, NodeKey.generate(new Random(2))));
    assertThat(SignedMessage.verify(message, signatures).isValid()).isTrue();
    assertThat(message.size()).isEqualTo(7);
  }

  @Test
  void reportsEveryFaultWithItsCode() {
    ObjectNode good = SignedMessage.sign(Json.object().put("a", 1), key);
    assertInvalid(good.deepCopy().without("EE_SENDER"), WireError.SENDER_MISSING);
    assertInvalid(good.deepCopy().putNull("EE_SENDER"), WireError.SENDER_MISSING);
    assertInvalid(good.deepCopy().put("EE_SENDER", 7), WireError.SENDER_MISSING);
    assertInvalid(good.deepCopy().without("EE_SIGN"), WireError.SIGNATURE_MISSING);
    assertInvalid(good.deepCopy().put("EE_SIGN", "A"), WireError.SIGNATURE_UNREADABLE);
    assertInvalid(good.deepCopy().put("EE_SENDER", "me"), WireError.SENDER_UNREADABLE);
    assertInvalid(good.deepCopy().put("EE_SIGN", ""), WireError.SIGNATURE_INVALID);
    assertInvalid(good.deepCopy().put("SIGN_CANON_V", 2), WireError.UNKNOWN_CANON);
    assertInvalid(good.deepCopy().put("SIGN_CANON_V", "V2"), WireError.UNKNOWN_CANON);
    assertInvalid(good.deepCopy().put("EE_HASH", 0), WireError.DIGEST_MISMATCH);
    assertInvalid(good.deepCopy().put("EE_HASH", ""), WireError.SIGNATURE_INVALID);
    assertInvalid(good.deepCopy().put("b", "\ud800"), WireError.NOT_CANONICAL);
    assertInvalid(good.deepCopy().set("EE_HASH", Json.array()), WireError.DIGEST_MISMATCH);
  }

  @Test
  void tellsAGenuineMessageOfAStrangerFromAForgedOne() {
    ObjectNode message = SignedMessage.sign(Json.object(), key);
    Verdict verdict = SignedMessage.verify(message, signatures, sender -> false);
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Invalid(
                WireError.NOT_ALLOWED.code(),
                "Signature ok but address " + key + " not in authorized_addrs."));
  }

  @Test
  void refusesToSignWhatHasNoText() {
    assertThatThrownBy(() -> SignedMessage.sign(Json.object().put("a", "\udc00"), key))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(WireError.NOT_CANONICAL.code()));
  }

  private void assertInvalid(JsonNode message, WireError error) {
    Verdict verdict = SignedMessage.verify((ObjectNode) message, signatures);
    assertThat(verdict).isInstanceOf(Verdict.Invalid.class);
    assertThat(((Verdict.Invalid) verdict).code()).as(verdict.reason()).isEqualTo(error.code());
  }

  @Provide
  Arbitrary<ObjectNode> bodies() {
    Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            Arbitraries.doubles().map(Object.class::cast),
            Arbitraries.longs().map(Object.class::cast),
            Arbitraries.strings().withCharRange(' ', '\u2fff').map(Object.class::cast));
    return Arbitraries.maps(names, values)
        .ofMaxSize(6)
        .map(
            fields -> {
              ObjectNode body = Json.object();
              fields.forEach(
                  (name, value) -> {
                    if (value instanceof Double number) {
                      body.put(name, number);
                    } else if (value instanceof Long number) {
                      body.put(name, number);
                    } else {
                      body.put(name, (String) value);
                    }
                  });
              return body;
            });
  }
}

package ai.ratio1.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.wire.AvailabilityClaim;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.Vectors;
import ai.ratio1.wire.Vectors.Vector;
import ai.ratio1.wire.WalletRequest;
import ai.ratio1.wire.WireError;
import ai.ratio1.wire.evm.Eip55;
import ai.ratio1.wire.evm.PackedValues;
import ai.ratio1.wire.evm.PersonalMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Group evm on both engines: hashes, exact signatures, recovery, refusals. */
class EvmVectorsTest {

  private final Json json = new Json(JsonLimits.DEFAULT);

  static List<Arguments> evm() {
    return Engines.with(Vectors.of("evm"));
  }

  @ParameterizedTest
  @MethodSource
  void evm(Curve curve, Vector vector) {
    if (vector.expected().has("error")) {
      assertThatThrownBy(() -> claim(vector))
          .isInstanceOfSatisfying(
              R1Exception.class, e -> assertThat(e.code()).isEqualTo(WireError.BAD_CLAIM.code()));
    } else if (vector.input().has("types")) {
      packed(curve, vector, values(vector));
    } else if (vector.input().has("epochs")) {
      claims(curve, vector);
    } else if (vector.input().has("payload_json_text")) {
      payload(curve, vector);
    } else {
      text(curve, vector);
    }
  }

  private static void packed(Curve curve, Vector vector, PackedValues values) {
    assertThat(hex(values.hash())).isEqualTo(vector.out("message_hash"));
    if (vector.expected().has("signed_message")) {
      assertThat(hex(values.digest())).isEqualTo(vector.out("signed_message"));
    }
    assertThat(Eip55.format(key(curve, vector).evmAddress())).isEqualTo(vector.out("sender"));
    assertSignature(curve, vector, values.digest());
  }

  private static void claims(Curve curve, Vector vector) {
    AvailabilityClaim claim = claim(vector);
    if (!vector.expected().has("packed_availabilities")) {
      packed(curve, vector, claim.arrays());
      return;
    }
    packed(curve, vector, claim.packed());
    assertThat(claim.firstEpoch()).isEqualTo(vector.expected().get("from_epoch").longValue());
    assertThat(claim.lastEpoch()).isEqualTo(vector.expected().get("to_epoch").longValue());
    assertThat("0x" + HexFormat.of().formatHex(claim.availabilities()))
        .isEqualTo(vector.out("packed_availabilities"));
  }

  private void payload(Curve curve, Vector vector) {
    WalletRequest form =
        new WalletRequest(
            vector.in("prefix"),
            vector.input().get("indent").intValue(),
            !vector.input().get("no_hash").booleanValue());
    ObjectNode request = json.parseObject(vector.in("payload_json_text"));
    assertThat(form.text(request)).isEqualTo(vector.out("text"));
    form.sign(request, key(curve, vector));
    assertThat(request).isEqualTo(json.parse(vector.expected().get("signed_payload").toString()));
    assertThat(request.get("EE_ETH_SIGN").textValue()).isEqualTo(vector.out("signature"));
    assertThat(form.verify(request, Engines.signatures(curve)))
        .hasValue(key(curve, vector).evmAddress());

    ObjectNode changed = request.deepCopy().put("app_alias", "other");
    assertThat(form.verify(changed, Engines.signatures(curve))).isEmpty();
    ObjectNode stolen = request.deepCopy().put("EE_ETH_SENDER", EvmAddress.ZERO.toHex());
    assertThat(form.verify(stolen, Engines.signatures(curve))).isEmpty();
    for (String field : List.of("EE_ETH_SENDER", "EE_ETH_SIGN")) {
      ObjectNode bare = request.deepCopy().without(field);
      assertThat(form.verify(bare, Engines.signatures(curve))).isEmpty();
    }
  }

  private static void text(Curve curve, Vector vector) {
    String text = vector.in("text");
    Bytes32 digest =
        vector.input().get("no_hash").booleanValue()
            ? PersonalMessage.digestOfText(text)
            : PersonalMessage.digestOfHashedText(text);
    assertSignature(curve, vector, digest);
  }

  private static void assertSignature(Curve curve, Vector vector, Bytes32 digest) {
    NodeKey key = key(curve, vector);
    byte[] signature = key.signRecoverable(digest);
    assertThat("0x" + HexFormat.of().formatHex(signature)).isEqualTo(vector.out("signature"));
    assertThat(Engines.signatures(curve).recover(digest, signature)).hasValue(key.evmAddress());
  }

  private static AvailabilityClaim claim(Vector vector) {
    EvmAddress node =
        vector.input().has("node") ? EvmAddress.parse(vector.in("node")) : EvmAddress.ZERO;
    return AvailabilityClaim.of(
        node,
        items(vector.input().get("epochs")).stream().map(JsonNode::longValue).toList(),
        items(vector.input().get("values")).stream().map(JsonNode::intValue).toList());
  }

  private static PackedValues values(Vector vector) {
    PackedValues packed = new PackedValues();
    for (int i = 0; i < vector.input().get("types").size(); i++) {
      JsonNode value = vector.input().get("values").get(i);
      String type = vector.input().get("types").get(i).textValue();
      switch (type) {
        case "address" -> packed.address(EvmAddress.parse(value.textValue()));
        case "address[]" ->
            packed.addresses(
                items(value).stream().map(item -> EvmAddress.parse(item.textValue())).toList());
        case "uint256" -> packed.uint(256, value.bigIntegerValue());
        case "uint8" -> packed.uint(8, value.bigIntegerValue());
        case "uint256[]" ->
            packed.uints(256, items(value).stream().map(JsonNode::bigIntegerValue).toList());
        case "uint8[]" ->
            packed.uints(8, items(value).stream().map(JsonNode::bigIntegerValue).toList());
        case "int256" -> packed.int256(value.bigIntegerValue());
        case "string" -> packed.string(value.textValue());
        case "bytes" -> packed.bytes(HexFormat.of().parseHex(value.textValue().substring(2)));
        case "bytes32" -> packed.bytes32(Bytes32.parse(value.textValue()));
        default -> throw new AssertionError("no packing for " + type);
      }
    }
    return packed;
  }

  private static List<JsonNode> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static NodeKey key(Curve curve, Vector vector) {
    return Engines.key(curve, vector.in("private_key_hex"));
  }

  private static String hex(Bytes32 value) {
    return value.toHex().substring(2);
  }
}

package ai.ratio1.client;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityStatement;
import ai.ratio1.capability.CapabilityVerdict;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Asks an oracle what it found about a node's claim. What it answers is for the caller to check.
 */
public final class CapabilityStatements {

  private CapabilityStatements() {}

  /**
   * What the oracle says of this node and epoch; empty when it says nothing, or nothing that can be
   * read.
   *
   * @param address the oracle's own
   */
  public static Optional<CapabilityStatement> ask(
      NodeClient oracle, EvmAddress address, long epoch, EvmAddress node) {
    try {
      JsonNode answer = oracle.get("/v1/epochs/" + epoch + "/capability/" + node.toHex());
      return Optional.of(parse(answer, address))
          .filter(said -> said.finding().epoch() == epoch && said.finding().node().equals(node));
    } catch (R1Exception | IllegalArgumentException e) {
      return Optional.empty(); // It then says nothing, as one that heard nothing.
    }
  }

  static CapabilityStatement parse(JsonNode answer, EvmAddress oracle) {
    JsonNode claim = answer.path("claim");
    JsonNode wrong = answer.path("wrongSegment");
    CapabilityFinding finding =
        new CapabilityFinding(
            answer.path("epoch").asLong(-1),
            EvmAddress.parse(answer.path("node").asText()),
            new CapabilityClaim(
                claim.path("profile").asText(),
                claim.path("cores").asInt(),
                claim.path("memoryMiB").asInt(-1),
                claim.path("gpus").asInt(-1)),
            CapabilityVerdict.valueOf(answer.path("verdicts").path("cores").asText()),
            Bytes32.parse(answer.path("work").asText()),
            Duration.ofMillis(answer.path("delayMillis").asLong(-1)),
            Duration.ofMillis(answer.path("allowedMillis").asLong(-1)),
            answer.path("samples").asInt(-1),
            wrong.isInt() ? wrong.asInt() : -1);
    if (finding.epoch() < 0 || finding.delay().isNegative() || finding.allowed().isNegative()) {
      throw new IllegalArgumentException("no finding");
    }
    return new CapabilityStatement(
        oracle,
        finding,
        answer.path("evidence").isTextual()
            ? Optional.of(bytes(answer.path("evidence")))
            : Optional.empty(),
        bytes(answer.path("signature")));
  }

  private static byte[] bytes(JsonNode text) {
    String hex = text.asText();
    if (!hex.startsWith("0x")) {
      throw new IllegalArgumentException("no bytes");
    }
    return HexFormat.of().parseHex(hex.substring(2));
  }
}

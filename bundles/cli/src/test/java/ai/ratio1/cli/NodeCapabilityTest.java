package ai.ratio1.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityStatement;
import ai.ratio1.capability.CapabilityVerdict;
import ai.ratio1.outcome.capability.CapabilityJury;
import ai.ratio1.outcome.capability.CapabilityJury.Opinion;
import ai.ratio1.outcome.capability.CapabilityJury.Worth;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What oracles found is told with what each of them said and whether that counts. */
class NodeCapabilityTest {

  private static final EvmAddress ORACLE = EvmAddress.parse("0x" + "01".repeat(20));
  private static final EvmAddress NODE = EvmAddress.parse("0x" + "02".repeat(20));
  private static final Bytes32 WORK = Bytes32.parse("0x" + "03".repeat(32));

  @Test
  void aDoubtedClaimIsToldWithItsReason() {
    CapabilityFinding late = finding(CapabilityVerdict.LATE, WORK);
    CapabilityFinding never = finding(CapabilityVerdict.MISSING, Bytes32.ZERO);
    NodeCapability capability =
        capability(
            CapabilityVerdict.LATE,
            late,
            opinion(late, Worth.SIGNED),
            opinion(never, Worth.NOT_SIGNED));
    assertThat(told(capability))
        .contains(
            "claims 64 processors, 16384 MiB of memory, 1 GPUs; profile x86_64-generic",
            "processors and GPUs DOUBTED, late: the answer came too late for such a machine",
            "memory DOUBTED, missing",
            "2300 ms",
            "NOT signed: does not count");
    JsonNode json = capability.json();
    assertThat(json.path("doubted").booleanValue()).isTrue();
    assertThat(json.path("claim").path("verdicts").path("cores").asText()).isEqualTo("LATE");
    assertThat(json.path("claim").path("verdicts").path("gpu").asText()).isEqualTo("LATE");
    assertThat(json.path("claim").path("verdicts").path("memory").asText()).isEqualTo("MISSING");
    assertThat(json.path("oracles").path(0).path("name").asText()).isEqualTo("oracle-1");
    assertThat(json.path("oracles").path(1).path("worth").asText()).isEqualTo("NOT_SIGNED");
  }

  @Test
  void aProvenClaimIsNotDoubted() {
    CapabilityFinding proven =
        finding(CapabilityVerdict.PROVEN, WORK, new CapabilityClaim("x86_64-generic", 64, 0, 0));
    NodeCapability capability =
        capability(CapabilityVerdict.PROVEN, proven, opinion(proven, Worth.SIGNED));
    assertThat(told(capability)).contains("processors proven").doesNotContain("DOUBTED");
    assertThat(capability.json().path("doubted").booleanValue()).isFalse();
  }

  /** However well the rest is proven. */
  @Test
  void aClaimOfMemoryIsDoubted() {
    CapabilityFinding proven = finding(CapabilityVerdict.PROVEN, WORK);
    NodeCapability capability =
        capability(CapabilityVerdict.PROVEN, proven, opinion(proven, Worth.SIGNED));
    assertThat(told(capability)).contains("processors and GPUs proven", "memory DOUBTED");
    assertThat(capability.json().path("doubted").booleanValue()).isTrue();
  }

  @Test
  void withoutAClaimNothingIsProven() {
    NodeCapability capability =
        new NodeCapability(
            new CapabilityJury.Result(List.of(), CapabilityVerdict.UNPROVEN, Optional.empty()),
            new Names(Map.of(), Map.of()));
    assertThat(told(capability)).contains("nothing claimed");
    assertThat(capability.json().path("claim").isNull()).isTrue();
  }

  private static NodeCapability capability(
      CapabilityVerdict verdict, CapabilityFinding leading, Opinion... opinions) {
    return new NodeCapability(
        new CapabilityJury.Result(List.of(opinions), verdict, Optional.of(leading)),
        new Names(Map.of(), Map.of(ORACLE.toHex(), "oracle-1")));
  }

  private static Opinion opinion(CapabilityFinding finding, Worth worth) {
    return new Opinion(
        new CapabilityStatement(ORACLE, finding, Optional.empty(), new byte[65]), worth);
  }

  private static CapabilityFinding finding(CapabilityVerdict verdict, Bytes32 work) {
    return finding(verdict, work, new CapabilityClaim("x86_64-generic", 64, 16_384, 1));
  }

  private static CapabilityFinding finding(
      CapabilityVerdict verdict, Bytes32 work, CapabilityClaim claim) {
    return new CapabilityFinding(
        7, NODE, claim, verdict, work, Duration.ofMillis(2300), Duration.ofMillis(1150), 0, -1);
  }

  private static String told(NodeCapability capability) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    capability.print(new Console(print, print, false));
    return out.toString(StandardCharsets.UTF_8);
  }
}

package ai.ratio1.rest.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.Observation;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EpochViewTest {

  private static final EpochSchedule SCHEDULE =
      new EpochSchedule(
          Instant.parse("2026-11-21T10:00:00Z"),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofMillis(125),
          Duration.ofSeconds(3),
          Duration.ofMillis(1500),
          250);

  private static EvmAddress node(int number) {
    byte[] bytes = new byte[20];
    bytes[19] = (byte) number;
    return EvmAddress.of(bytes);
  }

  private static EpochReport report(int rows, Presence own) {
    List<RegistryRow> registered = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      registered.add(new RegistryRow(new LicenceId(LicenceType.NODE_DEED, i + 1), node(i)));
    }
    byte[] table = {(byte) 255, 127};
    return new EpochReport(
        2,
        EpochReport.Stage.PENDING,
        List.of(node(90), node(91)),
        Optional.empty(),
        Optional.empty(),
        List.of(new Observation(node(91), 1, Bytes32.ZERO, table)),
        registered,
        List.of(),
        Map.of(node(0), own),
        List.of(65_000));
  }

  @Test
  void showsTheReputationOfEveryOracleThatHasOne() {
    JsonNode oracles =
        EpochView.full(
                report(1, new Presence(new BitSet(), 60)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new EpochView.Rows(Optional.empty(), 0, 1))
            .path("oracles");
    assertThat(oracles.path(0).path("reputation").asInt()).isEqualTo(65_000);
    assertThat(oracles.path(1).path("reputation").isNull()).isTrue();
  }

  private static JsonNode row(EpochReport report, int index) {
    return EpochView.full(
            report,
            Optional.of(SCHEDULE),
            Optional.empty(),
            List.of(),
            new EpochView.Rows(Optional.empty(), 0, 100))
        .path("rows")
        .path(index);
  }

  @Test
  void namesTheMissedSlotsWithTheirTimes() {
    BitSet present = new BitSet();
    present.set(2, 60);
    present.clear(10);
    JsonNode own = row(report(1, new Presence(present, 60)), 0).path("own");
    assertThat(own.path("present").asInt()).isEqualTo(57);
    assertThat(own.path("value").asInt()).isEqualTo(255 * 57 / 60);
    assertThat(own.path("missed").toString())
        .isEqualTo(
            "[{\"firstSlot\":0,\"slots\":2,\"from\":\"2026-11-21T10:01:00Z\","
                + "\"to\":\"2026-11-21T10:01:01Z\"},"
                + "{\"firstSlot\":10,\"slots\":1,\"from\":\"2026-11-21T10:01:05Z\","
                + "\"to\":\"2026-11-21T10:01:05.500Z\"}]");
  }

  @Property
  void gapsAndPresentSlotsMakeTheEpoch(@ForAll List<@IntRange(min = 0, max = 59) Integer> slots) {
    BitSet present = new BitSet();
    slots.forEach(present::set);
    JsonNode own = row(report(1, new Presence(present, 60)), 0).path("own");
    int missed = 0;
    for (JsonNode gap : own.path("missed")) {
      for (int slot = 0; slot < gap.path("slots").asInt(); slot++) {
        assertThat(present.get(gap.path("firstSlot").asInt() + slot)).isFalse();
        missed++;
      }
    }
    assertThat(missed + own.path("present").asInt()).isEqualTo(60);
    assertThat(own.path("missedGaps").asInt()).isEqualTo(own.path("missed").size());
  }

  @Test
  void showsAtMostAHundredGapsAndCountsAll() {
    BitSet present = new BitSet();
    for (int i = 0; i < 4320; i += 2) {
      present.set(i);
    }
    JsonNode own = row(report(1, new Presence(present, 4320)), 0).path("own");
    assertThat(own.path("missed")).hasSize(100);
    assertThat(own.path("missedGaps").asInt()).isEqualTo(2160);
  }

  @Test
  void showsBytesAsTheyAreAndGapsInTablesAsNull() {
    EpochReport report = report(3, new Presence(new BitSet(), 60));
    assertThat(row(report, 0).path("observed").path(0).path("value").asInt()).isEqualTo(255);
    assertThat(row(report, 1).path("observed").path(0).path("value").asInt()).isEqualTo(127);
    assertThat(row(report, 2).path("observed").path(0).path("value").isNull()).isTrue();
    assertThat(row(report, 0).path("agreed").isNull()).isTrue();
    assertThat(row(report, 1).path("own").isNull()).isTrue();
  }

  @Test
  void givesRowsInPagesOrOfOneNode() {
    EpochReport report = report(7, new Presence(new BitSet(), 60));
    assertThat(rows(report, Optional.empty(), 5, 100)).containsExactly(5, 6);
    assertThat(rows(report, Optional.empty(), 2, 2)).containsExactly(2, 3);
    assertThat(rows(report, Optional.of(node(4)), 0, 100)).containsExactly(4);
    assertThat(rows(report, Optional.of(node(99)), 0, 100)).isEmpty();
  }

  private static List<Integer> rows(
      EpochReport report, Optional<EvmAddress> node, int offset, int limit) {
    List<Integer> rows = new ArrayList<>();
    EpochView.full(
            report,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new EpochView.Rows(node, offset, limit))
        .path("rows")
        .forEach(row -> rows.add(row.path("row").asInt()));
    return rows;
  }
}

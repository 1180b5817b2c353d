package ai.ratio1.chain.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.wire.certificate.RewardLeaf;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The same numbers as the Solidity test {@code AvailabilityTree.t.sol}: both read the fixture. */
class AvailabilityLeafTest {

  private static final Path FIXTURE =
      Path.of(System.getProperty("r1.contracts"), "test", "fixtures", "availability.json");

  @Test
  void leavesAreThoseOfTheFixture() throws IOException {
    JsonNode rows = new ObjectMapper().readTree(FIXTURE.toFile()).get("rows");
    assertThat(rows).hasSize(2);
    for (JsonNode row : rows) {
      LicenceId licence =
          new LicenceId(
              LicenceType.ofCode(row.get("licenceType").intValue()),
              row.get("licenceId").longValue());
      EvmAddress node = EvmAddress.parse(row.get("node").textValue());
      Bytes32 leaf =
          RewardLeaf.availability(
              row.get("epoch").longValue(),
              new RegistryRow(licence, node),
              row.get("availability").intValue());
      assertThat(leaf.toHex()).isEqualTo(row.get("leaf").textValue());
    }
  }
}

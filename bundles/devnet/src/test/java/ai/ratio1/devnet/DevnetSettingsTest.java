package ai.ratio1.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevnetSettingsTest {

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 31})
  void everyOracleHasAnOperatorAndAPortOfItsOwn(int oracles) {
    DevnetSettings settings = DevnetSettings.DEFAULT.with(oracles, Map.of());
    List<NodeEntry> nodes = NodeEntry.all(settings);
    assertThat(nodes).filteredOn(node -> node.kind() == NodeKind.ORACLE).hasSize(oracles);
    assertThat(nodes).hasSize(oracles + 3);
    assertThat(nodes).extracting(NodeEntry::name).doesNotHaveDuplicates();
    assertThat(nodes).extracting(NodeEntry::port).doesNotHaveDuplicates();
    List<String> owners = NodeEntry.owners(nodes);
    assertThat(new HashSet<>(owners)).as("nobody is two").hasSameSizeAs(owners);
    assertThat(nodes)
        .extracting(NodeEntry::port)
        .doesNotContain(settings.chainPort(), settings.brokerPort());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 32})
  void fewerOrMoreOraclesThanCanAgreeAreRefused(int oracles) {
    assertThatThrownBy(() -> DevnetSettings.DEFAULT.with(oracles, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a network has 4 to 31 oracles");
  }

  @Test
  void aNetworkThatExistsKeepsItsOracles() {
    DevnetSettings founded = DevnetSettings.DEFAULT.with(7, Map.of());
    NetworkFile network =
        new NetworkFile(
            "http://127.0.0.1:1", "0x", "", 30, 500, 250, 19_000, Map.of(), NodeEntry.all(founded));
    DevnetSettings continued = DevnetSettings.DEFAULT.continuing(network);
    assertThat(continued.oracles()).isEqualTo(7);
    assertThat(NodeEntry.all(continued)).hasSameSizeAs(network.nodes());
  }
}

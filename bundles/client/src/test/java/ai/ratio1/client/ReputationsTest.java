package ai.ratio1.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.wire.certificate.ReputationLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReputationsTest {

  private static final EvmAddress ONE = EvmAddress.parse("0x" + "11".repeat(20));
  private static final EvmAddress TWO = EvmAddress.parse("0x" + "22".repeat(20));
  private static final EvmAddress OTHER = EvmAddress.parse("0x" + "33".repeat(20));
  private static final String ROOT =
      MerkleTree.of(List.of(ReputationLeaf.of(ONE, 32_768), ReputationLeaf.of(TWO, 65_536)))
          .root()
          .toHex();

  @Test
  void areProbabilitiesOfFailure() {
    Reputations reputations = Reputations.of(epoch(32_768, 65_536));
    assertThat(reputations.epoch()).isEqualTo(7);
    assertThat(reputations.failure(ONE)).isEqualTo(0.5);
    assertThat(reputations.failure(TWO)).isZero();
    assertThat(reputations.failure(OTHER)).isEqualTo(1);
  }

  @Test
  void haveToBeThoseOfTheCertificate() {
    assertThatThrownBy(() -> Reputations.of(epoch(65_536, 65_536)))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-CLIENT-005"));
  }

  @Test
  void mayNotBeThere() {
    assertThatThrownBy(() -> Reputations.of(epoch(null, null)))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-CLIENT-004"));
  }

  private static ObjectNode epoch(Integer one, Integer two) {
    ObjectNode epoch = JsonNodeFactory.instance.objectNode().put("epoch", 7);
    var oracles = epoch.putArray("oracles");
    oracles.addObject().put("address", ONE.toHex()).put("reputation", one);
    oracles.addObject().put("address", TWO.toHex()).put("reputation", two);
    epoch.putObject("certificate").putObject("outcome").put("reputationRoot", ROOT);
    return epoch;
  }
}

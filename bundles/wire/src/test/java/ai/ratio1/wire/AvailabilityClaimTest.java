package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvailabilityClaimTest {

  private static final EvmAddress NODE =
      EvmAddress.parse("0x000000000000000000000000000000000000dEaD");

  @Test
  void claimsAreSortedByEpoch() {
    AvailabilityClaim claim = AvailabilityClaim.of(NODE, List.of(7L, 5L, 6L), List.of(70, 50, 60));
    assertThat(claim.availabilities()).containsExactly(50, 60, 70);
    assertThat(claim.firstEpoch()).isEqualTo(5);
    assertThat(claim.lastEpoch()).isEqualTo(7);
    assertThat(claim.packed().types()).containsExactly("address", "uint256", "uint256", "bytes");
    assertThat(claim.arrays().types()).containsExactly("address", "uint256[]", "uint8[]");
  }

  @Test
  void refusesClaimsThatAreNoRange() {
    assertThatThrownBy(() -> AvailabilityClaim.of(NODE, List.of(-1L), List.of(1)))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(WireError.BAD_CLAIM.code()));
  }
}

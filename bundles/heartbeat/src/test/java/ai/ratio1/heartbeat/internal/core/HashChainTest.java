package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import java.security.MessageDigest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HashChainTest {

  private static final Bytes32 SEED = Network.beacon(7);

  @Property(tries = 200)
  void everyLinkHashedItsNumberOfTimesIsTheAnchor(
      @ForAll @IntRange(min = 1, max = 9000) int length, @ForAll int choice) throws Exception {
    HashChain chain = new HashChain(SEED, length);
    int number = Math.floorMod(choice, length) + 1;
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] value = chain.link(number);
    for (int i = 0; i < number; i++) {
      value = sha256.digest(value);
    }
    assertThat(Bytes32.of(value)).isEqualTo(chain.anchor());
  }

  @Test
  void theLastLinkIsTheSecretAndThereIsNothingBeyondIt() {
    HashChain chain = new HashChain(SEED, 120);
    assertThat(chain.link(120)).isEqualTo(SEED.toArray());
    assertThatThrownBy(() -> chain.link(121)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> chain.link(0)).isInstanceOf(IllegalArgumentException.class);
  }
}

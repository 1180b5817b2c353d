package ai.ratio1.wire.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AbiReaderTest {

  private static final EvmAddress NODE =
      EvmAddress.parse("0x00000000000000000000000000000000000000ff");

  @Test
  void readsStaticValuesInOrder() {
    AbiReader reader =
        AbiReader.of(new AbiWords().uint(7).uint(1).address(NODE).bytes32(Bytes32.ZERO).toArray());

    assertThat(reader.uint(8)).isEqualTo(BigInteger.valueOf(7));
    assertThat(reader.bool()).isTrue();
    assertThat(reader.address()).isEqualTo(NODE);
    assertThat(reader.bytes32()).isEqualTo(Bytes32.ZERO);
  }

  @Test
  void followsOffsetsRelativeToTheTupleTheyAreIn() {
    // abi.encode(Set({digest: 0, oracles: [NODE, NODE]})) as Solidity lays it out
    byte[] encoded =
        new AbiWords()
            .uint(32)
            .bytes32(Bytes32.ZERO)
            .uint(64)
            .uint(2)
            .address(NODE)
            .address(NODE)
            .toArray();
    AbiReader tuple = AbiReader.of(encoded).dynamic();

    assertThat(tuple.bytes32()).isEqualTo(Bytes32.ZERO);
    assertThat(tuple.dynamic().array(AbiReader::address)).isEqualTo(List.of(NODE, NODE));
  }

  @Test
  void refusesValuesOutsideTheirType() {
    byte[] large = new AbiWords().uint(BigInteger.ONE.shiftLeft(200)).toArray();
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.of(large).uint(199));
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.of(large).address());
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.of(large).bool());
    assertThatIllegalArgumentException().isThrownBy(() -> AbiReader.of(large).dynamic());
  }

  @Test
  void refusesAnArrayThatClaimsMoreThanItsBytesHold() {
    byte[] claim = new AbiWords().uint(1L << 40).uint(1).toArray();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AbiReader.of(claim).array(AbiReader::uint63));
  }

  @Property
  void readsAnyArrayAndRefusesEveryTruncation(
      @ForAll @Size(max = 20) List<@IntRange(min = 0) Integer> values,
      @ForAll @IntRange(min = 1, max = 31) int cut) {
    AbiWords words = new AbiWords().uint(values.size());
    values.forEach(words::uint);
    byte[] encoded = words.toArray();

    assertThat(AbiReader.of(encoded).array(r -> (int) r.uint63())).isEqualTo(values);
    byte[] shorter = Arrays.copyOf(encoded, encoded.length - cut);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AbiReader.of(shorter).array(AbiReader::uint63));
  }
}

package ai.ratio1.chain.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.internal.core.ActiveNodes.Change;
import ai.ratio1.wire.evm.AbiReader;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Fees, links, rests and answers, without a chain. */
class CoreValuesPropertyTest {

  @Property(tries = 300)
  void aRaisedFeeReplacesAStuckTransaction(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 4) long base,
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 4) long priority,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 4) long baseNow,
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 4) long priorityNow) {
    Fees stuck = Fees.above(BigInteger.valueOf(base), BigInteger.valueOf(priority));
    Fees now = Fees.above(BigInteger.valueOf(baseNow), BigInteger.valueOf(priorityNow));
    Fees raised = stuck.raised(now);
    assertThat(isAnEighthMore(raised.priority(), stuck.priority())).isTrue();
    assertThat(isAnEighthMore(raised.maximum(), stuck.maximum())).isTrue();
    assertThat(raised.maximum()).isGreaterThanOrEqualTo(now.maximum());
    assertThat(raised.priority()).isGreaterThanOrEqualTo(now.priority());
    assertThat(raised.priority()).isLessThanOrEqualTo(raised.maximum());
  }

  private static boolean isAnEighthMore(BigInteger raised, BigInteger old) {
    BigInteger eight = BigInteger.valueOf(8);
    return raised.multiply(eight).compareTo(old.multiply(BigInteger.valueOf(9))) >= 0
        && raised.compareTo(old) > 0;
  }

  /** What lets a follower read some blocks twice. */
  @Property(tries = 300)
  void whatHappenedLastMayBeHeardTwice(
      @ForAll("changes") List<Change> changes, @ForAll @IntRange(max = 40) int again) {
    List<Change> tail = changes.subList(Math.max(0, changes.size() - again), changes.size());
    ActiveNodes once = new ActiveNodes(Set.of()).after(changes);
    assertThat(once.after(tail)).isEqualTo(once);
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<EvmAddress> nodes =
        Arbitraries.integers()
            .between(1, 6)
            .map(n -> EvmAddress.parse("0x" + String.format("%040x", n)));
    return nodes
        .flatMap(node -> Arbitraries.of(true, false).map(linked -> new Change(node, linked)))
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 100)
  void anEndpointRestsLongerAfterEachFailureButNotForEver(
      @ForAll @IntRange(min = 1, max = 200) int failures, @ForAll long clock) {
    EndpointHealth health = new EndpointHealth();
    for (int i = 0; i < failures; i++) {
      health.failed(clock);
    }
    long rest =
        Math.min(Duration.ofSeconds(10).toNanos(), 250_000_000L << Math.min(failures - 1, 6));
    assertThat(health.rested(clock + rest - 1)).isFalse();
    assertThat(health.rested(clock + rest)).isTrue();
    health.succeeded();
    assertThat(health.rested(clock)).isTrue();
    assertThat(health.failures()).isZero();
  }

  @Property(tries = 200)
  void aCompactSignatureHoldsAllOfALongOne(@ForAll @Size(64) byte[] rs, @ForAll boolean odd) {
    byte[] signature = Arrays.copyOf(rs, 65);
    signature[32] &= 0x7f;
    signature[64] = (byte) (odd ? 28 : 27);
    var compact = ContractValues.compact(signature);
    assertThat(compact.r).isEqualTo(Arrays.copyOf(signature, 32));
    assertThat(compact.vs[0] < 0).isEqualTo(odd);
    compact.vs[0] &= 0x7f;
    assertThat(compact.vs).isEqualTo(Arrays.copyOfRange(signature, 32, 64));
  }

  @Example
  void whatIsNoSignatureWithALowSIsRefused() {
    byte[] good = new byte[65];
    good[64] = 27;
    byte[] high = good.clone();
    high[32] = -1;
    byte[] parity = good.clone();
    parity[64] = 1;
    for (byte[] bad : List.of(new byte[0], new byte[64], new byte[66], high, parity)) {
      assertThatThrownBy(() -> ContractValues.compact(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Never an error of the virtual machine, and never a value out of its range. */
  @Property(tries = 500)
  void anAnswerOfAnyWordsIsReadOrRefused(@ForAll("answers") byte[] answer) {
    List<Function<AbiReader, Object>> readers =
        List.of(
            ContractValues::network,
            ContractValues::licence,
            ContractValues::row,
            ContractValues::oracleSet,
            from -> from.dynamic().array(ContractValues::licence));
    for (Function<AbiReader, Object> reader : readers) {
      try {
        assertThat(reader.apply(AbiReader.of(answer))).isNotNull();
      } catch (RuntimeException refused) {
        assertThat(refused).isNotInstanceOf(NullPointerException.class);
      }
    }
  }

  @Provide
  Arbitrary<byte[]> answers() {
    Arbitrary<byte[]> near =
        Arbitraries.integers()
            .between(0, 700)
            .map(
                n ->
                    Arrays.copyOfRange(
                        BigInteger.ONE.shiftLeft(256).add(BigInteger.valueOf(n)).toByteArray(),
                        1,
                        33));
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofSize(32);
    return Arbitraries.oneOf(near, near, any)
        .list()
        .ofMaxSize(20)
        .map(CoreValuesPropertyTest::joined);
  }

  private static byte[] joined(List<byte[]> words) {
    byte[] all = new byte[32 * words.size()];
    for (int i = 0; i < words.size(); i++) {
      System.arraycopy(words.get(i), 0, all, 32 * i, 32);
    }
    return all;
  }
}

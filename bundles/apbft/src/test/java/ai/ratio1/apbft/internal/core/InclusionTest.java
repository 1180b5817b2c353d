package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.wire.evm.Keccak256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class InclusionTest {

  private static final Bytes32 NONE = Bytes32.ZERO;

  @Test
  void aTableThatOneMoreThanTheFaultyVouchForIsIn() {
    Inputs inputs = of(4, seen(0, 1, 2, 3), seen(0, 1, 2, -1), seen(0, 1, 2, -1));
    assertThat(inputs.observers()).isEqualTo(0b0111);
    inputs = of(4, seen(0, 1, 2, 3), seen(0, 1, 2, 3), seen(0, 1, 2, -1));
    assertThat(inputs.observers()).isEqualTo(0b1111);
  }

  @Test
  void ofTwoTablesOfOneOracleTheOneThatMoreVouchForIsIn() {
    Inputs inputs = of(7, seen(0, 1), seen(0, 1), seen(0, 1), seen(0, 9), seen(0, 9));
    assertThat(inputs.table(1)).contains(table(1));
  }

  @Test
  void ofTwoTablesThatLeadEquallyNeitherIsIn() {
    // n = 5: a quorum has 4, so 2 and 2 reach f + 1 both.
    Inputs inputs = of(5, seen(0, 1), seen(0, 1), seen(0, 9), seen(0, 9));
    assertThat(inputs.table(0)).contains(table(0));
    assertThat(inputs.table(1)).isEmpty();
  }

  @Test
  void theTableOfABarredOracleIsNeverIn() {
    FakeKeys keys = new FakeKeys();
    List<EvmAddress> addresses = IntStream.range(0, 4).mapToObj(keys::address).toList();
    OracleSet set = new OracleSet(addresses, NONE, 0b1000);
    Committee committee = new Committee(set, NONE, keys.address(0), Rules.STANDARD);
    List<NewView> statements = Collections.nCopies(3, statement(4, new int[] {0, 1, 2, 3}));
    assertThat(Inclusion.of(statements, committee).observers()).isEqualTo(0b0111);
  }

  @Property(tries = 300)
  void theOrderOfStatementsDoesNotMatter(@ForAll long seed) {
    Random random = new Random(seed);
    List<NewView> statements = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      statements.add(statement(7, IntStream.range(0, 7).map(o -> random.nextInt(3) - 1).toArray()));
    }
    Inputs inputs = Inclusion.of(statements, committee(7));
    Collections.shuffle(statements, random);
    assertThat(Inclusion.of(statements, committee(7))).isEqualTo(inputs);
  }

  private static Inputs of(int oracles, int[]... seen) {
    List<NewView> statements = new ArrayList<>();
    for (int[] each : seen) {
      statements.add(statement(oracles, each));
    }
    return Inclusion.of(statements, committee(oracles));
  }

  private static int[] seen(int... tables) {
    return tables;
  }

  private static NewView statement(int oracles, int[] tables) {
    List<Bytes32> seen = new ArrayList<>(Collections.nCopies(oracles, NONE));
    for (int i = 0; i < tables.length; i++) {
      seen.set(i, tables[i] < 0 ? NONE : table(tables[i]));
    }
    return new NewView(new Header(NONE, 0, EvmAddress.ZERO), 0, seen, Optional.empty());
  }

  private static Bytes32 table(int number) {
    return Keccak256.of(new byte[] {(byte) number});
  }

  private static Committee committee(int oracles) {
    FakeKeys keys = new FakeKeys();
    List<EvmAddress> addresses = IntStream.range(0, oracles).mapToObj(keys::address).toList();
    OracleSet set = new OracleSet(addresses, NONE);
    return new Committee(set, NONE, keys.address(0), Rules.STANDARD);
  }
}

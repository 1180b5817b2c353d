package ai.ratio1.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.Observation;
import ai.ratio1.wire.certificate.InputsHash;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.Keccak256;
import ai.ratio1.wire.evm.MerkleTree;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeRuleTest {

  private static final EpochState NONE = EpochState.founding();
  private static final EpochState WITHOUT =
      new EpochState(CumulativeRewards.none(), Optional.empty());

  @Test
  void takesTheLowerMedianOfEveryNode() {
    EndedEpoch epoch = Sample.ended(0, 4, 6);
    AgreedEpoch agreed =
        OutcomeRule.agree(
            epoch,
            NONE,
            Sample.observations(
                new int[] {255, 255, 255, 255, 100, 0},
                new int[] {255, 255, 255, 255, 120, 10},
                new int[] {255, 255, 255, 255, 130, 20},
                new int[] {255, 255, 255, 255, 200, 255}));
    assertThat(unsigned(agreed.table())).containsExactly(255, 255, 255, 255, 120, 10);
    assertThat(agreed.outcome().theta()).isEqualTo(250);
    assertThat(agreed.outcome().excluded()).isZero();
    assertThat(agreed.outcome().observers()).isEqualTo(0b1111);
    assertThat(agreed.outcome().nodeCount()).isEqualTo(6);
  }

  @Test
  void leavesOutTheTableOfAnObserverThatOthersHardlySaw() {
    EndedEpoch epoch = Sample.ended(0, 4, 5);
    AgreedEpoch agreed =
        OutcomeRule.agree(
            epoch,
            NONE,
            Sample.observations(
                new int[] {255, 255, 255, 120, 255},
                new int[] {255, 255, 255, 130, 254},
                new int[] {255, 255, 255, 125, 253},
                new int[] {0, 0, 0, 255, 0}));
    assertThat(agreed.outcome().excluded()).isEqualTo(0b1000);
    assertThat(agreed.outcome().theta()).isEqualTo(250);
    assertThat(unsigned(agreed.table())).containsExactly(255, 255, 255, 125, 254);
  }

  @Test
  void anObserversWordAboutItselfDoesNotCountForItsOwnExclusion() {
    EndedEpoch epoch = Sample.ended(0, 5, 5);
    AgreedEpoch agreed =
        OutcomeRule.agree(
            epoch,
            NONE,
            Sample.observations(
                new int[] {255, 255, 255, 255, 10},
                new int[] {255, 255, 255, 255, 10},
                new int[] {255, 255, 255, 255, 255},
                new int[] {255, 255, 255, 255, 255},
                new int[] {255, 255, 255, 255, 255}));
    assertThat(agreed.outcome().excluded()).isEqualTo(0b10000);
  }

  @Test
  void stepsDownTheLadderUntilTwoFPlusOneTablesRemain() {
    int[] seen = {255, 245, 230, 205, 100};
    int[] expectedTheta = {250, 242, 229, 204, 0};
    for (int i = 0; i < seen.length; i++) {
      int value = seen[i];
      int[] table = {255, 255, value, value};
      AgreedEpoch agreed =
          OutcomeRule.agree(
              Sample.ended(0, 4, 4), NONE, Sample.observations(table, table, table, table));
      assertThat(agreed.outcome().theta()).as("seen %s", value).isEqualTo(expectedTheta[i]);
      assertThat(agreed.outcome().excluded()).isZero();
    }
  }

  @Test
  void takesNoTableOfABarredOracle() {
    EndedEpoch base = Sample.ended(0, 4, 4);
    OracleSet barred =
        new OracleSet(base.oracles().oracles(), base.oracles().configDigest(), 0b1000);
    EndedEpoch epoch =
        new EndedEpoch(
            0, base.schedule(), barred, base.beacon(), base.rows(), base.rates(), Lookback.NOTHING);
    int[] table = {255, 255, 255, 0};
    AgreedEpoch agreed = OutcomeRule.agree(epoch, NONE, Sample.observations(table, table, table));
    assertThat(agreed.outcome().observers()).isEqualTo(0b0111);
    assertThatThrownBy(
            () -> OutcomeRule.agree(epoch, NONE, Sample.observations(table, table, table, table)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void startsTheLadderAtTheThetaOfTheSchedule() {
    EpochSchedule lenient =
        new EpochSchedule(
            Sample.SCHEDULE.genesis(),
            Sample.SCHEDULE.epochLength(),
            Sample.SCHEDULE.slotLength(),
            Sample.SCHEDULE.clockTolerance(),
            Sample.SCHEDULE.lateWindow(),
            Sample.SCHEDULE.commitWindow(),
            230);
    EndedEpoch base = Sample.ended(0, 4, 4);
    EndedEpoch epoch =
        new EndedEpoch(
            0, lenient, base.oracles(), base.beacon(), base.rows(), base.rates(), Lookback.NOTHING);
    int[] table = {255, 255, 229, 229};
    AgreedEpoch agreed =
        OutcomeRule.agree(epoch, NONE, Sample.observations(table, table, table, table));
    assertThat(agreed.outcome().theta()).isEqualTo(229);
  }

  @Test
  void anOracleWithoutARowIsLeftOutWhileEnoughOthersRemain() {
    EndedEpoch base = Sample.ended(0, 4, 4);
    EndedEpoch epoch =
        new EndedEpoch(
            0,
            Sample.SCHEDULE,
            base.oracles(),
            base.beacon(),
            base.rows().subList(0, 3),
            base.rates().subList(0, 3),
            Lookback.NOTHING);
    int[] table = {255, 255, 255};
    AgreedEpoch agreed =
        OutcomeRule.agree(epoch, NONE, Sample.observations(table, table, table, table));
    assertThat(agreed.outcome().excluded()).isEqualTo(0b1000);
  }

  @Test
  void anEpochThatNobodySawPaysNobodyAndStillHasAnOutcome() {
    int[] zeros = new int[7];
    AgreedEpoch agreed =
        OutcomeRule.agree(Sample.ended(3, 4, 7), NONE, Sample.observations(zeros, zeros, zeros));
    assertThat(agreed.table()).containsOnly(0);
    assertThat(agreed.outcome().theta()).isZero();
    assertThat(agreed.outcome().observers()).isEqualTo(0b0111);
  }

  @Test
  void aSingleSilentTableMovesNobodyOutsideTheHonestRange() {
    AgreedEpoch agreed =
        OutcomeRule.agree(
            Sample.ended(3, 4, 6),
            NONE,
            Sample.observations(
                new int[] {255, 255, 0, 0, 251, 90},
                new int[] {254, 255, 0, 0, 252, 95},
                new int[6]));
    assertThat(unsigned(agreed.table())).containsExactly(254, 255, 0, 0, 251, 90);
  }

  @Test
  void hashesRowsAsWordsAndInputsAsTheEngineDoes() throws Exception {
    EndedEpoch epoch = Sample.ended(5, 4, 2);
    List<Observation> inputs =
        Sample.observations(new int[] {1, 2}, new int[] {3, 4}, new int[] {5, 6});
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (RegistryRow row : epoch.rows()) {
      rows.write(word(BigInteger.valueOf(row.licence().type().code()).toByteArray()));
      rows.write(word(BigInteger.valueOf(row.licence().number()).toByteArray()));
      rows.write(word(row.node().toArray()));
    }
    EpochOutcome outcome = OutcomeRule.agree(epoch, NONE, inputs).outcome();
    assertThat(outcome.registryRoot()).isEqualTo(Keccak256.of(rows.toByteArray()));
    assertThat(outcome.inputsDigest())
        .isEqualTo(
            InputsHash.of(0b111, List.of(hash(inputs, 0), hash(inputs, 1), hash(inputs, 2))));
    assertThat(outcome.configDigest()).isEqualTo(epoch.oracles().configDigest());
  }

  @Test
  void bothTreesHoldTheLeavesOfEveryRow() {
    EndedEpoch epoch = Sample.ended(5, 4, 3);
    int[] table = {255, 255, 7};
    AgreedEpoch agreed = OutcomeRule.agree(epoch, NONE, Sample.observations(table, table, table));
    List<Bytes32> availability =
        List.of(
            RewardLeaf.availability(5, epoch.rows().get(0), 255),
            RewardLeaf.availability(5, epoch.rows().get(1), 255),
            RewardLeaf.availability(5, epoch.rows().get(2), 7));
    assertThat(agreed.outcome().availabilityRoot()).isEqualTo(MerkleTree.of(availability).root());
    LicenceId third = epoch.rows().get(2).licence();
    assertThat(agreed.cumulative().proof(third, 5))
        .hasValueSatisfying(
            proof -> {
              assertThat(proof.reward().credits()).isEqualTo(7);
              assertThat(proof.reward().weight())
                  .isEqualTo(Sample.RATE.multiply(BigInteger.valueOf(7)));
              assertThat(MerkleTree.rootOf(RewardLeaf.cumulative(proof.reward()), proof.path()))
                  .isEqualTo(agreed.outcome().cumulativeRoot())
                  .isEqualTo(proof.root());
            });
  }

  @Test
  void earningsStayWithTheLicenceWhenItMovesToAnotherNode() {
    int[] full = {255};
    EndedEpoch first = Sample.ended(0, 4, 1);
    EpochState before =
        OutcomeRule.agree(first, NONE, Sample.observations(full, full, full)).state();
    LicenceId licence = first.rows().get(0).licence();
    EndedEpoch moved =
        new EndedEpoch(
            1,
            Sample.SCHEDULE,
            first.oracles(),
            first.beacon(),
            List.of(new RegistryRow(licence, Sample.node(99))),
            List.of(BigInteger.TEN),
            Lookback.NOTHING);
    CumulativeRewards after =
        OutcomeRule.agree(moved, before, Sample.observations(full, full, full)).cumulative();
    assertThat(after.all()).hasSize(1);
    assertThat(after.all().get(0).credits()).isEqualTo(510);
    assertThat(after.all().get(0).weight())
        .isEqualTo(Sample.RATE.add(BigInteger.TEN).multiply(BigInteger.valueOf(255)));
  }

  @Test
  void weighsEachLicenceWithItsOwnRate() {
    EndedEpoch base = Sample.ended(7, 4, 3);
    List<RegistryRow> rows =
        List.of(
            base.rows().get(0),
            new RegistryRow(new LicenceId(LicenceType.MASTER_NODE_DEED, 1), Sample.node(1)),
            new RegistryRow(new LicenceId(LicenceType.MASTER_NODE_DEED, 2), Sample.node(2)));
    List<BigInteger> rates = List.of(Sample.RATE, BigInteger.ZERO, BigInteger.TEN);
    EndedEpoch epoch =
        new EndedEpoch(
            7, Sample.SCHEDULE, base.oracles(), base.beacon(), rows, rates, Lookback.NOTHING);
    int[] table = {255, 254, 253};
    CumulativeRewards after =
        OutcomeRule.agree(epoch, NONE, Sample.observations(table, table, table)).cumulative();
    assertThat(after.all())
        .extracting(CumulativeReward::weight)
        .containsExactly(
            Sample.RATE.multiply(BigInteger.valueOf(255)),
            BigInteger.ZERO,
            BigInteger.valueOf(2530));
  }

  @Test
  void restoresAnEpochFromItsOutcomeAndTableAlone() {
    EndedEpoch epoch = Sample.ended(5, 4, 9);
    int[] table = {255, 255, 255, 255, 1, 2, 3, 4, 5};
    AgreedEpoch agreed =
        OutcomeRule.agree(epoch, WITHOUT, Sample.observations(table, table, table));
    assertThat(agreed.outcome().reputationRoot()).isEqualTo(Bytes32.ZERO);
    for (EpochState before : List.of(WITHOUT, NONE)) {
      assertThat(OutcomeRule.restore(epoch, before, agreed.outcome(), agreed.deflated()))
          .hasValueSatisfying(
              restored -> {
                assertThat(restored.table()).isEqualTo(agreed.table());
                assertThat(restored.cumulative().root()).isEqualTo(agreed.cumulative().root());
                assertThat(restored.state().standing()).isEmpty();
              });
    }
  }

  @Test
  void aNetworkThatKeepsReputationsNeverStopsAndCannotBeRestoredFromTheTableAlone() {
    EndedEpoch first = Sample.ended(0, 4, 4);
    int[] table = {255, 255, 255, 255};
    List<Observation> inputs = Sample.observations(table, table, table);
    AgreedEpoch with = OutcomeRule.agree(first, NONE, inputs);
    assertThat(with.outcome().reputationRoot())
        .isNotEqualTo(Bytes32.ZERO)
        .isEqualTo(with.state().standing().orElseThrow().now().root());
    assertThat(OutcomeRule.restore(first, NONE, with.outcome(), with.deflated())).isEmpty();
    EndedEpoch second = Sample.ended(1, 4, 4);
    AgreedEpoch without =
        OutcomeRule.agree(second, new EpochState(with.cumulative(), Optional.empty()), inputs);
    assertThat(OutcomeRule.restore(second, with.state(), without.outcome(), without.deflated()))
        .as("a root of zero after one that was not")
        .isEmpty();
  }

  @Test
  void refusesToRestoreFromOtherRowsTableOrState() {
    EndedEpoch epoch = Sample.ended(5, 4, 4);
    int[] table = {255, 255, 255, 255};
    AgreedEpoch agreed =
        OutcomeRule.agree(epoch, WITHOUT, Sample.observations(table, table, table));
    byte[] other = CanonicalDeflate.deflate(new byte[] {1, 1, 1, 1});
    assertThat(OutcomeRule.restore(epoch, WITHOUT, agreed.outcome(), other)).isEmpty();
    assertThat(
            OutcomeRule.restore(
                Sample.ended(5, 4, 5), WITHOUT, agreed.outcome(), agreed.deflated()))
        .isEmpty();
    assertThat(OutcomeRule.restore(epoch, agreed.state(), agreed.outcome(), agreed.deflated()))
        .isEmpty();
  }

  @Test
  void refusesSetsThatCannotBeAgreedOn() {
    EndedEpoch epoch = Sample.ended(0, 4, 1);
    int[] one = {1};
    assertThatThrownBy(() -> OutcomeRule.agree(epoch, NONE, Sample.observations(one, one)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> OutcomeRule.agree(epoch, NONE, Sample.observations(one, one, new int[] {1, 2})))
        .isInstanceOf(IllegalArgumentException.class);
    Observation twice = Sample.observation(1, 1);
    assertThatThrownBy(
            () -> OutcomeRule.agree(epoch, NONE, List.of(Sample.observation(0, 1), twice, twice)))
        .isInstanceOf(IllegalArgumentException.class);
    Observation impostor = new Observation(Sample.node(7), 2, Sample.hash("t"), new byte[] {1});
    assertThatThrownBy(
            () ->
                OutcomeRule.agree(
                    epoch,
                    NONE,
                    List.of(Sample.observation(0, 1), Sample.observation(1, 1), impostor)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static int[] unsigned(byte[] table) {
    int[] values = new int[table.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(table[i]);
    }
    return values;
  }

  private static Bytes32 hash(List<Observation> inputs, int index) {
    return inputs.get(index).tableHash();
  }

  private static byte[] word(byte[] value) {
    byte[] word = new byte[32];
    System.arraycopy(value, 0, word, 32 - value.length, value.length);
    return word;
  }
}

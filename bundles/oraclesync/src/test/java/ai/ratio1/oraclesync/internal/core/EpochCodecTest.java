package ai.ratio1.oraclesync.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.outcome.AgreedEpoch;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.EpochRecord;
import ai.ratio1.outcome.EpochState;
import ai.ratio1.outcome.Lookback;
import ai.ratio1.outcome.OutcomeRule;
import ai.ratio1.outcome.Sample;
import ai.ratio1.outcome.Verdict;
import ai.ratio1.outcome.VoidRule;
import ai.ratio1.outcome.VoidedEpoch;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EpochCodecTest {

  private final EndedEpoch ended = Sample.ended(7, 4, 5);
  private final AgreedEpoch agreed =
      OutcomeRule.agree(
          ended,
          EpochState.founding(),
          Sample.observations(
              new int[] {255, 255, 255, 255, 3},
              new int[] {255, 255, 255, 255, 3},
              new int[] {255, 255, 255, 255, 3}));
  private final SignedCertificate certificate =
      new SignedCertificate(
          agreed.outcome(), 3, 0b1011, List.of(new byte[] {1}, new byte[] {2}, new byte[] {3}));

  @Test
  void readsACertifiedEpochAsItWasWritten() {
    EpochRecord read =
        EpochCodec.certified(
            EpochCodec.encode(
                new EpochRecord(
                    ended,
                    new Verdict.Certified(certificate),
                    agreed.table(),
                    agreed.state().standing())));
    assertThat(read.ended()).isEqualTo(ended);
    assertThat(read.table()).isEqualTo(agreed.table());
    assertThat(read.standing()).isPresent().isEqualTo(agreed.state().standing());
    SignedCertificate kept = read.certificate().orElseThrow();
    assertThat(kept.outcome()).isEqualTo(certificate.outcome());
    assertThat(kept.view()).isEqualTo(3);
    assertThat(kept.signers()).isEqualTo(0b1011);
    assertThat(kept.signatures())
        .usingElementComparator(Arrays::compare)
        .isEqualTo(certificate.signatures());
  }

  @Test
  void readsVoidsAsTheyWereWritten() {
    VoidedEpoch voided =
        VoidRule.voided(
            ended, EpochState.founding(), Sample.hash("before"), List.of(), Sample.hash("config"));
    for (Verdict verdict :
        List.of(
            new Verdict.Voided(voided.outcome()),
            new Verdict.VoidedByGovernance(Sample.hash("governance")))) {
      EpochRecord record =
          new EpochRecord(ended, verdict, voided.table(), voided.state().standing());
      EpochRecord read = EpochCodec.certified(EpochCodec.encode(record));
      assertThat(read.verdict()).isEqualTo(verdict);
      assertThat(read.certificate()).isEmpty();
      assertThat(read.standing()).isEqualTo(record.standing());
    }
  }

  @Test
  void readsTheBytesOfSomeNodesAlone() {
    EpochRecord certified =
        new EpochRecord(
            ended, new Verdict.Certified(certificate), agreed.table(), agreed.state().standing());
    EvmAddress node = ended.rows().get(2).node();
    AgreedBytes read =
        EpochCodec.agreed(EpochCodec.encode(certified), Set.of(node, Sample.node(999)));
    assertThat(read.values()).containsOnly(Map.entry(node, Byte.toUnsignedInt(agreed.table()[2])));
    assertThat(read.voided()).isFalse();
    Verdict governance = new Verdict.VoidedByGovernance(Sample.hash("governance"));
    EpochRecord unpaid = new EpochRecord(ended, governance, new byte[0], Optional.empty());
    read = EpochCodec.agreed(EpochCodec.encode(unpaid), Set.of(node));
    assertThat(read.values()).containsOnly(Map.entry(node, 0));
    assertThat(read.voided()).isTrue();
  }

  @Test
  void keepsTheRateOfEveryRow() {
    List<BigInteger> rates = LongStream.of(5, 5, 0, 7, 7).mapToObj(BigInteger::valueOf).toList();
    EndedEpoch mixed =
        new EndedEpoch(
            7,
            Sample.SCHEDULE,
            ended.oracles(),
            ended.beacon(),
            ended.rows(),
            rates,
            Lookback.NOTHING);
    OwnView view = OwnView.BLIND;
    byte[] bytes = EpochCodec.encode(new PendingEpoch(mixed, view));
    assertThat(EpochCodec.pending(bytes).ended()).isEqualTo(mixed);
    byte[] even = EpochCodec.encode(new PendingEpoch(ended, view));
    assertThat(bytes.length).as("runs of equal rates take no room").isLessThan(even.length + 30);
  }

  @Test
  void keepsWhatTheChainHadRecordedAndWhoWasBarred() {
    OracleSet barred =
        new OracleSet(ended.oracles().oracles(), ended.oracles().configDigest(), 0b0100);
    EndedEpoch epoch =
        new EndedEpoch(
            7,
            Sample.SCHEDULE,
            barred,
            ended.beacon(),
            ended.rows(),
            ended.rates(),
            new Lookback(true, OptionalLong.of(3)));
    OwnView view = OwnView.BLIND;
    byte[] bytes = EpochCodec.encode(new PendingEpoch(epoch, view));
    assertThat(EpochCodec.pending(bytes).ended()).isEqualTo(epoch);
  }

  @Test
  void readsAViewWithoutATable() {
    PendingEpoch read =
        EpochCodec.pending(
            EpochCodec.encode(
                new PendingEpoch(ended, new OwnView(Optional.empty(), 0, 12, Bytes32.ZERO))));
    assertThat(read.view().table()).isEmpty();
    assertThat(read.view().clockOffsetMillis()).isEqualTo(12);
  }

  @Test
  void refusesWhatIsCutOffTooLongOrOfAnotherVersion() {
    byte[] bytes = EpochCodec.encode(agreed.cumulative());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> EpochCodec.cumulative(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> EpochCodec.cumulative(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] other = bytes.clone();
    other[0] = 1;
    assertThatThrownBy(() -> EpochCodec.cumulative(other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesRowsOutOfOrderAndRowsWithoutARate() {
    assertThatThrownBy(
            () ->
                new EndedEpoch(
                    0,
                    Sample.SCHEDULE,
                    ended.oracles(),
                    ended.beacon(),
                    List.of(ended.rows().get(1), ended.rows().get(0)),
                    ended.rates().subList(0, 2),
                    Lookback.NOTHING))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new EndedEpoch(
                    0,
                    Sample.SCHEDULE,
                    ended.oracles(),
                    ended.beacon(),
                    ended.rows(),
                    List.of(),
                    Lookback.NOTHING))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

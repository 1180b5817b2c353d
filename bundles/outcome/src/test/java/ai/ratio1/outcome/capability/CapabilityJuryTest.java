package ai.ratio1.outcome.capability;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityStatement;
import ai.ratio1.capability.CapabilityVerdict;
import ai.ratio1.identity.Signatures;
import ai.ratio1.identity.internal.PortableSignatures;
import ai.ratio1.identity.internal.core.JavaCurve;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.outcome.capability.CapabilityJury.Worth;
import ai.ratio1.wire.CapabilityAnswer;
import ai.ratio1.wire.certificate.CapabilityHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Oracles may say what they like; what counts is what they sign, show, and most of them say. */
class CapabilityJuryTest {

  private static final Duration EPOCH = Duration.ofSeconds(2);
  private static final ProofBudget BUDGET = new ProofBudget("board", 1000, 200, 4, 0);
  private static final Signatures SIGNATURES = new PortableSignatures();
  private static final Bytes32 DOMAIN = filled(5);
  private static final Bytes32 BEACON = filled(6);

  private final NodeKey node = key(9);
  private final CapabilityJury jury =
      new CapabilityJury(DOMAIN, SIGNATURES, new ProofBudgets(List.of(BUDGET)), EPOCH);

  @Test
  void mostOfThoseWhoCanTellDecideWhenItCame() {
    assertThat(verdict(PROVEN, PROVEN, PROVEN, LATE)).isEqualTo(PROVEN);
    assertThat(verdict(PROVEN, LATE, LATE, MISSING)).isEqualTo(LATE);
    assertThat(verdict(PROVEN, MISSING, MISSING, UNPROVEN)).isEqualTo(MISSING);
    assertThat(verdict(PROVEN, LATE)).isEqualTo(PROVEN);
    assertThat(verdict(UNPROVEN, UNPROVEN)).isEqualTo(UNPROVEN);
    assertThat(verdict(CapabilityVerdict.OPEN, UNPROVEN)).isEqualTo(CapabilityVerdict.OPEN);
    assertThat(verdict()).isEqualTo(UNPROVEN);
  }

  @Test
  void aStatementThatItsOracleDidNotSignCountsForNothing() {
    CapabilityStatement own = statement(1, finding(MISSING, 2, -1, Bytes32.ZERO), new byte[0]);
    CapabilityStatement borrowed =
        new CapabilityStatement(
            key(2).evmAddress(), own.finding(), own.evidence(), own.signature());
    CapabilityJury.Result found = jury.weigh(List.of(borrowed));
    assertThat(found.opinions().get(0).worth()).isEqualTo(Worth.NOT_SIGNED);
    assertThat(found.verdict()).isEqualTo(UNPROVEN);
    assertThat(found.leading()).isEmpty();
  }

  @Test
  void oneOracleThatCanShowAForgedSegmentIsEnough() {
    CapabilityAnswer forged = answer(2, bytes -> bytes[8 * 3] ^= 1);
    CapabilityStatement accusation =
        statement(1, finding(WRONG, 2, 3, forged.work()), forged.encode());
    CapabilityStatement lucky = statement(2, finding(PROVEN, 2, -1, forged.work()), new byte[0]);
    CapabilityJury.Result found = jury.weigh(List.of(lucky, accusation, lucky, lucky));
    assertThat(found.verdict()).isEqualTo(WRONG);
    assertThat(found.opinions().get(1).worth()).isEqualTo(Worth.SHOWN);
    assertThat(found.leading().orElseThrow().wrongSegment()).isEqualTo(3);
  }

  @Test
  void theClaimIsTheOneThatMostHeard() {
    CapabilityStatement lie = statement(1, finding(MISSING, 4, -1, BEACON), new byte[0]);
    CapabilityStatement other = statement(2, finding(MISSING, 4, -1, BEACON), new byte[0]);
    List<CapabilityStatement> honest =
        IntStream.rangeClosed(3, 5)
            .mapToObj(oracle -> statement(oracle, finding(PROVEN, 2, -1, BEACON), new byte[0]))
            .toList();
    List<CapabilityStatement> all = new ArrayList<>(List.of(lie, other));
    all.addAll(honest);
    CapabilityJury.Result found = jury.weigh(all);
    assertThat(found.verdict()).isEqualTo(PROVEN);
    assertThat(found.leading().orElseThrow().claim().cores()).isEqualTo(2);
    assertThat(jury.weigh(all.subList(0, 3)).verdict()).isEqualTo(MISSING);
  }

  @Test
  void nobodyIsAccusedOfARightAnswer() {
    CapabilityAnswer right = answer(2, bytes -> {});
    CapabilityStatement accusation =
        statement(1, finding(WRONG, 2, 3, right.work()), right.encode());
    CapabilityJury.Result found =
        jury.weigh(
            List.of(accusation, statement(2, finding(PROVEN, 2, -1, right.work()), new byte[0])));
    assertThat(found.opinions().get(0).worth()).isEqualTo(Worth.NOT_SHOWN);
    assertThat(found.verdict()).isEqualTo(PROVEN);
  }

  @Test
  void norOfAnAnswerThatSomebodyElseMade() {
    CapabilityAnswer forged = answer(2, bytes -> bytes[0] ^= 1);
    byte[] frame = forged.encode();
    frame[frame.length - 40] ^= 1; // No signature of the node any more.
    for (byte[] evidence : List.of(frame, new byte[0], Arrays.copyOf(frame, 50))) {
      CapabilityStatement accusation = statement(1, finding(WRONG, 2, 0, forged.work()), evidence);
      assertThat(jury.weigh(List.of(accusation)).opinions().get(0).worth())
          .isEqualTo(Worth.NOT_SHOWN);
    }
    for (int place : List.of(-1, -2, 1 << 20)) {
      CapabilityStatement outside =
          statement(1, finding(WRONG, 2, place, forged.work()), forged.encode());
      assertThat(jury.weigh(List.of(outside)).verdict()).isEqualTo(UNPROVEN);
    }
  }

  @Test
  void aBoardHasNoMoreProcessorsThanItsProfile() {
    CapabilityAnswer claim = sign(new CapabilityClaim("board", 64, 0, 0), new byte[0]);
    CapabilityStatement accusation =
        statement(1, finding(WRONG, 64, -1, Bytes32.ZERO), claim.encode());
    assertThat(jury.weigh(List.of(accusation)).verdict()).isEqualTo(WRONG);
  }

  @Test
  void norHasItAGraphicsProcessorThatNoneOfItsProfileCanProve() {
    CapabilityAnswer claim = sign(new CapabilityClaim("board", 2, 0, 1), new byte[0]);
    CapabilityFinding finding =
        new CapabilityFinding(
            7,
            node.evmAddress(),
            claim.claim(),
            WRONG,
            Bytes32.ZERO,
            Duration.ZERO,
            Duration.ofMillis(1010),
            0,
            -1);
    assertThat(jury.weigh(List.of(statement(1, finding, claim.encode()))).verdict())
        .isEqualTo(WRONG);
  }

  private static final CapabilityVerdict PROVEN = CapabilityVerdict.PROVEN;
  private static final CapabilityVerdict LATE = CapabilityVerdict.LATE;
  private static final CapabilityVerdict MISSING = CapabilityVerdict.MISSING;
  private static final CapabilityVerdict WRONG = CapabilityVerdict.WRONG;
  private static final CapabilityVerdict UNPROVEN = CapabilityVerdict.UNPROVEN;

  private CapabilityVerdict verdict(CapabilityVerdict... each) {
    int[] oracle = {1};
    return jury.weigh(
            Arrays.stream(each)
                .map(said -> statement(oracle[0]++, finding(said, 2, -1, BEACON), new byte[0]))
                .toList())
        .verdict();
  }

  private CapabilityFinding finding(CapabilityVerdict said, int cores, int place, Bytes32 work) {
    return new CapabilityFinding(
        7,
        node.evmAddress(),
        new CapabilityClaim("board", cores, 0, 0),
        said,
        work,
        Duration.ofMillis(40),
        Duration.ofMillis(1010),
        1,
        place);
  }

  private CapabilityStatement statement(int oracle, CapabilityFinding finding, byte[] evidence) {
    NodeKey key = key(oracle);
    return new CapabilityStatement(
        key.evmAddress(),
        finding,
        Optional.of(evidence),
        key.signRecoverable(CapabilityHash.finding(DOMAIN, finding)));
  }

  private CapabilityAnswer answer(int cores, Consumer<byte[]> change) {
    ProofSize size = ProofSize.of(BUDGET, new CapabilityClaim("board", cores, 0, 0), EPOCH);
    CapabilityProof proof =
        new CapabilityProof(new CapabilityWork(BEACON, node.evmAddress(), size), size);
    proof.workOn(() -> true);
    byte[] checkpoints = proof.checkpoints().orElseThrow();
    change.accept(checkpoints);
    return sign(new CapabilityClaim("board", cores, 0, 0), checkpoints);
  }

  private CapabilityAnswer sign(CapabilityClaim claim, byte[] checkpoints) {
    Bytes32 digest =
        CapabilityHash.answer(
            DOMAIN, 7, node.evmAddress(), BEACON, claim, CapabilityAnswer.work(checkpoints));
    return new CapabilityAnswer(
        node.address().text(), 7, BEACON, claim, checkpoints, node.signRecoverable(digest));
  }

  private static NodeKey key(int number) {
    return new NodeKey(new JavaCurve(), filled(number).toArray());
  }

  private static Bytes32 filled(int with) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) with);
    return Bytes32.of(bytes);
  }
}

package ai.ratio1.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.R1Exception;
import ai.ratio1.consensus.Dispute;
import ai.ratio1.wire.certificate.DisputeHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A dispute proves who said what, to somebody who has nothing but the file. */
class DisputeTest {

  private static final int NODE = 5;

  private final SampleEpoch epoch = new SampleEpoch();
  private final NodeDispute dispute = dispute();

  @Test
  void itHoldsAlsoAfterItWasWrittenAndRead() {
    NodeDispute read = DisputeJson.read(DisputeJson.write(dispute));
    assertThat(wrong(read)).isEmpty();
    assertThat(DisputeJson.write(read)).isEqualTo(DisputeJson.write(dispute));
    assertThat(read.claimed().orElseThrow().present().cardinality()).isEqualTo(60);
    assertThat(read.received()).hasSize(4);
  }

  @Test
  void aClaimThatTheNodeDidNotSignIsNamed() {
    NodeDispute more =
        new NodeDispute(
            dispute.signed(),
            dispute.availability(),
            Optional.empty(),
            dispute.received(),
            dispute.dispute(),
            dispute.signature());
    assertThat(wrong(more)).containsExactly("claimed slots");
    NodeDispute fewer =
        new NodeDispute(
            dispute.signed(),
            dispute.availability(),
            dispute.claimed(),
            dispute.received().subList(0, 3),
            dispute.dispute(),
            dispute.signature());
    assertThat(wrong(fewer)).containsExactly("received slots");
  }

  @Test
  void anotherSignerOrByteOrProofIsNamed() {
    Dispute said = dispute.dispute();
    byte[] foreign =
        epoch.key(4).signRecoverable(DisputeHash.digest(SampleEpoch.NETWORK.domain(), said));
    assertThat(wrong(with(dispute, said, foreign))).containsExactly("signature of the node");

    Dispute other =
        new Dispute(
            said.epoch(),
            said.node(),
            said.outcomeHash(),
            1,
            said.claimed(),
            said.received(),
            said.reason(),
            said.at());
    assertThat(wrong(with(dispute, other, sign(other)))).containsExactly("agreed byte");
  }

  @Test
  void slotsThatAnOracleDidNotCommitToAreNamed() {
    List<NodeDispute.Received> swapped =
        List.of(
            new NodeDispute.Received(
                epoch.address(0), epoch.bitmaps(1).proof(epoch.address(NODE)).orElseThrow()));
    Dispute said = said(swapped);
    NodeDispute lie =
        new NodeDispute(
            dispute.signed(), dispute.availability(), dispute.claimed(), swapped, said, sign(said));
    assertThat(wrong(lie)).containsExactly("slots of oracle 0");
  }

  @Test
  void nothingElseIsTakenForADispute() {
    String text = new String(DisputeJson.write(dispute), StandardCharsets.UTF_8);
    for (String wrong :
        List.of("", "{}", text.replace("\"slots\":60", "\"slots\":3"), text.replace("0x", "x"))) {
      assertThatThrownBy(() -> DisputeJson.read(wrong.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOfSatisfying(
              R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-OUTCOME-002"));
    }
  }

  private NodeDispute dispute() {
    List<NodeDispute.Received> received =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new NodeDispute.Received(
                        epoch.address(i),
                        epoch.bitmaps(i).proof(epoch.address(NODE)).orElseThrow()))
            .toList();
    AgreedEpoch agreed =
        EpochAudit.of(epoch.artefacts(), SampleEpoch.SIGNATURES).agreed().orElseThrow();
    Dispute said = said(received);
    return new NodeDispute(
        epoch.artefacts().signed(),
        OutcomeRule.availabilityProof(epoch.ended(), agreed.table(), NODE),
        claimed(),
        received,
        said,
        sign(said));
  }

  private Dispute said(List<NodeDispute.Received> received) {
    AgreedEpoch agreed =
        EpochAudit.of(epoch.artefacts(), SampleEpoch.SIGNATURES).agreed().orElseThrow();
    return new Dispute(
        SampleEpoch.EPOCH,
        epoch.address(NODE),
        epoch.artefacts().signed().outcomeHash(),
        Byte.toUnsignedInt(agreed.table()[NODE]),
        NodeDispute.claimed(claimed()),
        NodeDispute.received(received),
        "The uplink was fine.",
        Instant.parse("2026-11-21T12:10:00Z"));
  }

  private static Optional<Presence> claimed() {
    BitSet all = new BitSet();
    all.set(0, 60);
    return Optional.of(new Presence(all, 60));
  }

  private byte[] sign(Dispute said) {
    return epoch.key(NODE).signRecoverable(DisputeHash.digest(SampleEpoch.NETWORK.domain(), said));
  }

  private static NodeDispute with(NodeDispute file, Dispute said, byte[] signature) {
    return new NodeDispute(
        file.signed(), file.availability(), file.claimed(), file.received(), said, signature);
  }

  private static List<String> wrong(NodeDispute file) {
    return DisputeAudit.of(file, SampleEpoch.SIGNATURES).stream()
        .filter(finding -> !finding.holds())
        .map(Finding::check)
        .toList();
  }
}

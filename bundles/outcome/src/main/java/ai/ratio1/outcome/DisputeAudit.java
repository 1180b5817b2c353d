package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.AvailabilityProof;
import ai.ratio1.consensus.Dispute;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.certificate.DisputeHash;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks what a dispute proves: who claims what, and what oracles committed to. */
public final class DisputeAudit {

  private final NodeDispute file;
  private final List<Finding> findings = new ArrayList<>();

  private DisputeAudit(NodeDispute file) {
    this.file = file;
  }

  /** Everything that there is to check; nothing of it throws. */
  public static List<Finding> of(NodeDispute file, Signatures signatures) {
    DisputeAudit audit = new DisputeAudit(file);
    audit.findings.addAll(SignatureAudit.of(file.signed(), signatures));
    audit.author(signatures);
    audit.agreed();
    file.received().forEach(audit::received);
    return List.copyOf(audit.findings);
  }

  private void author(Signatures signatures) {
    Dispute dispute = file.dispute();
    Bytes32 digest = DisputeHash.digest(file.signed().network().domain(), dispute);
    Optional<EvmAddress> signer = signatures.recover(digest, file.signature());
    findings.add(
        Finding.of(
            "signature of the node",
            signer.filter(dispute.node()::equals).isPresent(),
            dispute.node().toString()));
    findings.add(Finding.compare("epoch of the dispute", dispute.epoch(), file.signed().epoch()));
    findings.add(
        Finding.compare("contested outcome", dispute.outcomeHash(), file.signed().outcomeHash()));
    findings.add(
        Finding.compare("claimed slots", dispute.claimed(), NodeDispute.claimed(file.claimed())));
    findings.add(
        Finding.compare(
            "received slots", dispute.received(), NodeDispute.received(file.received())));
  }

  private void agreed() {
    AvailabilityProof proof = file.availability();
    Dispute dispute = file.dispute();
    findings.add(
        Finding.of(
            "agreed byte",
            proof.availability() == dispute.agreed() && proof.row().node().equals(dispute.node()),
            proof.row().licence() + ": " + proof.availability()));
    Bytes32 leaf =
        RewardLeaf.availability(file.signed().epoch(), proof.row(), proof.availability());
    findings.add(
        Finding.compare(
            "availability root",
            file.signed().certificate().outcome().availabilityRoot(),
            MerkleTree.rootOf(leaf, proof.path())));
  }

  private void received(NodeDispute.Received received) {
    SlotProof slots = received.slots();
    Optional<SignedReveal> reveal = file.signed().revealOf(received.oracle());
    int index = file.signed().oracles().indexOf(received.oracle());
    findings.add(
        Finding.of(
            "slots of oracle " + index,
            index >= 0
                && slots.epoch() == file.signed().epoch()
                && slots.row().equals(file.availability().row())
                && SlotBitmaps.holds(slots)
                && reveal.filter(r -> r.bitmapRoot().equals(slots.root())).isPresent(),
            slots.presence().present().cardinality()
                + " of "
                + slots.presence().slots()
                + (reveal.isEmpty() ? ", without its reveal" : "")));
  }
}

package ai.ratio1.cli;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.AvailabilityProof;
import ai.ratio1.client.NodeOperator;
import ai.ratio1.devnet.NodeEntry;
import ai.ratio1.launcher.NodeFolder;
import ai.ratio1.outcome.AgreedEpoch;
import ai.ratio1.outcome.DisputeJson;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.NodeDispute;
import ai.ratio1.outcome.OutcomeRule;
import java.nio.file.Path;
import java.util.List;

/** Lets a node contest what was agreed about it, and writes that down with what proves it. */
final class DisputeWriter {

  private static final ErrorCode NO_ROW = new ErrorCode("R1-CLI-009");

  private final Context context;
  private final AuditedEpoch epoch;

  DisputeWriter(Context context, AuditedEpoch epoch) {
    this.context = context;
    this.epoch = epoch;
  }

  void write(NodeEntry node, EvmAddress address, String reason, Path file) {
    EndedEpoch ended = epoch.artefacts().ended();
    int row = ended.rowOf(address);
    AgreedEpoch agreed =
        epoch
            .audit()
            .agreed()
            .filter(result -> row >= 0)
            .orElseThrow(
                () ->
                    new R1Exception(
                        NO_ROW,
                        "Nothing was agreed about "
                            + node.name()
                            + " in epoch "
                            + ended.epoch()
                            + ".",
                        "A node has a row when its deed was linked to it at both ends of the"
                            + " epoch: ./r1 epoch explain "
                            + ended.epoch()
                            + "."));
    AvailabilityProof proof = OutcomeRule.availabilityProof(ended, agreed.table(), row);
    List<NodeDispute.Received> received = received();
    NodeOperator.SignedDispute signed =
        NodeOperator.of(
                context.client(node), new NodeFolder(context.folder().node(node.name())).data())
            .dispute(
                ended.epoch(),
                epoch.artefacts().signed().outcomeHash(),
                proof.availability(),
                NodeDispute.received(received),
                reason);
    NodeDispute dispute =
        new NodeDispute(
            epoch.artefacts().signed(),
            proof,
            signed.sent(),
            received,
            signed.dispute(),
            signed.signature());
    ArtefactFiles.write(file, DisputeJson.write(dispute));
  }

  /** What is proven, and nothing else: whoever serves other slots is not quoted. */
  private List<NodeDispute.Received> received() {
    return epoch.served().stream()
        .filter(
            slots ->
                slots.worth() == ServedSlots.Worth.PROVEN
                    || slots.worth() == ServedSlots.Worth.OTHER_BYTE)
        .map(slots -> new NodeDispute.Received(slots.oracle(), slots.slots().orElseThrow()))
        .toList();
  }
}

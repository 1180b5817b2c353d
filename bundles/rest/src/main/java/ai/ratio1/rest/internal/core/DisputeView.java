package ai.ratio1.rest.internal.core;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.Dispute;
import ai.ratio1.wire.certificate.SlotLeaf;
import ai.ratio1.wire.evm.Keccak256;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a node says when it contests an epoch: what is asked, and what it signed. */
public final class DisputeView {

  private static final long MOST_EPOCHS = 0xffff_ffffL;

  private DisputeView() {}

  /**
   * What an operator asks the node to sign.
   *
   * @param epoch the epoch
   * @param outcomeHash the outcome that is contested
   * @param agreed the byte that is contested
   * @param received digest of what oracles say they received
   * @param reason what the operator has to say
   */
  public record Wish(long epoch, Bytes32 outcomeHash, int agreed, Bytes32 received, String reason) {

    /** What the node says to that. */
    public Dispute by(EvmAddress node, Optional<Presence> sent, Instant now) {
      Bytes32 claimed =
          sent.map(slots -> Keccak256.of(SlotLeaf.bitmap(slots))).orElse(Bytes32.ZERO);
      Instant at = now.truncatedTo(ChronoUnit.SECONDS);
      return new Dispute(epoch, node, outcomeHash, agreed, claimed, received, reason, at);
    }
  }

  /** Reads a wish; every mistake is a problem that names the field. */
  public static Wish read(byte[] body) {
    JsonNode wish = Bodies.object(body);
    String reason = Bodies.text(wish, "reason");
    if (reason.length() > Dispute.LONGEST_REASON) {
      throw RestError.BAD_REQUEST.because(
          "reason has to be at most " + Dispute.LONGEST_REASON + " characters.");
    }
    return new Wish(
        Bodies.number(wish, "epoch", MOST_EPOCHS),
        Bodies.hash(wish, "outcomeHash"),
        (int) Bodies.number(wish, "agreed", 255),
        Bodies.hash(wish, "received"),
        reason);
  }

  /** The dispute and its signature as JSON. */
  public static ObjectNode of(Dispute dispute, Optional<Presence> sent, byte[] signature) {
    ObjectNode view = Values.object();
    view.put("epoch", dispute.epoch());
    view.put("node", Values.address(dispute.node()));
    view.put("outcomeHash", dispute.outcomeHash().toHex());
    view.put("agreed", dispute.agreed());
    view.put("claimed", dispute.claimed().toHex());
    view.put("received", dispute.received().toHex());
    view.put("reason", dispute.reason());
    view.put("at", Values.time(dispute.at()));
    view.put("slots", sent.map(Presence::slots).orElse(null));
    view.put("bitmap", sent.map(slots -> Values.hex(SlotLeaf.bitmap(slots))).orElse(null));
    view.put("signature", Values.hex(signature));
    return view;
  }
}

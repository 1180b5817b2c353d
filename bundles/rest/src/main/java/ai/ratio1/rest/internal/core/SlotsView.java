package ai.ratio1.rest.internal.core;

import ai.ratio1.consensus.SlotProof;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** In which slots an oracle saw a node, as JSON. */
public final class SlotsView {

  private SlotsView() {}

  /** The slots and their proof. */
  public static ObjectNode of(SlotProof proof) {
    ObjectNode view = Values.object();
    view.put("epoch", proof.epoch());
    view.put("licence", proof.row().licence().toString());
    view.put("node", Values.address(proof.row().node()));
    view.put("value", proof.presence().value());
    view.put("present", proof.presence().present().cardinality());
    view.put("slots", proof.presence().slots());
    view.put("bitmap", Values.hex(proof.presence().present().toByteArray()));
    view.put("root", proof.root().toHex());
    ArrayNode path = view.putArray("path");
    proof.path().forEach(hash -> path.add(hash.toHex()));
    return view;
  }
}

package ai.ratio1.client;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.SlotProof;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Asks an oracle in which slots it saw a node. What it answers is for the caller to check. */
public final class SlotProofs {

  private SlotProofs() {}

  /** What the oracle serves; empty when it serves nothing, or nothing that can be read. */
  public static Optional<SlotProof> ask(NodeClient oracle, long epoch, EvmAddress node) {
    try {
      return Optional.of(parse(oracle.get("/v1/epochs/" + epoch + "/slots/" + node.toHex())));
    } catch (R1Exception | IllegalArgumentException e) {
      return Optional.empty(); // It then explains nothing, which is said.
    }
  }

  private static SlotProof parse(JsonNode answer) {
    List<Bytes32> path = new ArrayList<>();
    answer.path("path").forEach(hash -> path.add(Bytes32.parse(hash.asText())));
    return new SlotProof(
        answer.path("epoch").asLong(-1),
        new RegistryRow(
            LicenceId.parse(answer.path("licence").asText()),
            EvmAddress.parse(answer.path("node").asText())),
        presence(answer),
        Bytes32.parse(answer.path("root").asText()),
        path);
  }

  /** A bitmap and its length; throws when they are none. */
  static Presence presence(JsonNode answer) {
    String bitmap = answer.path("bitmap").asText();
    int slots = answer.path("slots").asInt();
    if (!bitmap.startsWith("0x") || slots < 1) {
      throw new IllegalArgumentException("no bitmap");
    }
    BitSet present = BitSet.valueOf(HexFormat.of().parseHex(bitmap.substring(2)));
    if (present.length() > slots) {
      throw new IllegalArgumentException("a bitmap that is longer than its slots");
    }
    return new Presence(present, slots);
  }
}

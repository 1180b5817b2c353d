package ai.ratio1.cli;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.client.SlotProofs;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.identity.Signatures;
import ai.ratio1.outcome.EpochArtefacts;
import ai.ratio1.outcome.SignatureAudit;
import ai.ratio1.outcome.SlotBitmaps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The slots that one oracle serves of a node, and what they are worth.
 *
 * @param oracle which
 * @param slots what it serves, if anything
 * @param worth whether it committed to that
 */
record ServedSlots(EvmAddress oracle, Optional<SlotProof> slots, Worth worth) {

  /** What is known of slots that an oracle serves. */
  enum Worth {
    /** They are what its signed reveal commits to, and give the byte in its table. */
    PROVEN("proven by its reveal"),
    /** It serves nothing: it is down, or it has forgotten. */
    NOT_SERVED("serves no slots"),
    /** Nobody who answered has a reveal of it. */
    NO_REVEAL("nobody has its reveal, so these prove nothing"),
    /** It revealed without vouching for bitmaps. */
    NOT_VOUCHED("its reveal commits to no slots"),
    /** They are not what it committed to. */
    OTHER("NOT what its reveal commits to"),
    /** They give another byte than its table says. */
    OTHER_BYTE("its table says another byte than these slots give");

    private final String text;

    Worth(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Asks every oracle of an epoch. */
  static List<ServedSlots> ask(
      Context context, EpochArtefacts artefacts, EvmAddress node, Signatures signatures) {
    Map<EvmAddress, String> names = new HashMap<>();
    context.nodeNames().forEach((address, name) -> names.put(EvmAddress.parse(address), name));
    List<ServedSlots> all = new ArrayList<>();
    for (EvmAddress oracle : artefacts.signed().oracles().oracles()) {
      Optional<SlotProof> slots =
          Optional.ofNullable(names.get(oracle))
              .map(name -> context.client(context.network().node(name)))
              .flatMap(client -> SlotProofs.ask(client, artefacts.signed().epoch(), node));
      all.add(judge(artefacts, node, oracle, slots, signatures));
    }
    return all;
  }

  static ServedSlots judge(
      EpochArtefacts artefacts,
      EvmAddress node,
      EvmAddress oracle,
      Optional<SlotProof> slots,
      Signatures signatures) {
    Optional<SignedReveal> reveal =
        artefacts
            .signed()
            .revealOf(oracle)
            .filter(said -> SignatureAudit.signed(artefacts.signed(), said, signatures));
    return new ServedSlots(oracle, slots, worth(artefacts, node, oracle, slots, reveal));
  }

  private static Worth worth(
      EpochArtefacts artefacts,
      EvmAddress node,
      EvmAddress oracle,
      Optional<SlotProof> slots,
      Optional<SignedReveal> reveal) {
    if (slots.isEmpty()) {
      return Worth.NOT_SERVED;
    }
    if (reveal.isEmpty()) {
      return Worth.NO_REVEAL;
    }
    Bytes32 root = reveal.get().bitmapRoot();
    if (root.equals(Bytes32.ZERO)) {
      return Worth.NOT_VOUCHED;
    }
    SlotProof served = slots.get();
    int row = artefacts.ended().rowOf(node);
    boolean about =
        served.epoch() == artefacts.signed().epoch()
            && row >= 0
            && served.row().equals(artefacts.ended().rows().get(row))
            && served.presence().slots() == artefacts.signed().schedule().slots();
    if (!about || !served.root().equals(root) || !SlotBitmaps.holds(served)) {
      return Worth.OTHER;
    }
    OptionalInt observed = observed(artefacts, oracle, row);
    return observed.isPresent() && observed.getAsInt() != served.presence().value()
        ? Worth.OTHER_BYTE
        : Worth.PROVEN;
  }

  private static OptionalInt observed(EpochArtefacts artefacts, EvmAddress oracle, int row) {
    return artefacts.observations().orElse(List.of()).stream()
        .filter(observation -> observation.oracle().equals(oracle))
        .mapToInt(observation -> Byte.toUnsignedInt(observation.table()[row]))
        .findFirst();
  }
}

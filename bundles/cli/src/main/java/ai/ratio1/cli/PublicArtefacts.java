package ai.ratio1.cli;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.devnet.NodeEntry;
import ai.ratio1.outcome.ArtefactsJson;
import ai.ratio1.outcome.EpochArtefacts;
import java.util.Optional;

/** Collects from all oracles what each of them has of an epoch. */
final class PublicArtefacts {

  private static final ErrorCode NOWHERE = new ErrorCode("R1-CLI-010");

  private PublicArtefacts() {}

  /** The artefacts that the first oracle has whole, with the reveals that any of them heard. */
  static Optional<EpochArtefacts> ask(Context context, long epoch) {
    Optional<EpochArtefacts> whole = Optional.empty();
    for (NodeEntry oracle : context.oracles()) {
      Optional<EpochArtefacts> served = ask(context, oracle, epoch);
      whole =
          whole.isEmpty()
              ? served
              : whole.map(known -> served.map(other -> joined(known, other)).orElse(known));
    }
    return whole;
  }

  /** Somebody else's reveals count only for the same certified outcome. */
  private static EpochArtefacts joined(EpochArtefacts known, EpochArtefacts other) {
    return other.signed().outcomeHash().equals(known.signed().outcomeHash())
        ? known.with(other.signed())
        : known;
  }

  static EpochArtefacts require(Context context, long epoch) {
    return ask(context, epoch)
        .orElseThrow(
            () ->
                new R1Exception(
                    NOWHERE,
                    "No oracle has everything about epoch " + epoch + ".",
                    "It must be certified and not too old: ./r1 epoch explain " + epoch + "."));
  }

  private static Optional<EpochArtefacts> ask(Context context, NodeEntry oracle, long epoch) {
    try {
      byte[] document =
          context
              .client(oracle)
              .download("/v1/epochs/" + epoch + "/artefacts", ArtefactsJson.LARGEST);
      return Optional.of(ArtefactsJson.read(document));
    } catch (R1Exception e) {
      return Optional.empty(); // Down, behind, or it was not there; others may have all of it.
    }
  }
}

package ai.ratio1.wire;

import java.util.Set;

/** Which rules turn a message into the text that is hashed and signed. */
public enum CanonVersion {
  /** Label {@code v2}: current rules, the label is covered. What this appliance produces. */
  V2(CanonicalWriter.Doubles.CURRENT, true),
  /** No label: current rules. */
  UNVERSIONED(CanonicalWriter.Doubles.CURRENT, false),
  /** Label {@code v1}, or no label and made by old software: legacy number rules. */
  V1(CanonicalWriter.Doubles.LEGACY, false);

  private static final Set<String> SIGNATURE_FIELDS =
      Set.of(
          SignedMessage.SENDER,
          SignedMessage.HASH,
          SignedMessage.SIGN,
          SignedMessage.ETH_SENDER,
          SignedMessage.ETH_SIGN);
  private static final Set<String> ALL_FIELDS =
      Set.of(
          SignedMessage.SENDER,
          SignedMessage.HASH,
          SignedMessage.SIGN,
          SignedMessage.CANON,
          SignedMessage.ETH_SENDER,
          SignedMessage.ETH_SIGN);

  private final CanonicalWriter.Doubles doubles;
  private final boolean labelCovered;

  CanonVersion(CanonicalWriter.Doubles doubles, boolean labelCovered) {
    this.doubles = doubles;
    this.labelCovered = labelCovered;
  }

  CanonicalWriter.Doubles doubles() {
    return doubles;
  }

  Set<String> skipped() {
    return labelCovered ? SIGNATURE_FIELDS : ALL_FIELDS;
  }
}

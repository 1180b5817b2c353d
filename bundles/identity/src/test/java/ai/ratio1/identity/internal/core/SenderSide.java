package ai.ratio1.identity.internal.core;

import ai.ratio1.identity.NodeAddress;
import java.security.SecureRandom;
import java.util.Optional;

/** Opens what a party itself sealed: captured messages whose receiver's key was not kept. */
public final class SenderSide {

  private SenderSide() {}

  public static Optional<String> open(
      Curve curve, NodeKey sender, NodeAddress receiver, String sealed) {
    Curve.Point point = curve.point(receiver.compressedKey());
    return new SealedTexts(new SecureRandom())
        .open(
            sealed,
            receiver,
            () -> PairwiseSealer.deriveKey(sender.sharedX(point), PairwiseSealer.INFO));
  }
}

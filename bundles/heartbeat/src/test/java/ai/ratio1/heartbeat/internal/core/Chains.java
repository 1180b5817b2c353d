package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.wire.certificate.AnchorHash;

/** Lets tests of the shell make anchors that no honest node makes. */
public final class Chains {

  private Chains() {}

  /** An anchor of a chain that is not the node's own. */
  public static SignedAnchor another(TestKey node, long epoch) {
    HashChain chain = new HashChain(Network.beacon(99), LinkTimes.length(Network.SCHEDULE));
    BeatAnchor anchor =
        new BeatAnchor(
            epoch, node.evmAddress(), chain.anchor(), chain.length(), Network.beacon(epoch));
    return new SignedAnchor(
        anchor, node.signRecoverable(AnchorHash.digest(Network.DOMAIN.domain(), anchor)));
  }
}

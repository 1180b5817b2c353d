package ai.ratio1.identity.internal.core;

import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * Seals with the key that two parties compute from their own secret and the other's address.
 *
 * <p>Surprise: that key never changes, so whoever steals a node's secret reads all its past.
 */
public final class PairwiseSealer implements Sealer {

  static final String INFO = "0xai handshake data";

  private final NodeKey own;
  private final CurveSignatures peers;
  private final SealedTexts texts;

  /** A sealer of a node. */
  public PairwiseSealer(NodeKey own, CurveSignatures peers, RandomGenerator random) {
    this.own = own;
    this.peers = peers;
    this.texts = new SealedTexts(random);
  }

  @Override
  public String seal(String plainText, NodeAddress receiver) {
    return texts.seal(plainText, pairKey(peers.point(receiver)));
  }

  @Override
  public String seal(String plainText, List<NodeAddress> receivers) {
    if (receivers.isEmpty() || receivers.size() > SealedTexts.MOST_RECEIVERS) {
      throw IdentityError.NOT_SEALABLE.failure("There are " + receivers.size() + " receivers.");
    }
    Map<NodeAddress, byte[]> keys = new LinkedHashMap<>();
    receivers.forEach(receiver -> keys.put(receiver, pairKey(peers.point(receiver))));
    return texts.seal(plainText, keys);
  }

  @Override
  public Optional<String> open(String sealed, NodeAddress sender) {
    return peers
        .findPoint(sender)
        .flatMap(point -> texts.open(sealed, own.address(), () -> pairKey(point)));
  }

  private byte[] pairKey(Curve.Point peer) {
    return deriveKey(own.sharedX(peer), INFO);
  }

  /** HKDF-SHA-256 without salt. */
  static byte[] deriveKey(byte[] sharedX, String info) {
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
    generator.init(new HKDFParameters(sharedX, null, info.getBytes(StandardCharsets.UTF_8)));
    byte[] key = new byte[32];
    generator.generateBytes(key, 0, key.length);
    return key;
  }
}

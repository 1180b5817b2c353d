package ai.ratio1.identity.internal.core;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What an engine has to answer before it may be used: every operation once, with values that two
 * other implementations agree on, and the refusals that security rests on.
 */
public final class KnownAnswers {

  private static final byte[] SECRET =
      hex("fba8fee34e1fae83223e7ed39686471bf8b12c0bc51feb935c0fce6efa803abb");
  private static final byte[] PUBLIC =
      hex("036e15452ee9bda5249fe936a539bdc9c270387671364a44cb9a83c9bd7db88cb3");
  private static final byte[] PEER =
      hex("03f7682b641ed5010196faebc86c2121b476b455b3cc2a9018439b5bdda8dbdaa3");
  private static final byte[] SHARED_X =
      hex("aa22810d79220cac8600ea8dd8e7516fdadd11602f63e1cc50b6e4c1fe4166f3");
  private static final byte[] DIGEST =
      hex("9ba3e854d72d1d0f14a71b125ef08b3563a2d6f5591e5b9ebf73970b80ce602a");
  private static final byte[] SIGNATURE =
      hex(
          "109e78e0c5f09a8e7634cc9bf88110d5d4af0d6b567cf0c75a5d69abe483fd512031e8ceb5b9dd00f5fedb086cec9661ee6b1541bedcf0ca586264b5e26585ff00");
  private static final byte[] HIGH_S =
      hex(
          "109e78e0c5f09a8e7634cc9bf88110d5d4af0d6b567cf0c75a5d69abe483fd51dfce17314a4622ff0a0124f79313699ccc43c7a4f06baf71676ff9d6edd0bb42");

  private KnownAnswers() {}

  /** Asks an engine everything; answers whether every answer was right. Never throws. */
  public static boolean areGivenBy(Curve curve) {
    try {
      return signs(curve) && verifies(curve) && recovers(curve) && agrees(curve);
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  private static boolean signs(Curve curve) {
    return Arrays.equals(curve.publicPoint(SECRET).compressed(), PUBLIC)
        && Arrays.equals(curve.sign(SECRET, DIGEST), SIGNATURE);
  }

  private static boolean verifies(Curve curve) {
    Curve.Point key = curve.point(PUBLIC);
    Curve.Point other = curve.point(PEER);
    byte[] changed = SIGNATURE.clone();
    changed[40] ^= 1;
    return key != null
        && other != null
        && key.verify(DIGEST, Arrays.copyOf(SIGNATURE, 64))
        && key.verify(DIGEST, HIGH_S)
        && !key.verify(SECRET, Arrays.copyOf(SIGNATURE, 64))
        && !key.verify(DIGEST, Arrays.copyOf(changed, 64))
        && !other.verify(DIGEST, Arrays.copyOf(SIGNATURE, 64));
  }

  private static boolean recovers(Curve curve) {
    Curve.Point signer = curve.recover(DIGEST, Arrays.copyOf(SIGNATURE, 64), SIGNATURE[64]);
    return signer != null && Arrays.equals(signer.compressed(), PUBLIC);
  }

  private static boolean agrees(Curve curve) {
    Curve.Point peer = curve.point(PEER);
    byte[] beyondTheField = new byte[33];
    Arrays.fill(beyondTheField, (byte) 0xff);
    beyondTheField[0] = 2;
    return peer != null
        && Arrays.equals(peer.sharedX(SECRET), SHARED_X)
        && peer.uncompressed().length == 65
        && curve.point(beyondTheField) == null;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}

package ai.ratio1.wire.evm;

import ai.ratio1.base.Bytes32;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as the EVM computes it (not SHA3-256). */
public final class Keccak256 {

  private Keccak256() {}

  /** The hash of the concatenation of {@code parts}. */
  public static Bytes32 of(byte[]... parts) {
    KeccakDigest digest = new KeccakDigest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    return finish(digest);
  }

  /** The hash of the first {@code length} bytes. */
  static Bytes32 ofFirst(int length, byte[] bytes) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(bytes, 0, length);
    return finish(digest);
  }

  private static Bytes32 finish(KeccakDigest digest) {
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return Bytes32.of(hash);
  }
}

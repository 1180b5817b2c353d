package ai.ratio1.identity.internal.core;

import org.jspecify.annotations.Nullable;

/**
 * One implementation of secp256k1. Thread-safe.
 *
 * <p>Digests are 32 bytes, secrets 32 bytes in [1, n), signatures 64 bytes r and s, each in [1, n);
 * callers check that, implementations rely on it.
 */
public interface Curve extends AutoCloseable {

  /** A public key, prepared for repeated use. */
  interface Point {

    /** The X9.62 compressed form, 33 bytes. */
    byte[] compressed();

    /** The X9.62 uncompressed form, 65 bytes. */
    byte[] uncompressed();

    /** Whether this key made the signature; low and high s count alike. */
    boolean verify(byte[] digest, byte[] signature);

    /** The X coordinate of the product with a secret, 32 bytes (ECDH). */
    byte[] sharedX(byte[] secret);
  }

  /** The name operators see. */
  String name();

  /**
   * Reads a public key.
   *
   * @param compressed any bytes
   * @return null unless they are the compressed form of a point on the curve
   */
  @Nullable Point point(byte[] compressed);

  /** The public key of a secret. */
  Point publicPoint(byte[] secret);

  /**
   * Signs with the nonce of RFC 6979 (HMAC-SHA-256).
   *
   * @return 65 bytes: r, s (low) and the recovery id, 0 to 3
   */
  byte[] sign(byte[] secret, byte[] digest);

  /**
   * The public key that made a signature.
   *
   * @param signature r and s
   * @param recoveryId 0 to 3
   * @return null when there is none
   */
  @Nullable Point recover(byte[] digest, byte[] signature, int recoveryId);

  /**
   * Frees native memory; idempotent. Whoever still holds the engine during a swap goes on getting
   * right answers, only slower.
   */
  @Override
  void close();
}

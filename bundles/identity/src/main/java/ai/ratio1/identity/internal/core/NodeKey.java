package ai.ratio1.identity.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.NodeIdentity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The node's key pair. Thread-safe; works until {@link #destroy}. */
public final class NodeKey implements NodeIdentity {

  private static final String HMAC = "HmacSHA256";

  private final Curve curve;
  private final NodeAddress address;
  private final EvmAddress evmAddress;
  // Dropped, not overwritten: a signature in progress must not be made with half a key.
  private volatile byte @Nullable [] secret;

  /**
   * A key on an engine.
   *
   * @param secret 32 bytes in [1, n); copied
   */
  public NodeKey(Curve curve, byte[] secret) {
    this.curve = curve;
    this.secret = secret.clone();
    Curve.Point point = curve.publicPoint(secret);
    this.address = NodeAddress.of(point.compressed());
    this.evmAddress = AddressBook.evmAddress(point);
  }

  /** A fresh secret. */
  public static byte[] generate(RandomGenerator random) {
    byte[] secret = new byte[Scalars.LENGTH];
    do {
      random.nextBytes(secret);
    } while (!Scalars.inRange(secret, 0));
    return secret;
  }

  @Override
  public NodeAddress address() {
    return address;
  }

  @Override
  public EvmAddress evmAddress() {
    return evmAddress;
  }

  @Override
  public byte[] sign(Bytes32 digest) {
    return DerSignature.write(curve.sign(secret(), digest.toArray()));
  }

  @Override
  public byte[] signRecoverable(Bytes32 digest) {
    byte[] signature = curve.sign(secret(), digest.toArray());
    byte id = signature[2 * Scalars.LENGTH];
    if (id > 1) {
      // r beyond the order: one signature in 2^127, and no contract could recover it.
      throw new IllegalStateException("the signature has no EVM form");
    }
    signature[2 * Scalars.LENGTH] = (byte) (27 + id);
    return signature;
  }

  @Override
  public Bytes32 derive(String purpose, byte[] context) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret(), HMAC));
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Bytes32.of(mac.doFinal(context));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  /** The same key on another engine. */
  public NodeKey on(Curve other) {
    return new NodeKey(other, secret());
  }

  byte[] sharedX(Curve.Point peer) {
    return peer.sharedX(secret());
  }

  /** Forgets the secret; every later use of it fails with R1-IDENT-031. Idempotent. */
  public void destroy() {
    secret = null;
  }

  private byte[] secret() {
    byte[] current = secret;
    if (current == null) {
      throw IdentityError.STOPPED.failure("The identity service was stopped.");
    }
    return current;
  }

  /** The address alone. */
  @Override
  public String toString() {
    return address.text();
  }
}

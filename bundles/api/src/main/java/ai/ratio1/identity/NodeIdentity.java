package ai.ratio1.identity;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The key pair of this node. The private key never leaves the implementation. Thread-safe.
 *
 * <p>Source: protocol dossier, sections 1 and 2; whitepaper, section 2.1 ("Each Edge Node is
 * cryptographically identified by an EVM-based key pair").
 */
@ProviderType
public interface NodeIdentity {

  /** The Ratio1 address of the key. */
  NodeAddress address();

  /** The EVM address of the same key. */
  EvmAddress evmAddress();

  /**
   * Signs a digest with ECDSA on secp256k1.
   *
   * @param digest the 32 bytes that are signed as they are
   * @return an ASN.1 DER signature with low s
   */
  byte[] sign(Bytes32 digest);

  /**
   * Signs a digest so that an EVM contract can recover the signer.
   *
   * @param digest the 32 bytes that are signed as they are (EIP-191 or EIP-712 digest)
   * @return 65 bytes r, s, v; s is low, v is 27 or 28
   */
  byte[] signRecoverable(Bytes32 digest);

  /**
   * A secret that only this key can derive and that is the same after every restart:
   * HMAC-SHA-256(private key, purpose in UTF-8, a zero byte, context).
   *
   * @param purpose what the secret is for; different purposes give unrelated secrets
   * @param context what it is bound to, any length
   */
  Bytes32 derive(String purpose, byte[] context);
}

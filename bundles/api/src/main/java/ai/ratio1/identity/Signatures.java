package ai.ratio1.identity;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Checks what others signed. Never throws on hostile input: it answers no. Thread-safe. */
@ProviderType
public interface Signatures {

  /**
   * Whether {@code der} is a signature of {@code signer} over {@code digest}.
   *
   * @param digest the 32 bytes that were signed as they are
   * @param der an ASN.1 DER signature; both low and high s are accepted, as genuine peers send both
   */
  boolean verify(NodeAddress signer, Bytes32 digest, byte[] der);

  /**
   * The EVM address whose key signed {@code digest}.
   *
   * @param digest the 32 bytes that were signed as they are
   * @param signature 65 bytes r, s, v with v 27 or 28; a high s is refused
   * @return the signer, or empty when the signature is malformed or recovers to no point
   */
  Optional<EvmAddress> recover(Bytes32 digest, byte[] signature);

  /** The EVM address of the key behind a Ratio1 address. */
  EvmAddress evmAddress(NodeAddress address);

  /**
   * Reads an address text strictly: optional prefix {@code 0xai_} or the older {@code aixp_}, then
   * exactly the 44 URL-safe base64 characters of a compressed point on the curve.
   *
   * @return the canonical address, or empty when the text is anything else
   */
  Optional<NodeAddress> parse(String text);

  /** The engine in use: {@code libsecp256k1} or {@code bouncycastle}. */
  String engine();
}

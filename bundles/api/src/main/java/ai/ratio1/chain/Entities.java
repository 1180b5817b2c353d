package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The registry of verified persons and companies behind accounts (KYC, KYB). Whoever buys or links
 * a licence is one of them, and no two oracles belong to one. May block for requests; fails as
 * {@link Licences} does. Thread-safe.
 */
@ProviderType
public interface Entities {

  /** Who may attest, at the newest block; empty when governance named nobody. */
  Optional<EvmAddress> attestor();

  /** The entity behind an account at the newest block; empty when there is none. */
  Optional<Bytes32> entityOf(EvmAddress account);

  /**
   * How much the entity behind an account may spend on licences in all, in whole USD; zero when
   * there is no entity.
   */
  BigInteger usdLimitOf(EvmAddress account);

  /** The attestation nonce of an account: what its next {@link Attestation} must carry. */
  BigInteger attestationNonce(EvmAddress account);

  /** The EIP-712 digest an attestor signs. */
  Bytes32 digest(Attestation attestation);

  /**
   * Signs an attestation; sends nothing.
   *
   * @param attestor an account whose key is in this process
   * @return 65 bytes r, s, v over {@link #digest}
   */
  byte[] sign(Account attestor, Attestation attestation);

  /**
   * Records an attestation.
   *
   * @param sender anybody; pays the gas
   * @param attestorSignature 65 bytes r, s, v of the attestor over {@link #digest}
   */
  Receipt attest(Account sender, Attestation attestation, byte[] attestorSignature);

  /**
   * Takes an account from its entity and voids what was signed about it and not recorded.
   *
   * @param sender the attestor or governance
   */
  Receipt revoke(Account sender, EvmAddress account);
}

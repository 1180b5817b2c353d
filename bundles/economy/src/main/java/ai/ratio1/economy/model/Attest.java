package ai.ratio1.economy.model;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;

/**
 * {@code Entities.attest}.
 *
 * @param account who is attested
 * @param entity who stands behind it
 * @param usdLimit how much the entity may spend on deeds in all
 * @param nonce of the attestation
 * @param deadline last second in which it may be recorded
 * @param signer who signed it
 */
public record Attest(
    EvmAddress sender,
    EvmAddress account,
    Bytes32 entity,
    long usdLimit,
    long nonce,
    long deadline,
    EvmAddress signer)
    implements Step {

  @Override
  public Economy after(Economy before) {
    if (entity.equals(Bytes32.ZERO)) {
      throw Refusal.of("InvalidEntity");
    }
    if (before.now() > deadline) {
      throw Refusal.of("AttestationExpired", deadline);
    }
    if (nonce != before.entities().nonce(account)) {
      throw Refusal.of("InvalidAttestationNonce", before.entities().nonce(account));
    }
    if (!signer.equals(before.network().attestor())) {
      throw Refusal.of("InvalidAttestorSignature");
    }
    return before.with(before.entities().attested(account, entity, usdLimit));
  }
}

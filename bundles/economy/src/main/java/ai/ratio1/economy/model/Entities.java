package ai.ratio1.economy.model;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;

/**
 * Who stands behind accounts.
 *
 * @param entityOf the entity of each attested account
 * @param usdLimit how much an entity may spend on deeds in all
 * @param usdSpent how much it has spent
 * @param nonces of the next attestation of each account
 */
public record Entities(
    Entries<EvmAddress, Bytes32> entityOf,
    Entries<Bytes32, Long> usdLimit,
    Entries<Bytes32, Long> usdSpent,
    Entries<EvmAddress, Long> nonces) {

  /** Nobody is known. */
  public static Entities none() {
    return new Entities(Entries.none(), Entries.none(), Entries.none(), Entries.none());
  }

  /** The nonce that the next attestation of an account must carry. */
  public long nonce(EvmAddress account) {
    return nonces.get(account, 0L);
  }

  /** The entity behind an account; refuses an account without one. */
  public Bytes32 require(EvmAddress account) {
    Bytes32 entity = entityOf.get(account, Bytes32.ZERO);
    if (entity.equals(Bytes32.ZERO)) {
      throw Refusal.of("NotAttested", account);
    }
    return entity;
  }

  Entities attested(EvmAddress account, Bytes32 entity, long limit) {
    return new Entities(
        entityOf.with(account, entity),
        usdLimit.with(entity, limit),
        usdSpent,
        nonces.with(account, nonce(account) + 1));
  }

  Entities revoked(EvmAddress account) {
    return new Entities(
        entityOf.without(account), usdLimit, usdSpent, nonces.with(account, nonce(account) + 1));
  }

  Entities spent(EvmAddress account, long usd) {
    Bytes32 entity = require(account);
    long limit = usdLimit.get(entity, 0L);
    long spent = usdSpent.get(entity, 0L) + usd;
    if (spent > limit) {
      throw Refusal.of("ExceedsMintLimit", spent, limit);
    }
    return new Entities(entityOf, usdLimit, usdSpent.with(entity, spent), nonces);
  }
}

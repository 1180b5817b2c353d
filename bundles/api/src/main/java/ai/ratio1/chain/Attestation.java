package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What an attestor says about an account: the EIP-712 struct {@code Attestation(address account,
 * bytes32 entityId,uint256 usdLimit,uint256 nonce,uint256 deadline)} in the domain of the entity
 * registry. It binds chain, contract, account and time, so it serves nothing else.
 *
 * @param account the account
 * @param entityId who stands behind it, as a number that says nothing; never zero
 * @param usdLimit how much the entity may spend on licences in all, in whole USD
 * @param nonce the account's current attestation nonce in the contract
 * @param deadline last moment the contract accepts it, whole seconds
 */
public record Attestation(
    EvmAddress account,
    Bytes32 entityId,
    BigInteger usdLimit,
    BigInteger nonce,
    Instant deadline) {}

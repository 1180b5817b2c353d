package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A node's consent to be linked: the EIP-712 struct {@code Link(address owner,uint8 licenceType,
 * uint256 licenceId,address node,uint256 nonce,uint256 deadline)} in the domain of the licence
 * contract. It binds chain, contract, owner, licence and time, so nobody else can use it.
 *
 * @param owner who may link
 * @param licence which licence
 * @param node the node that consents
 * @param nonce the node's current link nonce in the contract
 * @param deadline last moment the contract accepts it, whole seconds
 */
public record LinkAuthorisation(
    EvmAddress owner, LicenceId licence, EvmAddress node, BigInteger nonce, Instant deadline) {}

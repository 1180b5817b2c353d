package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * State of a licence at some block.
 *
 * @param id which one
 * @param owner who holds the token
 * @param node the node it is linked to, if any
 * @param linkedSince when that link was made, if there is one
 * @param banned whether governance banned it; a banned licence has no node
 * @param claimed R1 paid out so far, in 10⁻¹⁸ R1
 */
public record Licence(
    LicenceId id,
    EvmAddress owner,
    Optional<EvmAddress> node,
    Optional<Instant> linkedSince,
    boolean banned,
    BigInteger claimed) {}

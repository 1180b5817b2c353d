package ai.ratio1.capability;

import ai.ratio1.base.EvmAddress;
import java.util.Optional;

/**
 * A finding as an oracle answers for it. The arrays are shared, so do not change them.
 *
 * @param oracle who found it
 * @param finding what it found
 * @param evidence the answer of a doubted node, as the node signed it
 * @param signature 65 bytes r, s, v of the oracle over the finding
 */
public record CapabilityStatement(
    EvmAddress oracle, CapabilityFinding finding, Optional<byte[]> evidence, byte[] signature) {}

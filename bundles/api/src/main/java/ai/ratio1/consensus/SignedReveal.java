package ai.ratio1.consensus;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;

/**
 * What an oracle revealed of its observation of an epoch, as it signed it: an ObsReveal of
 * consensus.md, section 3. Anybody can check it against the oracle set of the epoch.
 *
 * @param oracle who revealed and signed
 * @param tableHash SHA-256 of its deflated table
 * @param length bytes of the deflated table, an unsigned 32-bit number
 * @param salt what its commitment was salted with
 * @param bitmapRoot root over its slot bitmaps; zero when it vouches for none
 * @param signature 65 bytes r, s, v; shared, so do not change them
 */
public record SignedReveal(
    EvmAddress oracle,
    Bytes32 tableHash,
    long length,
    Bytes32 salt,
    Bytes32 bitmapRoot,
    byte[] signature) {}

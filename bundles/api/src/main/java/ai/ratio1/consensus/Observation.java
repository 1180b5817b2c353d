package ai.ratio1.consensus;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;

/**
 * An oracle's revealed table.
 *
 * @param oracle who observed
 * @param index its index in the epoch's oracle set
 * @param tableHash SHA-256 of the deflated table
 * @param table one availability byte per row, in the order of the rows; shared, so do not change it
 */
public record Observation(EvmAddress oracle, int index, Bytes32 tableHash, byte[] table) {}

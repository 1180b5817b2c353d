/**
 * A whole network on one machine: chain, contracts, broker, four oracles, two licensed edge nodes
 * and one node without a deed.
 */
@NullMarked
package ai.ratio1.devnet;

import org.jspecify.annotations.NullMarked;

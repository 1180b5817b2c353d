/**
 * What oracles say to each other: signed EIP-712 structs and their frames (consensus.md, section 3;
 * docs/reference/apbft-messages.md).
 */
@NullMarked
package ai.ratio1.apbft.internal.core.message;

import org.jspecify.annotations.NullMarked;

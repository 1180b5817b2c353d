/**
 * The contracts of a network on any EVM chain: deployed from a configuration file, in as many
 * attempts as it takes, into one addresses file.
 */
@NullMarked
package ai.ratio1.devnet.deployment;

import org.jspecify.annotations.NullMarked;

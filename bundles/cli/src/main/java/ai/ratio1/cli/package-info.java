/** The command line: a face over a node's REST API, the chain, and the devnet. */
@NullMarked
package ai.ratio1.cli;

import org.jspecify.annotations.NullMarked;

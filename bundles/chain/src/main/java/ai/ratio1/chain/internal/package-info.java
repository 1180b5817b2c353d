/** The chain services over JSON-RPC, and what wires them to the framework. */
@NullMarked
package ai.ratio1.chain.internal;

import org.jspecify.annotations.NullMarked;

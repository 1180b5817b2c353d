/** Sends this node's beats and, on an oracle, takes those of the others. */
@NullMarked
package ai.ratio1.heartbeat.internal;

import org.jspecify.annotations.NullMarked;

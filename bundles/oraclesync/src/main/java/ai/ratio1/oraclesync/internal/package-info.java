/** Wires the epochs of an oracle to the services around it. */
@NullMarked
package ai.ratio1.oraclesync.internal;

import org.jspecify.annotations.NullMarked;

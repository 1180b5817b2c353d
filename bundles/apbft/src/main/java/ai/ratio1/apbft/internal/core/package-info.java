/** The agreement as a deterministic state machine: no framework, clock, thread, file or socket. */
@NullMarked
package ai.ratio1.apbft.internal.core;

import org.jspecify.annotations.NullMarked;

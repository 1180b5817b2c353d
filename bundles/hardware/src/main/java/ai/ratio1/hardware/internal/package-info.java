/** Reads the machine, publishes what it has as capabilities, and chooses its profile. */
@NullMarked
package ai.ratio1.hardware.internal;

import org.jspecify.annotations.NullMarked;

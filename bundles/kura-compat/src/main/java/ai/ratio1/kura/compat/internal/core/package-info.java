/** What configurations hold, as plain values. */
@NullMarked
package ai.ratio1.kura.compat.internal.core;

import org.jspecify.annotations.NullMarked;

/** Kura's services on plain Felix. */
@NullMarked
package ai.ratio1.kura.compat.internal;

import org.jspecify.annotations.NullMarked;

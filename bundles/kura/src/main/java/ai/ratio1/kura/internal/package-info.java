/** The bridge between Eclipse Kura and a node. */
@NullMarked
package ai.ratio1.kura.internal;

import org.jspecify.annotations.NullMarked;

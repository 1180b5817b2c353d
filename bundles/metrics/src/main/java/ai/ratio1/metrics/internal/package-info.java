/** The door through which a monitoring system reads the node. */
@NullMarked
package ai.ratio1.metrics.internal;

import org.jspecify.annotations.NullMarked;

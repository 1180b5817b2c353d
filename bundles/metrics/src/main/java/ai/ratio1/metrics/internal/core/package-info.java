/** The Prometheus text format. */
@NullMarked
package ai.ratio1.metrics.internal.core;

import org.jspecify.annotations.NullMarked;

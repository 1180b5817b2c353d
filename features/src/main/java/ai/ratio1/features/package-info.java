/** Completes feature lists at build time. Never shipped. */
@NullMarked
package ai.ratio1.features;

import org.jspecify.annotations.NullMarked;

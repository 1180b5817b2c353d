/** Measures what the bars promise. */
@NullMarked
package ai.ratio1.itests.bench;

import org.jspecify.annotations.NullMarked;

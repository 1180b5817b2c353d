/** How facts follow from files, and verdicts and capabilities from facts. */
@NullMarked
package ai.ratio1.hardware.internal.core;

import org.jspecify.annotations.NullMarked;

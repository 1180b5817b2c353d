/** A framework in which bundles are tested as the build made them, and a clock. Never shipped. */
@NullMarked
package ai.ratio1.testing;

import org.jspecify.annotations.NullMarked;

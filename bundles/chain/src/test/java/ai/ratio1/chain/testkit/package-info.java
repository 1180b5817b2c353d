/** A chain for tests, also for those of other modules. */
@NullMarked
package ai.ratio1.chain.testkit;

import org.jspecify.annotations.NullMarked;

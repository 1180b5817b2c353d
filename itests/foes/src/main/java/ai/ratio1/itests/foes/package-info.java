/** Faulty oracles: bundles' services that put themselves before the honest ones. */
@NullMarked
package ai.ratio1.itests.foes;

import org.jspecify.annotations.NullMarked;

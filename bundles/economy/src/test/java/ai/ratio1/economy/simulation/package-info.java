/** The simulation against the whitepaper. */
@NullMarked
package ai.ratio1.economy.simulation;

import org.jspecify.annotations.NullMarked;

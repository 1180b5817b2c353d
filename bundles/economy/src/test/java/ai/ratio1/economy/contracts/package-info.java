/** The model and the contracts side by side on a chain of their own. */
@NullMarked
package ai.ratio1.economy.contracts;

import org.jspecify.annotations.NullMarked;

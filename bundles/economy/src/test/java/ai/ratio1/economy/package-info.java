/** The rules against the whitepaper and the genuine network. */
@NullMarked
package ai.ratio1.economy;

import org.jspecify.annotations.NullMarked;

/** What the genuine oracle interface answers, as a function of what the oracle knows. */
@NullMarked
package ai.ratio1.oracleapi.internal.core;

import org.jspecify.annotations.NullMarked;

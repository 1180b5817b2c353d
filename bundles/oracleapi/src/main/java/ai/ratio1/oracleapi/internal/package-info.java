/** The doors of the genuine oracle interface. */
@NullMarked
package ai.ratio1.oracleapi.internal;

import org.jspecify.annotations.NullMarked;

/** What an epoch comes to: pure functions over tables, rows and rates. */
@NullMarked
package ai.ratio1.oraclesync.internal.core;

import org.jspecify.annotations.NullMarked;

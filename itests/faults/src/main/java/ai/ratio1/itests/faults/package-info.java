/** TCP links that fail on command. */
@NullMarked
package ai.ratio1.itests.faults;

import org.jspecify.annotations.NullMarked;

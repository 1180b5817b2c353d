/** Stands in for the clouds of Kura and the Status view, and for the web admin of Kura 5. */
@NullMarked
package ai.ratio1.itests.kura.platform;

import org.jspecify.annotations.NullMarked;

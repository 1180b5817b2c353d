/** Stands in for the web admin and the clouds of Kura 5. */
@NullMarked
package ai.ratio1.itests.kura.platform;

import org.jspecify.annotations.NullMarked;

/** What becomes of supply, emission and burning when a network grows in a given way. */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.economy.simulation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

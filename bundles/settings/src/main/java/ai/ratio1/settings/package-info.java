/** Configurations checked against their forms, and the last good one kept. */
@Export
@Version("1.1.0")
@NullMarked
package ai.ratio1.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Who was seen alive, slot by slot. */
@Export
@Version("1.1.0")
@NullMarked
package ai.ratio1.availability;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

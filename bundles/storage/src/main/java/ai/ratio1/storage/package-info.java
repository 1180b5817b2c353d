/** Files and key-value stores that survive a crash. */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.storage;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

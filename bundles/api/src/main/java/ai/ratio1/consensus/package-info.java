/** How oracles agree on an epoch, and what they agreed on. */
@Export
@Version("1.2.0")
@NullMarked
package ai.ratio1.consensus;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

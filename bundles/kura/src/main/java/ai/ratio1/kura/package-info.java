/** Which bundles of the node do not run on a gateway. */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.kura;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** The few values every contract speaks of: hashes, EVM addresses, coded errors. */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.base;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

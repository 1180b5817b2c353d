/** The rules of the token and licence economy: what is mined, sold, paid and burned. */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.economy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

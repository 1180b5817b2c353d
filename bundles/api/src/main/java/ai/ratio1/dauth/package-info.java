/** The boot gate: a node without an active deed does not get past it. */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.dauth;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

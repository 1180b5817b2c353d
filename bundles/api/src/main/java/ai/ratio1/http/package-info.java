/** Doors: request handlers that know nothing of the HTTP server in front of them. */
@Export
@Version("1.1.0")
@NullMarked
package ai.ratio1.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Publish and subscribe between nodes, whatever broker carries it. */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.transport;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

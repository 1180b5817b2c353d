/**
 * What the machine is, which hardware profile it runs with, and its graphics processors.
 *
 * <p>Attributes and their units are listed in {@code docs/reference/hardware.md}.
 */
@Export
@Version("1.1.0")
@NullMarked
package ai.ratio1.hardware;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

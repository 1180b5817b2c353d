/** What is worth telling an operator, as OSGi events. */
@Export
@Version("1.2.0")
@NullMarked
package ai.ratio1.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

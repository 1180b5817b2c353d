/** Figures a component wants to be scraped. */
@Export
@Version("1.1.0")
@NullMarked
package ai.ratio1.metrics;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

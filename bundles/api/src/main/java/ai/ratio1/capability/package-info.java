/**
 * What nodes say they can do, and what oracles found when they asked for a proof. It has no effect
 * on pay.
 */
@Export
@Version("1.1.0")
@NullMarked
package ai.ratio1.capability;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

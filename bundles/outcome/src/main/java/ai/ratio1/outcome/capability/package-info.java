/**
 * The work that proves processors and graphics processors, and how it is checked: a pure function
 * of the beacon of an epoch, the node, its claim and its hardware profile. No clock, thread, file
 * or network.
 */
@Export
@Version("2.0.0")
@NullMarked
package ai.ratio1.outcome.capability;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * What follows from the tables of an epoch (consensus.md, section 4), as oracles compute it, and
 * the audit with which anybody checks what they signed. Pure: no clock, file or network.
 */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.outcome;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

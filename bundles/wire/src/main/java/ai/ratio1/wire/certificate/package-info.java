/**
 * What every oracle computes alike: hashes of what they sign and contracts check, and who leads
 * (consensus.md, sections 1, 3 and 4).
 */
@Export
@Version("1.4.0")
@NullMarked
package ai.ratio1.wire.certificate;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

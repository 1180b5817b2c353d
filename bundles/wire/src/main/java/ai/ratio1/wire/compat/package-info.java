/**
 * How the genuine network counts and agrees, for speaking with it and comparing with it. Nothing
 * here decides what this network certifies: certificates count slots and take the lower median.
 */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.wire.compat;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * What travels between Ratio1 peers: JSON inside limits, the canonical text that is hashed, signed
 * messages, envelopes, compression, topics, dAuth requests and answers (protocol dossier, sections
 * 2, 3 and 5).
 */
@Export
@Version("1.1.0")
@NullMarked
package ai.ratio1.wire;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

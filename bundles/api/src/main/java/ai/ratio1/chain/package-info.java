/** Typed access to the network's contracts: licences, oracles, epochs, rewards. */
@Export
@Version("1.1.0")
@NullMarked
package ai.ratio1.chain;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

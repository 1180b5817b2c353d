/**
 * Typed access to the network's contracts: licences, entities, oracles, epochs, rewards, jobs,
 * releases.
 */
@Export
@Version("2.0.0")
@NullMarked
package ai.ratio1.chain;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * The economy as a state and steps from one state to the next, check for check as the contracts
 * take them.
 */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.economy.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

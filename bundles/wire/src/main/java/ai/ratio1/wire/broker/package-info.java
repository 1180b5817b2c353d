/**
 * Who may do what at a network's MQTT broker, and the same written as files for mosquitto. The
 * embedded broker, the devnet and an operator's own broker all follow these rules.
 */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.wire.broker;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

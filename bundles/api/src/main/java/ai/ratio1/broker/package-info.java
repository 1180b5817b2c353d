/** The embedded MQTT broker of devnets and isolated sites. */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.broker;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

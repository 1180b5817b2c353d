/** The transport: one connection to the network's broker, and what waits on either side of it. */
@NullMarked
package ai.ratio1.mqtt.internal;

import org.jspecify.annotations.NullMarked;

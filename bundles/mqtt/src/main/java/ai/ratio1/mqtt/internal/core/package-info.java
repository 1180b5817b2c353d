/** What the transport decides, as plain Java: no framework, thread, clock, file or socket. */
@NullMarked
package ai.ratio1.mqtt.internal.core;

import org.jspecify.annotations.NullMarked;

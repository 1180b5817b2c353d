/** Plain Java behind the chain services: no OSGi, clock, thread, file or socket. */
@NullMarked
package ai.ratio1.chain.internal.core;

import org.jspecify.annotations.NullMarked;

/** Rules and arithmetic of the broker, without sockets, clock or framework. */
@NullMarked
package ai.ratio1.broker.internal.core;

import org.jspecify.annotations.NullMarked;

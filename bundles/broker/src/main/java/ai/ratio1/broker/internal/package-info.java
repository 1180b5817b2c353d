/** The embedded broker: Artemis behind a front that enforces the network's rules. */
@NullMarked
package ai.ratio1.broker.internal;

import org.jspecify.annotations.NullMarked;

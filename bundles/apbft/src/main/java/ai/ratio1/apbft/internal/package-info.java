/** The agreement engine as a component: threads, timers, store, transport, services. */
@NullMarked
package ai.ratio1.apbft.internal;

import org.jspecify.annotations.NullMarked;

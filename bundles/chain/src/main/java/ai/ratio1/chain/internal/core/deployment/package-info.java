/** What a deployment sends and what it must find afterwards; knows no chain. */
@NullMarked
package ai.ratio1.chain.internal.core.deployment;

import org.jspecify.annotations.NullMarked;

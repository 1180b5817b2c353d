/** The boot gate of a node and the dAuth endpoint of an oracle, as components. */
@NullMarked
package ai.ratio1.dauth.internal;

import org.jspecify.annotations.NullMarked;

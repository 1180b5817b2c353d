/** What the node knows, as JSON. */
@NullMarked
package ai.ratio1.rest.internal.core;

import org.jspecify.annotations.NullMarked;

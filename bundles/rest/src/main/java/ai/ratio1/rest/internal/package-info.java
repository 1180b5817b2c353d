/** The doors of the REST face. */
@NullMarked
package ai.ratio1.rest.internal;

import org.jspecify.annotations.NullMarked;

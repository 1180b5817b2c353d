/** The identity component, its key file and the native engine. */
@NullMarked
package ai.ratio1.identity.internal;

import org.jspecify.annotations.NullMarked;

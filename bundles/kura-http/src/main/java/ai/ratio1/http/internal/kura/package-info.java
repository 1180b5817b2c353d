/** Doors on the HTTP server of Kura 5, which speaks {@code javax.servlet}. */
@NullMarked
package ai.ratio1.http.internal.kura;

import org.jspecify.annotations.NullMarked;

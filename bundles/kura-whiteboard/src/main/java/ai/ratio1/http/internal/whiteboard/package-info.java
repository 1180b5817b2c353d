/** Doors on the HTTP server of Kura 6, which has the Jakarta servlet whiteboard. */
@NullMarked
package ai.ratio1.http.internal.whiteboard;

import org.jspecify.annotations.NullMarked;

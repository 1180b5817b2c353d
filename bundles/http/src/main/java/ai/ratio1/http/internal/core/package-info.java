/** The way of a request from any HTTP server to a door and back, as plain Java. */
@NullMarked
package ai.ratio1.http.internal.core;

import org.jspecify.annotations.NullMarked;

/** What every adapter to a server of {@code jakarta.servlet} needs. */
@NullMarked
package ai.ratio1.http.internal.servlet;

import org.jspecify.annotations.NullMarked;

/** What the doors have in common on every Kura, whichever servlets its HTTP server speaks. */
@NullMarked
package ai.ratio1.http.internal.kura.gate;

import org.jspecify.annotations.NullMarked;

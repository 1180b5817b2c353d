/** What every adapter to an HTTP server needs beside the gate itself. */
@NullMarked
package ai.ratio1.http.internal.gate;

import org.jspecify.annotations.NullMarked;

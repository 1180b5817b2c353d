/** The node's page behind the log-in of Kura 6's web admin. */
@NullMarked
package ai.ratio1.kura.web.internal.whiteboard;

import org.jspecify.annotations.NullMarked;

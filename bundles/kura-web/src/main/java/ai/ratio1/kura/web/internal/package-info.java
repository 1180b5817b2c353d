/** The node's page in the web admin of Kura 5. */
@NullMarked
package ai.ratio1.kura.web.internal;

import org.jspecify.annotations.NullMarked;

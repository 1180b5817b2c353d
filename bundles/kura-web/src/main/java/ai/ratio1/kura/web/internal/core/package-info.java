/** What the page is answered. */
@NullMarked
package ai.ratio1.kura.web.internal.core;

import org.jspecify.annotations.NullMarked;

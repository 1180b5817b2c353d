/** Keys, signatures and sealed texts as plain Java: no files, clocks or framework. */
@NullMarked
package ai.ratio1.identity.internal.core;

import org.jspecify.annotations.NullMarked;

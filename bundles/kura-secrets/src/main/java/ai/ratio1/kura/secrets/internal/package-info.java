/** Secrets of configurations, as Kura encrypts them. */
@NullMarked
package ai.ratio1.kura.secrets.internal;

import org.jspecify.annotations.NullMarked;

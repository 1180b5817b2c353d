/** What a cloud may ask, and what it is told. */
@NullMarked
package ai.ratio1.kura.cloud.internal.core;

import org.jspecify.annotations.NullMarked;

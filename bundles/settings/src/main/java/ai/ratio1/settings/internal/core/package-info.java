@NullMarked
package ai.ratio1.settings.internal.core;

import org.jspecify.annotations.NullMarked;

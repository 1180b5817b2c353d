@NullMarked
package ai.ratio1.settings.internal;

import org.jspecify.annotations.NullMarked;

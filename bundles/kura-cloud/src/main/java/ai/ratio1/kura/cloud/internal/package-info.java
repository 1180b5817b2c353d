/** Remote commands, figures and status of the node through the clouds of Kura. */
@NullMarked
package ai.ratio1.kura.cloud.internal;

import org.jspecify.annotations.NullMarked;

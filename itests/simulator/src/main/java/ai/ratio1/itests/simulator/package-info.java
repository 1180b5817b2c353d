/** Made-up histories of the agreement: production classes, virtual time, seeded chance. */
@NullMarked
package ai.ratio1.itests.simulator;

import org.jspecify.annotations.NullMarked;

/**
 * Graphics processors at work, through OpenCL: the one interface that the drivers of all their
 * makers have.
 */
@NullMarked
package ai.ratio1.hardware.internal.opencl;

import org.jspecify.annotations.NullMarked;

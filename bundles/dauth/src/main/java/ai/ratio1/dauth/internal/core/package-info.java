/** Who is let in and why, as plain Java: both sides of dAuth. */
@NullMarked
package ai.ratio1.dauth.internal.core;

import org.jspecify.annotations.NullMarked;

/**
 * Starts a node's framework from feature files: verifies every bundle by hash, installs by start
 * level, seeds default configuration.
 */
@NullMarked
package ai.ratio1.launcher;

import org.jspecify.annotations.NullMarked;

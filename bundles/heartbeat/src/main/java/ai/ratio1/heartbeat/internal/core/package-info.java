/** What a beat is, when it counts and in which slots a node was seen: plain Java. */
@NullMarked
package ai.ratio1.heartbeat.internal.core;

import org.jspecify.annotations.NullMarked;

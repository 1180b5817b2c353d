/** Asks a node over its REST face, from outside its framework. */
@NullMarked
package ai.ratio1.client;

import org.jspecify.annotations.NullMarked;

/** Serves doors on the servlet container of the framework. */
@NullMarked
package ai.ratio1.http.internal;

import org.jspecify.annotations.NullMarked;

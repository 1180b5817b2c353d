/** A real framework for tests of components, shared with the other rooms. */
package ai.ratio1.http.testing;

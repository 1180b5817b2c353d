/** What a user downloads as Debian packages. */
package ai.ratio1.itests.packages;

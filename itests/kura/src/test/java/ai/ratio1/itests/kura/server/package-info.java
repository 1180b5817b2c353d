/** A bundle for the platform of Kura 6 under test, of which nothing is shipped. */
package ai.ratio1.itests.kura.server;

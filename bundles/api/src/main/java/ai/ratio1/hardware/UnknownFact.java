package ai.ratio1.hardware;

/**
 * Something that was there to be read and could not be believed.
 *
 * @param what the file or function that was asked
 * @param why one clause for an operator: too long, unreadable, contradicted by …
 */
public record UnknownFact(String what, String why) {}

package ai.ratio1.transport;

import java.time.Instant;

/**
 * State of the connection to the broker.
 *
 * @param connected whether messages flow now
 * @param since when this state began
 * @param broker the broker's address, without credentials
 * @param detail one line for the operator: the last failure and the next attempt, or empty
 */
public record LinkStatus(boolean connected, Instant since, String broker, String detail) {}

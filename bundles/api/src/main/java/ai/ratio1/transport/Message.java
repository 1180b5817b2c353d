package ai.ratio1.transport;

import java.time.Instant;

/**
 * One message as it came from the broker.
 *
 * @param topic the topic it was published to
 * @param payload its bytes, at most the configured message limit; shared, so do not change them
 * @param receivedAt when it reached this node, before any queueing
 */
public record Message(String topic, byte[] payload, Instant receivedAt) {}

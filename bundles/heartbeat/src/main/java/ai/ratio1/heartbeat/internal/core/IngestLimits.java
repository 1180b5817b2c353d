package ai.ratio1.heartbeat.internal.core;

/**
 * Bounds of the intake.
 *
 * @param payloadBytes the largest beat
 * @param queuePerSender how many beats of one sender may wait; beyond it the oldest is dropped
 * @param strangers how many unlicensed senders are remembered, to turn them away at no cost
 * @param strangersPerSecond how many unknown senders are looked up in a second
 */
public record IngestLimits(
    int payloadBytes, int queuePerSender, int strangers, int strangersPerSecond) {}

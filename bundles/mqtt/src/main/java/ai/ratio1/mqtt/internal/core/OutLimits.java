package ai.ratio1.mqtt.internal.core;

/**
 * Bounds of the outbox.
 *
 * @param messages most messages, waiting or in flight
 * @param bytes most bytes of them
 * @param ageNanos how long a message may wait
 * @param window most messages in flight
 * @param windowBytes most bytes in flight; a larger message flies alone
 */
public record OutLimits(int messages, long bytes, long ageNanos, int window, long windowBytes) {}

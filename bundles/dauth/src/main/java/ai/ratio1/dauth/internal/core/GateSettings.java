package ai.ratio1.dauth.internal.core;

import java.time.Duration;

/**
 * Waiting times of the boot gate.
 *
 * @param retryLeast first wait after a failure
 * @param retryMost longest wait
 * @param look how often to look at the chain while its heads do not wake the gate
 * @param grace how long a session holds while the chain is away
 */
public record GateSettings(
    Duration retryLeast, Duration retryMost, Duration look, Duration grace) {}

package ai.ratio1.heartbeat.internal.core;

import java.time.Duration;

/**
 * What the node knows of its machine.
 *
 * @param memory bytes of memory of the machine
 * @param availableMemory bytes that programs could still get
 * @param processMemory bytes this process occupies
 * @param cpuLoad share of all cores that is busy, 0 to 1
 * @param cores how many cores there are
 * @param cpu what the processor calls itself
 * @param disk bytes of the disk with the node's data
 * @param availableDisk bytes that are free on it
 * @param uptime how long the process runs
 * @param ip address of the machine in its network
 * @param platform operating system and architecture
 * @param runtime version of the Java runtime
 */
public record MachineFacts(
    long memory,
    long availableMemory,
    long processMemory,
    double cpuLoad,
    int cores,
    String cpu,
    long disk,
    long availableDisk,
    Duration uptime,
    String ip,
    String platform,
    String runtime) {}

package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;

/**
 * A job to be ordered.
 *
 * @param jobType number of its type, which decides its price
 * @param projectHash hash of what is to run, for those who place jobs
 * @param lastExecutionEpoch the first epoch in which it does not run any more, if it starts in the
 *     current one; at least 30 epochs after that
 * @param nodes how many nodes are to run it, 1 to 100
 */
public record JobRequest(int jobType, Bytes32 projectHash, long lastExecutionEpoch, int nodes) {}

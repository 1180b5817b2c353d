package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * State of a job at some block.
 *
 * @param id its number, from 1
 * @param payer who pays for it
 * @param projectHash hash of what runs
 * @param jobType number of its type
 * @param pricePerEpoch price per node in the current epoch, in 10⁻¹⁸ R1
 * @param requestedAt when it was ordered
 * @param startedAt when its first nodes were recorded
 * @param nodesChangedAt when its nodes were recorded last
 * @param requestEpoch the epoch it was ordered in
 * @param startEpoch the epoch its first nodes ran in; its terms are counted from here
 * @param lastExecutionEpoch the first epoch in which it does not run; moves on while it waits
 * @param nodesRequested how many nodes are paid for
 * @param activeNodes the nodes that were recorded last, ascending
 * @param nextDecision sequence of the next decision about its nodes
 * @param balance everything held for it, in 10⁻¹⁸ R1
 * @param earned the part of the balance that nodes have earned, before penalties
 * @param stopped whether oracles ended it before its time
 * @param closed whether everything that nobody earned was returned
 */
public record Job(
    long id,
    EvmAddress payer,
    Bytes32 projectHash,
    int jobType,
    BigInteger pricePerEpoch,
    Instant requestedAt,
    Optional<Instant> startedAt,
    Optional<Instant> nodesChangedAt,
    long requestEpoch,
    OptionalLong startEpoch,
    long lastExecutionEpoch,
    int nodesRequested,
    List<EvmAddress> activeNodes,
    long nextDecision,
    BigInteger balance,
    BigInteger earned,
    boolean stopped,
    boolean closed) {

  /** Copies the list. */
  public Job {
    activeNodes = List.copyOf(activeNodes);
  }
}

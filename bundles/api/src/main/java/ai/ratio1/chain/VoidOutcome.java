package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;

/**
 * What stands in the place of an epoch that nobody certified, without view and signatures
 * (consensus.md, section 4, rule 8).
 *
 * @param configDigest digest of the configuration of the oracles that sign: those of the epoch in
 *     which they do
 * @param epoch the epoch that is voided, an unsigned 32-bit number
 * @param previousOutcomeHash outcome hash of the epoch before, or zero for epoch 0
 * @param nodeCount how many rows the epoch has
 * @param registryRoot root over the rows
 * @param inputsDigest digest of the outcome hashes of the certified epochs that the medians are of
 * @param availabilityRoot Merkle root of the availability leaves
 * @param cumulativeRoot Merkle root of the cumulative leaves
 * @param tableHash SHA-256 of the deflated table of medians
 * @param reputationRoot root over the oracles' reputations
 */
public record VoidOutcome(
    Bytes32 configDigest,
    long epoch,
    Bytes32 previousOutcomeHash,
    int nodeCount,
    Bytes32 registryRoot,
    Bytes32 inputsDigest,
    Bytes32 availabilityRoot,
    Bytes32 cumulativeRoot,
    Bytes32 tableHash,
    Bytes32 reputationRoot) {}

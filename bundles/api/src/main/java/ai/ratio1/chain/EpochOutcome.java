package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;

/**
 * What oracles agree on about an epoch: the certificate without view and signatures (consensus.md,
 * sections 1 and 3). Fields that are not used yet hold their neutral value.
 *
 * @param configDigest digest of the configuration of the epoch's oracle set
 * @param epoch the epoch, an unsigned 32-bit number
 * @param observers bitmap of the oracles whose tables are in the agreed set, by index
 * @param excluded bitmap of those observers that the θ rule left out
 * @param theta the step of the θ ladder that was used
 * @param nodeCount how many rows the epoch has
 * @param registryRoot root over the rows
 * @param inputsDigest digest of the agreed set of tables
 * @param availabilityRoot Merkle root of the availability leaves
 * @param cumulativeRoot Merkle root of the cumulative leaves
 * @param tableHash SHA-256 of the deflated agreed table
 * @param reputationRoot root over the oracles' reputations
 */
public record EpochOutcome(
    Bytes32 configDigest,
    long epoch,
    int observers,
    int excluded,
    int theta,
    int nodeCount,
    Bytes32 registryRoot,
    Bytes32 inputsDigest,
    Bytes32 availabilityRoot,
    Bytes32 cumulativeRoot,
    Bytes32 tableHash,
    Bytes32 reputationRoot) {}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title What stands in for the certificate of an epoch that nobody certified, and its hashes
/// @dev Design note "apBFT-1", section 4, rule 8. The members that speak of an agreed set of tables
/// (observers, excluded, θ) are missing, for there was none.
struct VoidEpoch {
    /// Digest of the configuration of the oracles that sign: those of the current epoch.
    bytes32 configDigest;
    /// The epoch that is voided.
    uint32 epoch;
    /// The view it was agreed in. Solidity reserves the name `view`.
    uint32 viewNumber;
    /// Outcome hash of the epoch before, or zero for epoch 0.
    bytes32 previousOutcomeHash;
    /// How many rows the epoch has.
    uint32 nodeCount;
    /// Root over the rows.
    bytes32 registryRoot;
    /// Digest of the outcome hashes of the certified epochs that the medians are of.
    bytes32 inputsDigest;
    /// Root of the availability leaves.
    bytes32 availabilityRoot;
    /// Root of the cumulative leaves.
    bytes32 cumulativeRoot;
    /// SHA-256 of the deflated table of medians.
    bytes32 tableHash;
    /// Root over the oracles' reputations.
    bytes32 reputationRoot;
}

/// @title Hashes of voids
/// @notice Each has a type of its own, so the outcome hash of a void is never that of a certificate.
library VoidEpochs {
    /// @dev What an oracle signs. The member is called `view` here, as in every other language.
    bytes32 internal constant VOID_TYPEHASH = keccak256(
        "VoidEpoch(bytes32 configDigest,uint32 epoch,uint32 view,bytes32 previousOutcomeHash,"
        "uint32 nodeCount,bytes32 registryRoot,bytes32 inputsDigest,bytes32 availabilityRoot,"
        "bytes32 cumulativeRoot,bytes32 tableHash,bytes32 reputationRoot)"
    );

    /// @dev The same without the view: one outcome may be signed in several views.
    bytes32 internal constant OUTCOME_TYPEHASH = keccak256(
        "VoidOutcome(bytes32 configDigest,uint32 epoch,bytes32 previousOutcomeHash,"
        "uint32 nodeCount,bytes32 registryRoot,bytes32 inputsDigest,bytes32 availabilityRoot,"
        "bytes32 cumulativeRoot,bytes32 tableHash,bytes32 reputationRoot)"
    );

    /// @dev Nothing but what is known on chain, so that anyone can compute it.
    bytes32 internal constant GOVERNANCE_TYPEHASH =
        keccak256("GovernanceVoid(bytes32 configDigest,uint32 epoch,bytes32 previousOutcomeHash)");

    /// @notice The struct hash that goes into the signed digest.
    /// @param voided the void
    function structHash(VoidEpoch calldata voided) internal pure returns (bytes32) {
        return keccak256(abi.encode(VOID_TYPEHASH, voided));
    }

    /// @notice What stands in the place of the outcome hash of a certificate.
    /// @param voided the void
    function outcomeHash(VoidEpoch calldata voided) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                OUTCOME_TYPEHASH,
                voided.configDigest,
                voided.epoch,
                voided.previousOutcomeHash,
                voided.nodeCount,
                voided.registryRoot,
                voided.inputsDigest,
                voided.availabilityRoot,
                voided.cumulativeRoot,
                voided.tableHash,
                voided.reputationRoot
            )
        );
    }

    /// @notice The same for an epoch that governance voided.
    /// @param configDigest digest of the configuration of the epoch's own oracle set
    /// @param epoch the epoch
    /// @param previousOutcomeHash outcome hash of the epoch before, or zero for epoch 0
    function governanceOutcome(bytes32 configDigest, uint32 epoch, bytes32 previousOutcomeHash)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(GOVERNANCE_TYPEHASH, configDigest, epoch, previousOutcomeHash));
    }
}

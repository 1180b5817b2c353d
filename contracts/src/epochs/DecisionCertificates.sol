// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title What oracles decide besides epochs, and its hash
/// @dev Final from the first version on: design note "apBFT-1", section 3.

/// @notice A small value that a quorum agreed on, such as where a job runs.
struct DecisionCertificate {
    /// Digest of the configuration it was made under.
    bytes32 configDigest;
    /// What it is about.
    bytes32 topic;
    /// Counts the decisions of a topic.
    uint64 sequence;
    /// The agreement's view, called `view` in the signed struct.
    uint32 viewNumber;
    /// Hash of the value.
    bytes32 valueHash;
}

/// @title Hash of a decision
library DecisionCertificates {
    bytes32 private constant DECISION_TYPEHASH = keccak256(
        "DecisionCertificate(bytes32 configDigest,bytes32 topic,uint64 sequence,uint32 view,"
        "bytes32 valueHash)"
    );

    /// @notice EIP-712 hash of the struct; what is signed binds chain and contract in addition.
    /// @param decision the decision
    function structHash(DecisionCertificate memory decision) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                DECISION_TYPEHASH,
                decision.configDigest,
                decision.topic,
                decision.sequence,
                decision.viewNumber,
                decision.valueHash
            )
        );
    }
}

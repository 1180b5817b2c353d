// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title What happened to a job, and its leaf

/// @notice What an entry is about. Numbers are final: they are in leaves.
enum AuditKind {
    /// The job was given to a node.
    Assigned,
    /// The node began.
    Started,
    /// The node ended, or its term did.
    Completed,
    /// The node's service for the job became healthy or unhealthy; the detail says which.
    HealthChanged
}

/// @notice One step in the life of a job on a node.
struct AuditEntry {
    /// The job.
    uint256 jobId;
    /// What happened.
    AuditKind kind;
    /// The epoch it happened in.
    uint32 epoch;
    /// When, in seconds since 1970.
    uint64 timestamp;
    /// The node it happened on.
    address node;
    /// SHA-256 of the full record, which the oracles keep.
    bytes32 detailHash;
}

/// @title The Merkle tree of a batch of audit entries
/// @notice Leaves carry a first word that no leaf of a reward tree has. Inner nodes are those of
/// {RewardTree}.
library AuditTree {
    uint256 private constant AUDIT_LEAF = 4;

    /// @notice Hash of the leaf (0x04, jobId, kind, epoch, timestamp, node, detailHash).
    /// @param entry the entry
    function leaf(AuditEntry memory entry) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                AUDIT_LEAF,
                entry.jobId,
                entry.kind,
                entry.epoch,
                entry.timestamp,
                entry.node,
                entry.detailHash
            )
        );
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AuditEntry, AuditTree} from "./AuditTree.sol";
import {Controller} from "../epochs/Controller.sol";
import {DecisionCertificate} from "../epochs/DecisionCertificates.sol";
import {CompactSignature} from "../epochs/EpochCertificates.sol";
import {RewardTree} from "../rewards/RewardTree.sol";

/// @title What happened to every job, for ever
/// @notice A quorum of oracles decides batches of entries, one word each. Whoever holds an entry and
/// its path proves here that it was recorded, and the event carries the certificate it came with.
contract AuditLog {
    /// @notice A batch of entries, as oracles decide it.
    struct Batch {
        /// Root over the leaves of the entries.
        bytes32 root;
        /// How many entries it has.
        uint32 entries;
    }

    /// @notice The topic of decisions that belong here.
    bytes32 public constant TOPIC = keccak256("r1.audit");

    /// @dev The hash of a batch is the value of its decision.
    bytes32 private constant BATCH_TYPEHASH = keccak256("AuditBatch(bytes32 root,uint32 entries)");

    /// @notice The network, whose oracles decide.
    Controller public immutable controller;

    /// @dev Root of each batch, by its sequence.
    bytes32[] private _roots;

    /// @notice A batch was recorded.
    event BatchRecorded(
        uint64 indexed sequence,
        bytes32 indexed root,
        uint32 entries,
        DecisionCertificate decision,
        uint32 signers
    );

    /// @notice The decision is about something else.
    error NotAboutAudit(bytes32 topic);

    /// @notice Batches are recorded one after another, each once.
    error NotNext(uint64 sequence, uint256 next);

    /// @notice The decision is for another batch.
    error AnotherBatch(bytes32 decided, bytes32 given);

    /// @notice A batch has entries.
    error EmptyBatch();

    /// @notice There is no such batch yet.
    error UnknownBatch(uint64 sequence, uint256 batches);

    /// @notice Joins the log to its network.
    /// @param controller_ the network
    constructor(Controller controller_) {
        controller = controller_;
    }

    /// @notice Records the next batch. Anyone may call it.
    /// @param batch the batch
    /// @param decision what a quorum signed: topic {TOPIC}, the next sequence, the hash of the batch
    /// @param bitmap the signing oracles, by index
    /// @param signatures one per bit, in ascending order of index
    function record(
        Batch calldata batch,
        DecisionCertificate calldata decision,
        uint32 bitmap,
        CompactSignature[] calldata signatures
    ) external {
        if (batch.entries == 0) revert EmptyBatch();
        if (decision.topic != TOPIC) revert NotAboutAudit(decision.topic);
        if (decision.sequence != _roots.length) revert NotNext(decision.sequence, _roots.length);
        bytes32 given = hashOf(batch);
        if (decision.valueHash != given) revert AnotherBatch(decision.valueHash, given);
        controller.requireDecision(decision, bitmap, signatures);
        _roots.push(batch.root);
        emit BatchRecorded(decision.sequence, batch.root, batch.entries, decision, bitmap);
    }

    /// @notice Whether an entry is in a recorded batch.
    /// @param sequence the batch
    /// @param entry the entry
    /// @param proof sibling hashes from the leaf up
    function verify(uint64 sequence, AuditEntry calldata entry, bytes32[] calldata proof)
        external
        view
        returns (bool)
    {
        return RewardTree.contains(proof, rootOf(sequence), AuditTree.leaf(entry));
    }

    /// @notice How many batches are recorded; also the sequence of the next.
    function batches() external view returns (uint256) {
        return _roots.length;
    }

    /// @notice Root of a recorded batch.
    /// @param sequence the batch
    function rootOf(uint64 sequence) public view returns (bytes32) {
        if (sequence >= _roots.length) revert UnknownBatch(sequence, _roots.length);
        return _roots[sequence];
    }

    /// @notice What oracles decide: the `valueHash` of the decision for a batch.
    /// @param batch the batch
    function hashOf(Batch calldata batch) public pure returns (bytes32) {
        return keccak256(abi.encode(BATCH_TYPEHASH, batch));
    }
}

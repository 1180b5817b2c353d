// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {Controller} from "../epochs/Controller.sol";
import {Jobs} from "./Jobs.sol";
import {NodeDeed} from "../licences/NodeDeed.sol";
import {R1} from "../token/R1.sol";

/// @title Jobs, their epochs and their money
/// @notice A job's epochs are counted from the one its first nodes ran in; until then they wait, so
/// that a payer does not lose the time it takes to place the job. Every 30 of them are a term; the
/// last term may be shorter.
abstract contract JobLedger is Jobs {
    using Checkpoints for Checkpoints.Trace208;

    /// @dev Four words. Amounts fit 96 bits: the cap of R1 does.
    struct Job {
        address payer;
        uint32 requestEpoch;
        /// Meaningful once `startedAt` is.
        uint32 startEpoch;
        /// How many epochs are paid for; a job that was stopped has only those until then.
        uint32 duration;
        /// Everything held for the job.
        uint96 balance;
        /// The part of it that nodes have earned, before penalties, and that was not released.
        uint96 earned;
        /// Number of the next decision about its nodes.
        uint32 sequence;
        /// The first epoch of which nothing is settled, nor of any later one.
        uint32 settledTo;
        /// Per node and epoch when it was created.
        uint96 price;
        uint32 requestedAt;
        uint32 startedAt;
        uint32 nodesChangedAt;
        uint16 nodes;
        uint8 jobType;
        bool stopped;
        bool closed;
        bytes32 projectHash;
    }

    /// @notice Epochs in a term, and the fewest a job is paid for in advance.
    uint32 public constant TERM_EPOCHS = 30;

    /// @notice How many epochs after the record of an epoch its availability is taken.
    uint256 public constant SETTLEMENT_EPOCHS = 7;

    /// @notice How many epochs after that the absence of a node can be noted.
    uint256 public constant ABSENCE_EPOCHS = 1;

    /// @notice After how many epochs without any record the epochs not recorded are given up.
    uint256 public constant ABANDONED_EPOCHS = 30;

    /// @notice The token jobs are paid with.
    R1 public immutable r1;

    /// @notice The network.
    Controller public immutable controller;

    /// @notice The licences whose owners are paid.
    NodeDeed public immutable nodeDeed;

    uint32 internal immutable _epochDuration;

    /// @notice Number of the next job; the first is 1.
    uint256 public nextJobId = 1;

    /// @notice What an account may withdraw, in 10⁻¹⁸ R1.
    mapping(address account => uint256) public withdrawable;

    mapping(uint256 jobId => Job) internal _jobs;

    /// @dev Prices of the epochs that were added later, by the first of them, counted from the
    /// start.
    mapping(uint256 jobId => Checkpoints.Trace208) internal _prices;

    /// @dev Numbers of nodes by the first epoch each holds for, counted from the start; empty while
    /// there was no change.
    mapping(uint256 jobId => Checkpoints.Trace208) internal _nodeCounts;

    /// @dev How many epochs of a term are settled for all their nodes.
    mapping(uint256 jobId => mapping(uint256 term => uint256)) internal _settledEpochs;

    /// @notice The job is closed.
    error JobIsClosed(uint256 jobId);

    /// @notice The job was stopped, or its last epoch is over.
    error JobHasEnded(uint256 jobId);

    /// @notice The job has not started.
    error JobNotStarted(uint256 jobId);

    /// @dev Joins the ledger to its network.
    constructor(Controller controller_) {
        controller = controller_;
        r1 = controller_.r1();
        nodeDeed = controller_.nodeDeed();
        _epochDuration = controller_.epochDuration();
    }

    /// @notice Whether nothing more can be settled in a term, so that it can be released.
    /// @param jobId the job; it must have started
    /// @param term number of the term, from 0
    function isTermFinal(uint256 jobId, uint256 term) public view returns (bool) {
        Job storage job = _startedJob(jobId);
        uint256 length = _termLength(job, term);
        if (length == 0) return false;
        if (_settledEpochs[jobId][term] == length) return true;
        return _isEpochFinal(job.startEpoch + term * TERM_EPOCHS + length - 1);
    }

    /// @dev The job, which must exist.
    function _job(uint256 jobId) internal view returns (Job storage job) {
        job = _jobs[jobId];
        if (job.payer == address(0)) revert UnknownJob(jobId);
    }

    function _startedJob(uint256 jobId) internal view returns (Job storage job) {
        job = _job(jobId);
        if (job.startedAt == 0) revert JobNotStarted(jobId);
    }

    /// @dev The job, of which something more is to run.
    function _runningJob(uint256 jobId) internal view returns (Job storage job) {
        job = _job(jobId);
        bool over = job.startedAt != 0 && controller.currentEpoch() >= _endOf(job);
        if (job.stopped || over) revert JobHasEnded(jobId);
    }

    /// @dev The first epoch in which the job does not run any more.
    function _endOf(Job storage job) internal view returns (uint256) {
        return uint256(job.startedAt == 0 ? job.requestEpoch : job.startEpoch) + job.duration;
    }

    /// @dev How many epochs of the job are over; the current one is not.
    function _elapsed(Job storage job) internal view returns (uint32) {
        if (job.startedAt == 0) return 0;
        uint32 current = controller.currentEpoch();
        return current > job.startEpoch ? current - job.startEpoch : 0;
    }

    /// @dev Price per node in an epoch counted from the start.
    function _priceAt(uint256 jobId, Job storage job, uint32 offset)
        internal
        view
        returns (uint256)
    {
        uint256 later = _prices[jobId].upperLookup(offset);
        return later == 0 ? job.price : later;
    }

    /// @dev How many nodes are paid for in an epoch counted from the start.
    function _nodesAt(uint256 jobId, Job storage job, uint32 offset)
        internal
        view
        returns (uint256)
    {
        uint256 changed = _nodeCounts[jobId].upperLookup(offset);
        return changed == 0 ? job.nodes : changed;
    }

    /// @dev Epochs in a term; zero beyond the last.
    function _termLength(Job storage job, uint256 term) internal view returns (uint256) {
        uint256 begin = term * TERM_EPOCHS;
        return begin >= job.duration ? 0 : Math.min(TERM_EPOCHS, job.duration - begin);
    }

    /// @dev Until when the availability of an epoch is taken; for ever while it is not recorded.
    function _settleableUntil(uint256 epoch) internal view returns (uint256) {
        uint256 recordedAt = controller.recordedAt(SafeCast.toUint32(epoch));
        return recordedAt == 0 ? type(uint256).max : recordedAt + SETTLEMENT_EPOCHS * _epochDuration;
    }

    /// @dev Whether nothing can be settled in an epoch any more. When it is true of one, it is true
    /// of every earlier one.
    function _isEpochFinal(uint256 epoch) internal view returns (bool) {
        uint256 recordedAt = controller.recordedAt(SafeCast.toUint32(epoch));
        if (recordedAt != 0) {
            return
                block.timestamp
                    >= recordedAt + (SETTLEMENT_EPOCHS + ABSENCE_EPOCHS) * _epochDuration;
        }
        uint256 alive = controller.startEpochTimestamp() + (epoch + 1) * _epochDuration;
        uint32 pending = controller.pendingEpoch();
        if (pending > 0) alive = Math.max(alive, controller.recordedAt(pending - 1));
        return block.timestamp >= alive + ABANDONED_EPOCHS * _epochDuration;
    }
}

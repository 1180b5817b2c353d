// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Controller} from "../epochs/Controller.sol";
import {JobLedger} from "./JobLedger.sol";
import {JobPrices} from "./JobPrices.sol";
import {Orders} from "./Orders.sol";
import {R1} from "../token/R1.sol";
import {Settlement} from "./Settlement.sol";

/// @title Proof-of-AI escrow
/// @notice Holds what payers gave for jobs until nodes have earned it or it returns. Everything that
/// comes in is burned, paid, refunded or held, job by job. Nobody can take or pause anything here.
/// @dev Names and events follow the genuine contracts (`CspEscrow`, `PoAIManager`) where the rule
/// is the same. One contract serves all payers.
contract Escrow is Orders, Settlement {
    using SafeERC20 for R1;

    /// @notice State of a job, as the genuine contract shows it.
    struct JobDetails {
        uint256 id;
        bytes32 projectHash;
        uint256 requestTimestamp;
        uint256 startTimestamp;
        uint256 lastNodesChangeTimestamp;
        uint256 jobType;
        /// Per node, in 10⁻¹⁸ R1: in this epoch, or in the last one of a job that has ended.
        uint256 pricePerEpoch;
        /// The first epoch in which it does not run.
        uint256 lastExecutionEpoch;
        uint256 numberOfNodesRequested;
        /// Everything held for it, in 10⁻¹⁸ R1.
        int256 balance;
        /// The newest epoch of which something is settled; zero when nothing is.
        uint256 lastAllocatedEpoch;
        address[] activeNodes;
    }

    /// @notice What the genuine contract does not know about a job.
    struct JobStanding {
        address payer;
        /// The epoch it was ordered in.
        uint32 requestEpoch;
        /// The epoch its first nodes ran in; meaningful once it has started.
        uint32 startEpoch;
        /// How many decisions about its nodes were recorded: number of the next.
        uint32 sequence;
        bool started;
        bool stopped;
        bool closed;
        /// The part of the balance that nodes have earned, before penalties, in 10⁻¹⁸ R1.
        uint256 earned;
    }

    /// @notice A job was closed; the payer may withdraw the refund.
    event JobClosed(uint256 indexed jobId, uint256 refund);

    /// @notice An account took what it was owed.
    event Withdrawn(address indexed account, address indexed to, uint256 amount);

    /// @notice The job runs, or can still be settled.
    error NotClosable(uint256 jobId);

    /// @notice The caller is owed nothing.
    error NothingToWithdraw(address account);

    /// @notice Joins the contract to its network.
    /// @param controller_ the network
    /// @param prices_ tells what jobs cost; it is never asked when money leaves
    constructor(Controller controller_, JobPrices prices_) JobLedger(controller_) Orders(prices_) {}

    /// @notice Closes a job that nothing can be earned in any more; what nobody earned returns to
    /// the payer. What was earned can be released before and after. Anyone may call it.
    /// @param jobId the job
    /// @return refund what the payer may withdraw in addition, in 10⁻¹⁸ R1
    function close(uint256 jobId) external returns (uint256 refund) {
        if (!isClosable(jobId)) revert NotClosable(jobId);
        Job storage job = _jobs[jobId];
        refund = job.balance - job.earned;
        job.balance = job.earned;
        job.closed = true;
        withdrawable[job.payer] += refund;
        emit JobClosed(jobId, refund);
    }

    /// @notice Pays the caller everything it is owed.
    /// @param to who receives it
    /// @return amount what was paid, in 10⁻¹⁸ R1
    function withdraw(address to) external nonReentrant returns (uint256 amount) {
        amount = withdrawable[msg.sender];
        if (amount == 0) revert NothingToWithdraw(msg.sender);
        delete withdrawable[msg.sender];
        emit Withdrawn(msg.sender, to, amount);
        r1.safeTransfer(to, amount);
    }

    /// @notice Whether {close} would pass.
    /// @param jobId the job
    function isClosable(uint256 jobId) public view returns (bool) {
        Job storage job = _job(jobId);
        if (job.startedAt == 0 || job.closed) return false;
        uint256 terms = (uint256(job.duration) + TERM_EPOCHS - 1) / TERM_EPOCHS;
        // If the last epoch is final, so are the others, and nobody need look at them.
        if (terms == 0 || _isEpochFinal(_endOf(job) - 1)) return true;
        for (uint256 term = terms; term > 0; --term) {
            if (!isTermFinal(jobId, term - 1)) return false;
        }
        return true;
    }

    /// @notice State of a job.
    /// @param jobId the job
    function getJobDetails(uint256 jobId) public view returns (JobDetails memory) {
        Job storage job = _job(jobId);
        uint32 elapsed = _elapsed(job);
        uint32 last = job.duration == 0 ? 0 : job.duration - 1;
        return JobDetails({
            id: jobId,
            projectHash: job.projectHash,
            requestTimestamp: job.requestedAt,
            startTimestamp: job.startedAt,
            lastNodesChangeTimestamp: job.nodesChangedAt,
            jobType: job.jobType,
            pricePerEpoch: _priceAt(jobId, job, elapsed < last ? elapsed : last),
            lastExecutionEpoch: _endOf(job),
            numberOfNodesRequested: job.nodes,
            balance: SafeCast.toInt256(job.balance),
            lastAllocatedEpoch: job.settledTo == 0 ? 0 : job.settledTo - 1,
            activeNodes: getJobActiveNodes(jobId)
        });
    }

    /// @notice What the genuine contract does not know about a job.
    /// @param jobId the job
    function standingOf(uint256 jobId) external view returns (JobStanding memory) {
        Job storage job = _job(jobId);
        return JobStanding(
            job.payer,
            job.requestEpoch,
            job.startEpoch,
            job.sequence,
            job.startedAt != 0,
            job.stopped,
            job.closed,
            job.earned
        );
    }

    /// @notice Numbers of the jobs of a payer that are not closed, ascending.
    /// @param payer whose jobs
    function getActiveJobs(address payer) external view returns (uint256[] memory) {
        return _idsWhere(payer, false);
    }

    /// @notice How many jobs of a payer are not closed.
    /// @param payer whose jobs
    function getActiveJobsCount(address payer) external view returns (uint256) {
        return _idsWhere(payer, false).length;
    }

    /// @notice Numbers of the jobs of a payer that are closed, ascending.
    /// @param payer whose jobs
    function getClosedJobs(address payer) external view returns (uint256[] memory) {
        return _idsWhere(payer, true);
    }

    /// @notice A page of all jobs there are, by number; those that were taken back are left out.
    /// @param offset how many numbers to skip
    /// @param limit how many numbers to look at
    function getJobs(uint256 offset, uint256 limit)
        external
        view
        returns (JobDetails[] memory page)
    {
        uint256 count = nextJobId - 1;
        uint256 rest = offset < count ? count - offset : 0;
        uint256 size = limit < rest ? limit : rest;
        page = new JobDetails[](size);
        uint256 found = 0;
        for (uint256 jobId = offset + 1; jobId <= offset + size; ++jobId) {
            if (_jobs[jobId].payer != address(0)) page[found++] = getJobDetails(jobId);
        }
        // Shortens the array in place.
        assembly ("memory-safe") {
            mstore(page, found)
        }
    }

    function _idsWhere(address payer, bool closed) private view returns (uint256[] memory ids) {
        uint64[] storage all = _jobsOf[payer];
        ids = new uint256[](all.length);
        uint256 found = 0;
        for (uint256 i = 0; i < all.length; ++i) {
            Job storage job = _jobs[all[i]];
            if (job.payer != address(0) && job.closed == closed) ids[found++] = all[i];
        }
        // Shortens the array in place.
        assembly ("memory-safe") {
            mstore(ids, found)
        }
    }
}

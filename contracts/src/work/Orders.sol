// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {Delegates} from "./Delegates.sol";
import {JobLedger} from "./JobLedger.sol";
import {JobPrices} from "./JobPrices.sol";
import {R1} from "../token/R1.sol";

/// @title Ordering jobs
/// @notice A job is paid for in advance, in R1, at the price of the moment. What is added to it
/// later has the price of that moment.
abstract contract Orders is JobLedger, Delegates, ReentrancyGuard {
    using Checkpoints for Checkpoints.Trace208;
    using SafeERC20 for R1;

    /// @notice What is ordered.
    struct JobCreationRequest {
        uint256 jobType;
        /// Hash of what is to run, for those who place jobs.
        bytes32 projectHash;
        /// The first epoch in which it does not run any more, if it starts in this one.
        uint256 lastExecutionEpoch;
        uint256 numberOfNodesRequested;
    }

    /// @notice How the payer pays.
    struct Funding {
        /// The most that may be taken, in 10⁻¹⁸ R1.
        uint256 maximum;
        /// Last second in which it may be taken.
        uint256 deadline;
        /// An ERC-2612 permit of the payer for exactly these two; v is zero when there is none.
        /// If it does not hold, an allowance may.
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @notice The most nodes a job can have.
    uint256 public constant MAX_NODES = 100;

    /// @notice The most epochs a job can have.
    uint256 public constant MAX_EPOCHS = 65_535;

    /// @notice How long a job must have waited for nodes before it can be taken back, in seconds.
    uint256 public constant REDEMPTION_COOLDOWN = 1 hours;

    /// @notice By how much, in per cent, the price of the moment may exceed the job's for nodes to
    /// be added at the latter.
    uint256 public constant PRICE_TOLERANCE_PERCENT = 10;

    /// @notice Tells what jobs cost at the moment.
    JobPrices public immutable prices;

    /// @dev Every job of a payer, in order.
    mapping(address payer => uint64[]) internal _jobsOf;

    /// @notice A job was created; its money is held.
    event JobCreated(
        uint256 indexed jobId, address indexed owner, uint256 jobType, uint256 pricePerEpoch
    );

    /// @notice A job lasts longer.
    event JobDurationExtended(
        uint256 indexed jobId, uint256 newLastExecutionEpoch, uint256 additionalAmount
    );

    /// @notice A job has more nodes from this epoch on.
    event JobNodesExtended(
        uint256 indexed jobId, uint256 newNumberOfNodesRequested, uint256 additionalAmount
    );

    /// @notice A job that never started was taken back.
    event JobRedeemed(uint256 indexed jobId, address indexed owner, uint256 refund);

    /// @notice Nothing was ordered.
    error NoJobs();

    /// @notice A job is paid for at least a term in advance, an extension adds to it, and nothing
    /// is for ever.
    error InvalidLastExecutionEpoch(uint256 lastExecutionEpoch, uint256 earliest, uint256 latest);

    /// @notice A job has at least one node, and an extension adds to what there is.
    error InvalidNodeCount(uint256 count, uint256 least, uint256 most);

    /// @notice It costs more than the payer accepts.
    error CostExceedsMaximum(uint256 cost, uint256 maximum);

    /// @notice The payer does not accept it any more.
    error OrderExpired(uint256 deadline);

    /// @notice R1 has lost so much that nodes cannot be added at the job's price; they can be
    /// ordered as a job of their own.
    error PriceTooOld(uint256 pricePerEpoch, uint256 priceNow);

    /// @notice The job has started, or may still start: it is too early to take it back.
    error NotRedeemable(uint256 jobId);

    /// @dev Joins the contract to its prices.
    constructor(JobPrices prices_) {
        prices = prices_;
    }

    /// @notice Creates jobs and takes what they cost from the payer. For the payer, and delegates
    /// that may create jobs.
    /// @param payer whose jobs they are
    /// @param requests the jobs
    /// @param funding how the payer pays for all of them
    /// @return jobIds their numbers, in the same order
    function createJobs(
        address payer,
        JobCreationRequest[] calldata requests,
        Funding calldata funding
    ) external nonReentrant returns (uint256[] memory jobIds) {
        _requirePermission(payer, CREATE_JOBS);
        if (requests.length == 0) revert NoJobs();
        uint32 epoch = controller.currentEpoch();
        jobIds = new uint256[](requests.length);
        uint256 cost = 0;
        for (uint256 i = 0; i < requests.length; ++i) {
            jobIds[i] = nextJobId++;
            cost += _create(jobIds[i], payer, epoch, requests[i]);
        }
        _collect(payer, cost, funding);
    }

    /// @notice Makes a job last longer; the epochs added have the price of the moment.
    /// @param jobId the job; it must not have ended
    /// @param newLastExecutionEpoch the first epoch in which it does not run any more
    /// @param funding how the payer pays
    function extendJobDuration(
        uint256 jobId,
        uint256 newLastExecutionEpoch,
        Funding calldata funding
    ) external nonReentrant {
        Job storage job = _runningJob(jobId);
        _requirePermission(job.payer, EXTEND_DURATION);
        uint256 end = _endOf(job);
        uint32 duration = job.duration;
        _requireWithin(newLastExecutionEpoch, end + 1, end - duration + MAX_EPOCHS);
        uint256 added = newLastExecutionEpoch - end;
        uint256 price = prices.r1Price(job.jobType);
        uint256 cost = price * job.nodes * added;
        // slither-disable-next-line unused-return
        _prices[jobId].push(duration, SafeCast.toUint96(price));
        job.duration = SafeCast.toUint32(duration + added);
        job.balance += SafeCast.toUint96(cost);
        emit JobDurationExtended(jobId, newLastExecutionEpoch, cost);
        _collect(job.payer, cost, funding);
    }

    /// @notice Adds nodes to a job from this epoch on, at the price of each of its epochs.
    /// @param jobId the job; it must not have ended
    /// @param newNumberOfNodesRequested how many it has then
    /// @param funding how the payer pays
    function extendJobNodes(
        uint256 jobId,
        uint256 newNumberOfNodesRequested,
        Funding calldata funding
    ) external nonReentrant {
        Job storage job = _runningJob(jobId);
        _requirePermission(job.payer, EXTEND_NODES);
        uint256 nodes = job.nodes;
        if (newNumberOfNodesRequested <= nodes || newNumberOfNodesRequested > MAX_NODES) {
            revert InvalidNodeCount(newNumberOfNodesRequested, nodes + 1, MAX_NODES);
        }
        uint32 from = _elapsed(job);
        uint256 cost = _costFrom(jobId, job, from) * (newNumberOfNodesRequested - nodes);
        Checkpoints.Trace208 storage counts = _nodeCounts[jobId];
        // slither-disable-next-line unused-return
        if (counts.length() == 0) counts.push(0, job.nodes);
        // At most 100.
        // forge-lint: disable-next-line(unsafe-typecast)
        uint16 count = uint16(newNumberOfNodesRequested);
        // slither-disable-next-line unused-return
        counts.push(from, count);
        job.nodes = count;
        job.balance += SafeCast.toUint96(cost);
        emit JobNodesExtended(jobId, newNumberOfNodesRequested, cost);
        _collect(job.payer, cost, funding);
    }

    /// @notice Takes back a job that has waited for nodes in vain; everything returns to the payer.
    /// @param jobId the job
    /// @return refund what the payer may withdraw in addition, in 10⁻¹⁸ R1
    function redeemUnusedJob(uint256 jobId) external returns (uint256 refund) {
        Job storage job = _job(jobId);
        address payer = job.payer;
        _requirePermission(payer, REDEEM_UNUSED_JOB);
        if (job.startedAt != 0 || block.timestamp < job.requestedAt + REDEMPTION_COOLDOWN) {
            revert NotRedeemable(jobId);
        }
        refund = job.balance;
        delete _jobs[jobId];
        withdrawable[payer] += refund;
        emit JobRedeemed(jobId, payer, refund);
    }

    /// @notice Price of a job type, in 10⁻⁶ USD per node and epoch.
    /// @param jobType number of the type
    function getPriceForJobType(uint256 jobType) external view returns (uint256) {
        return prices.usdPrice(jobType);
    }

    function _create(
        uint256 jobId,
        address payer,
        uint32 epoch,
        JobCreationRequest calldata request
    ) private returns (uint256 cost) {
        uint256 nodes = request.numberOfNodesRequested;
        uint256 end = request.lastExecutionEpoch;
        _requireWithin(end, uint256(epoch) + TERM_EPOCHS, uint256(epoch) + MAX_EPOCHS);
        if (nodes == 0 || nodes > MAX_NODES) revert InvalidNodeCount(nodes, 1, MAX_NODES);
        uint256 price = prices.r1Price(request.jobType);
        uint32 duration = SafeCast.toUint32(end - epoch);
        cost = price * nodes * duration;

        Job storage job = _jobs[jobId];
        job.payer = payer;
        job.requestEpoch = epoch;
        job.duration = duration;
        job.balance = SafeCast.toUint96(cost);
        job.price = SafeCast.toUint96(price);
        job.requestedAt = SafeCast.toUint32(block.timestamp);
        // At most 100 nodes, and a type that has a price: at most 54.
        // forge-lint: disable-next-line(unsafe-typecast)
        job.nodes = uint16(nodes);
        // forge-lint: disable-next-line(unsafe-typecast)
        job.jobType = uint8(request.jobType);
        job.projectHash = request.projectHash;
        // Counted one by one.
        // forge-lint: disable-next-line(unsafe-typecast)
        _jobsOf[payer].push(uint64(jobId));
        emit JobCreated(jobId, payer, request.jobType, price);
    }

    function _requireWithin(uint256 end, uint256 earliest, uint256 latest) private pure {
        if (end < earliest || end > latest) {
            revert InvalidLastExecutionEpoch(end, earliest, latest);
        }
    }

    /// @dev What one more node costs from an epoch to the end. Walks over the prices of one job.
    function _costFrom(uint256 jobId, Job storage job, uint32 from)
        private
        view
        returns (uint256 cost)
    {
        Checkpoints.Trace208 storage added = _prices[jobId];
        uint256 priceNow = prices.r1Price(job.jobType);
        uint256 end = job.duration;
        for (uint256 i = added.length(); end > from; --i) {
            uint256 begin = 0;
            uint256 price = job.price;
            if (i > 0) {
                Checkpoints.Checkpoint208 memory later = added.at(SafeCast.toUint32(i - 1));
                (begin, price) = (later._key, later._value);
            }
            if (priceNow * 100 > price * (100 + PRICE_TOLERANCE_PERCENT)) {
                revert PriceTooOld(price, priceNow);
            }
            cost += price * (end - (begin > from ? begin : from));
            end = begin;
            if (i == 0) break;
        }
    }

    function _collect(address payer, uint256 cost, Funding calldata funding) private {
        if (block.timestamp > funding.deadline) revert OrderExpired(funding.deadline);
        if (cost > funding.maximum) revert CostExceedsMaximum(cost, funding.maximum);
        if (funding.v != 0) {
            // Whoever saw the permit may have used it before: then the allowance is there.
            try r1.permit(
                payer,
                address(this),
                funding.maximum,
                funding.deadline,
                funding.v,
                funding.r,
                funding.s
            ) {}
                catch {}
        }
        // Only the payer and those it named come here.
        // slither-disable-next-line arbitrary-send-erc20-permit
        r1.safeTransferFrom(payer, address(this), cost);
    }
}

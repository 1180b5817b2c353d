// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {AddressLists} from "./AddressLists.sol";
import {AvailabilityTree} from "./AvailabilityTree.sol";
import {EpochCertificate, EpochCertificates} from "../epochs/EpochCertificates.sol";
import {Placements} from "./Placements.sol";

/// @title What nodes earn
/// @notice Every node of a job is settled by itself for every epoch, with its row of the epoch's
/// certificate, by anybody, in any order; so nobody can settle an epoch without another. A term is
/// released when nothing in it can be settled any more.
abstract contract Settlement is Placements, ReentrancyGuard {
    using AddressLists for address[];
    using EpochCertificates for EpochCertificate;

    /// @notice What a node earned in a term for a licence.
    struct Share {
        address node;
        uint256 licenceId;
    }

    /// @dev An epoch of a job.
    struct Epoch {
        uint256 jobId;
        uint32 epoch;
        uint256 term;
        uint256 price;
        bytes32 availabilityRoot;
        address[] nodes;
        /// Bitmap of the nodes that are settled.
        uint256 settled;
    }

    /// @dev Sums over the shares that are released.
    struct Sums {
        uint256 earned;
        uint256 due;
        uint256 burned;
    }

    /// @notice Availability of a node that missed nothing.
    uint256 public constant MAX_AVAILABILITY = 255;

    /// @notice Availability below which a node earns nothing: 98 % of 255, rounded up.
    uint256 public constant SERVICE_LEVEL = 250;

    /// @notice Share of every payment that is burned, in per cent, rounded down.
    uint256 public constant BURNED_PERCENT = 15;

    /// @notice What a node loses of its share of a term for each epoch below the service level.
    uint256 public constant PENALTY_PERCENT = 10;

    /// @notice The score of a node that never fell below the service level.
    uint256 public constant MAX_SCORE = 1000;

    /// @notice By how much the score falls with every epoch below it, and rises again with every
    /// share that is released without one.
    uint256 public constant SCORE_STEP = 50;

    /// @dev The number of Node Deeds in leaves: `NodeDeed.LICENCE_TYPE`.
    uint8 private constant NODE_DEED = 1;

    mapping(uint256 jobId => mapping(uint32 epoch => uint256)) private _settled;

    /// @dev What shares have earned before penalties, by their key, until they are released.
    mapping(bytes32 share => uint256) private _earned;

    /// @dev Epochs below the service level, by the key of the share of no licence.
    mapping(bytes32 share => uint256) private _failures;

    /// @notice What was released so far to the owners of a Node Deed, after penalties and burning,
    /// in 10⁻¹⁸ R1.
    mapping(uint256 licenceId => uint256) public releasedTo;

    /// @dev What a node lacks to the highest score.
    mapping(address node => uint256) private _scoreLost;

    /// @notice A node was settled for an epoch; the amount is before penalties and burning.
    event NodeSettled(
        uint256 indexed jobId,
        uint32 indexed epoch,
        address indexed node,
        uint256 licenceId,
        uint8 availability,
        uint256 amount
    );

    /// @notice A node did not keep the service level: the job should run on another.
    event NodeBelowServiceLevel(
        uint256 indexed jobId, address indexed node, uint32 indexed epoch, uint8 availability
    );

    /// @notice A share was released; the amount is the operator's, in 10⁻¹⁸ R1.
    event RewardsAllocatedV3(uint256 indexed jobId, address nodeAddress, uint256 r1Amount);

    /// @notice A part of a job's payment was burned.
    event TokensBurned(uint256 indexed jobId, uint256 r1Amount);

    /// @notice The job does not run in the epoch.
    error EpochOutsideJob(uint32 epoch, uint256 startEpoch, uint256 lastExecutionEpoch);

    /// @notice The certificate is not the one that was recorded.
    error CertificateMismatch(uint32 epoch, bytes32 recorded);

    /// @notice It is too late to settle the epoch.
    error SettlementOver(uint32 epoch, uint256 until);

    /// @notice Nodes can still be settled with their rows.
    error SettlementNotOver(uint32 epoch, uint256 until);

    /// @notice The node does not run the job in the epoch.
    error NodeNotPlaced(address node);

    /// @notice The certificate does not contain the row.
    error InvalidProof(address node, bytes32 root);

    /// @notice The term is not over, can still be settled, or is none.
    error TermNotFinal(uint256 jobId, uint256 term);

    /// @notice Settles nodes of a job for an epoch. Those that are settled already are passed over,
    /// so that it does not matter who is first.
    /// @param jobId the job
    /// @param certificate the recorded certificate of the epoch
    /// @param entries rows of nodes of the job
    function settle(
        uint256 jobId,
        EpochCertificate calldata certificate,
        AvailabilityTree.Entry[] calldata entries
    ) external {
        Epoch memory at = _epochOf(jobId, certificate);
        uint256 until = _settleableUntil(at.epoch);
        if (block.timestamp >= until) revert SettlementOver(at.epoch, until);
        uint256 before = at.settled;
        uint256 earned = 0;
        for (uint256 i = 0; i < entries.length; ++i) {
            earned += _settleNode(at, entries[i]);
        }
        _finish(at, before, earned);
    }

    /// @notice Notes that nodes of a job whose rows nobody gave in time had no availability.
    /// @param jobId the job
    /// @param certificate the recorded certificate of the epoch
    function settleAbsent(uint256 jobId, EpochCertificate calldata certificate) external {
        Epoch memory at = _epochOf(jobId, certificate);
        uint256 until = _settleableUntil(at.epoch);
        if (block.timestamp < until) revert SettlementNotOver(at.epoch, until);
        uint256 before = at.settled;
        for (uint256 i = 0; i < at.nodes.length; ++i) {
            if ((before >> i) & 1 == 0) _fail(at, at.nodes[i], 0);
        }
        at.settled = (1 << at.nodes.length) - 1;
        _finish(at, before, 0);
    }

    /// @notice Releases shares of a term: 15 % are burned, 85 % can be withdrawn by who owns the
    /// licence now. What penalties take returns to the payer. Shares that have nothing to release
    /// are passed over.
    /// @param jobId the job
    /// @param term number of the term, from 0; {isTermFinal} must hold
    /// @param shares the shares
    function release(uint256 jobId, uint256 term, Share[] calldata shares) external nonReentrant {
        if (!isTermFinal(jobId, term)) revert TermNotFinal(jobId, term);
        Sums memory sums = Sums(0, 0, 0);
        address[] memory owners = new address[](shares.length);
        for (uint256 i = 0; i < shares.length; ++i) {
            owners[i] = _releaseShare(jobId, term, shares[i], sums);
        }
        if (sums.earned == 0) return;
        Job storage job = _jobs[jobId];
        job.earned -= uint96(sums.earned);
        if (job.closed) {
            // Everything else was returned already.
            job.balance -= uint96(sums.earned);
            withdrawable[job.payer] += sums.earned - sums.due;
        } else {
            job.balance -= uint96(sums.due);
        }
        _enterOperators(jobId, owners);
        emit TokensBurned(jobId, sums.burned);
        r1.burn(sums.burned);
    }

    /// @notice What a share has earned before penalties and was not released yet, in 10⁻¹⁸ R1.
    /// @param jobId the job
    /// @param term number of the term
    /// @param node the node
    /// @param licenceId the Node Deed it earned for
    function earnedBy(uint256 jobId, uint256 term, address node, uint256 licenceId)
        external
        view
        returns (uint256)
    {
        return _earned[_key(jobId, term, node, licenceId)];
    }

    /// @notice In how many epochs of a term a node was below the service level.
    /// @param jobId the job
    /// @param term number of the term
    /// @param node the node
    function failuresOf(uint256 jobId, uint256 term, address node) external view returns (uint256) {
        return _failures[_key(jobId, term, node, 0)];
    }

    /// @notice Whether a node is settled for an epoch.
    /// @param jobId the job
    /// @param epoch the epoch
    /// @param node the node
    function isSettled(uint256 jobId, uint32 epoch, address node) external view returns (bool) {
        address[] memory nodes = nodesOf(jobId, epoch);
        uint256 index = nodes.indexOf(node);
        return index < nodes.length && (_settled[jobId][epoch] >> index) & 1 == 1;
    }

    /// @notice How well a node kept the service level of its jobs, from 0 to 1000.
    /// @param node the node
    function nodeScore(address node) external view returns (uint256) {
        return MAX_SCORE - _scoreLost[node];
    }

    /// @dev The epoch of a certificate, once everything but its time is checked.
    function _epochOf(uint256 jobId, EpochCertificate calldata certificate)
        private
        view
        returns (Epoch memory at)
    {
        Job storage job = _startedJob(jobId);
        if (job.closed) revert JobIsClosed(jobId);
        uint32 epoch = certificate.epoch;
        uint256 end = _endOf(job);
        if (epoch < job.startEpoch || epoch >= end) {
            revert EpochOutsideJob(epoch, job.startEpoch, end);
        }
        bytes32 recorded = controller.outcomeHash(epoch);
        if (certificate.outcomeHash() != recorded) revert CertificateMismatch(epoch, recorded);
        uint32 offset = epoch - job.startEpoch;
        return Epoch(
            jobId,
            epoch,
            offset / TERM_EPOCHS,
            _priceAt(jobId, job, offset),
            certificate.availabilityRoot,
            nodesOf(jobId, epoch),
            _settled[jobId][epoch]
        );
    }

    function _settleNode(Epoch memory at, AvailabilityTree.Entry calldata entry)
        private
        returns (uint256 amount)
    {
        uint256 index = at.nodes.indexOf(entry.node);
        if (index == at.nodes.length) revert NodeNotPlaced(entry.node);
        if ((at.settled >> index) & 1 == 1) return 0;
        if (!AvailabilityTree.contains(at.availabilityRoot, at.epoch, entry)) {
            revert InvalidProof(entry.node, at.availabilityRoot);
        }
        at.settled |= 1 << index;
        if (entry.availability < SERVICE_LEVEL) {
            _fail(at, entry.node, entry.availability);
        } else if (entry.licenceType == NODE_DEED) {
            amount = at.price * entry.availability / MAX_AVAILABILITY;
            _earned[_key(at.jobId, at.term, entry.node, entry.licenceId)] += amount;
        }
        emit NodeSettled(
            at.jobId, at.epoch, entry.node, entry.licenceId, entry.availability, amount
        );
    }

    function _fail(Epoch memory at, address node, uint8 availability) private {
        ++_failures[_key(at.jobId, at.term, node, 0)];
        _scoreLost[node] = Math.min(_scoreLost[node] + SCORE_STEP, MAX_SCORE);
        emit NodeBelowServiceLevel(at.jobId, node, at.epoch, availability);
    }

    function _finish(Epoch memory at, uint256 before, uint256 earned) private {
        if (at.settled == before) return;
        _settled[at.jobId][at.epoch] = at.settled;
        if (at.settled == (1 << at.nodes.length) - 1) ++_settledEpochs[at.jobId][at.term];
        Job storage job = _jobs[at.jobId];
        job.earned += SafeCast.toUint96(earned);
        if (job.settledTo <= at.epoch) job.settledTo = at.epoch + 1;
    }

    function _releaseShare(uint256 jobId, uint256 term, Share calldata share, Sums memory sums)
        private
        returns (address owner)
    {
        bytes32 key = _key(jobId, term, share.node, share.licenceId);
        uint256 earned = _earned[key];
        if (earned == 0) return address(0);
        delete _earned[key];
        sums.earned += earned;
        // A quorum could have certified a licence that there is not: its share is the payer's.
        try nodeDeed.ownerOf(share.licenceId) returns (address holder) {
            owner = holder;
        } catch {
            return address(0);
        }
        uint256 failures = _failures[_key(jobId, term, share.node, 0)];
        uint256 kept = 100 - Math.min(failures * PENALTY_PERCENT, 100);
        uint256 due = earned * kept / 100;
        uint256 burned = due * BURNED_PERCENT / 100;
        sums.due += due;
        sums.burned += burned;
        withdrawable[owner] += due - burned;
        releasedTo[share.licenceId] += due - burned;
        if (failures == 0) {
            uint256 lost = _scoreLost[share.node];
            if (lost > 0) _scoreLost[share.node] = lost - SCORE_STEP;
        }
        emit RewardsAllocatedV3(jobId, share.node, due - burned);
    }

    function _key(uint256 jobId, uint256 term, address node, uint256 licenceId)
        private
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(jobId, term, node, licenceId));
    }
}

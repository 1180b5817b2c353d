// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {AddressLists} from "./AddressLists.sol";
import {CodeStore} from "../epochs/CodeStore.sol";
import {CompactSignature} from "../epochs/EpochCertificates.sol";
import {DecisionCertificate} from "../epochs/DecisionCertificates.sol";
import {JobLedger} from "./JobLedger.sol";
import {Jobs} from "./Jobs.sol";

/// @title Where jobs run
/// @notice A quorum of oracles decides which nodes run a job from an epoch on. Every set is kept,
/// so that epochs can be settled later; none changes once something of its epochs is settled.
abstract contract Placements is JobLedger {
    using Checkpoints for Checkpoints.Trace208;

    /// @dev Beyond this no more operators of a job are entered: what can be kept in one account.
    uint256 private constant MAX_OPERATORS = 700;

    /// @dev First epoch of a set → the account whose code it is.
    mapping(uint256 jobId => Checkpoints.Trace208) private _sets;

    /// @dev The account whose code is the list of operators.
    mapping(uint256 jobId => address) private _operatorsAt;

    /// @notice The first nodes of a job were recorded: its epochs are counted from here.
    event JobStarted(
        uint256 indexed jobId, address indexed owner, uint256 startEpoch, uint256 lastExecutionEpoch
    );

    /// @notice Other nodes run a job; nobody when it was stopped.
    event NodesUpdated(uint256 indexed jobId, address[] activeNodes);

    /// @notice Which decision changed the nodes, and from which epoch on.
    event PlacementRecorded(
        uint256 indexed jobId, uint32 indexed fromEpoch, uint256 indexed sequence
    );

    /// @notice The decision is about something else, or about other nodes.
    error DecisionMismatch(bytes32 topic, bytes32 valueHash);

    /// @notice Decisions about a job are taken one after the other.
    error SequenceMismatch(uint64 sequence, uint256 expected);

    /// @notice Nodes are recorded neither for what is settled or long past, nor far ahead, nor for
    /// an epoch in which the job does not run.
    error EpochNotRecordable(uint32 epoch, uint256 earliest, uint256 latest);

    /// @notice More nodes than are paid for.
    error TooManyNodes(uint256 count, uint256 most);

    /// @notice Nodes are given in ascending order, each once; zero is none.
    error NodesNotAscending(address node);

    /// @notice A job that has not started cannot be stopped.
    error NothingToStop(uint256 jobId);

    /// @notice Records which nodes run a job from an epoch on. Anyone may call it.
    /// @param jobId the job
    /// @param fromEpoch the first epoch the nodes run it in
    /// @param nodes the nodes, ascending; none stops the job for ever
    /// @param decision what a quorum signed about the topic {placementTopic}
    /// @param bitmap the signing oracles, by index
    /// @param signatures one per bit, in ascending order of index
    function recordNodes(
        uint256 jobId,
        uint32 fromEpoch,
        address[] calldata nodes,
        DecisionCertificate calldata decision,
        uint32 bitmap,
        CompactSignature[] calldata signatures
    ) external {
        Job storage job = _job(jobId);
        if (job.stopped || job.closed) revert JobHasEnded(jobId);
        uint32 sequence = job.sequence;
        if (decision.sequence != sequence) revert SequenceMismatch(decision.sequence, sequence);
        bytes32 valueHash = keccak256(abi.encode(jobId, fromEpoch, nodes));
        if (decision.topic != placementTopic(jobId) || decision.valueHash != valueHash) {
            revert DecisionMismatch(decision.topic, decision.valueHash);
        }
        controller.requireDecision(decision, bitmap, signatures);

        _requireRecordable(jobId, job, fromEpoch);
        job.sequence = sequence + 1;
        job.nodesChangedAt = SafeCast.toUint32(block.timestamp);
        if (nodes.length == 0) _stop(jobId, job, fromEpoch);
        else _place(jobId, job, fromEpoch, nodes);
        emit NodesUpdated(jobId, nodes);
        emit PlacementRecorded(jobId, fromEpoch, sequence);
    }

    /// @notice What decisions about the nodes of a job are about.
    /// @param jobId the job
    function placementTopic(uint256 jobId) public pure returns (bytes32) {
        return keccak256(abi.encode("r1.placement", jobId));
    }

    /// @notice The nodes that were recorded last; none when the job has not started or was stopped.
    /// @param jobId the job
    function getJobActiveNodes(uint256 jobId) public view returns (address[] memory) {
        if (_job(jobId).stopped) return new address[](0);
        return AddressLists.read(address(uint160(_sets[jobId].latest())));
    }

    /// @notice The nodes that run a job in an epoch; none in an epoch in which it does not run.
    /// @param jobId the job
    /// @param epoch the epoch
    function nodesOf(uint256 jobId, uint32 epoch) public view returns (address[] memory) {
        if (epoch >= _endOf(_job(jobId))) return new address[](0);
        return AddressLists.read(address(uint160(_sets[jobId].upperLookup(epoch))));
    }

    /// @inheritdoc Jobs
    /// @dev Who owned the licence of a node when the node was recorded, and who was paid. At most
    /// 700; a node without a Node Deed has nobody here.
    function partiesOf(uint256 jobId)
        external
        view
        returns (address payer, address[] memory operators)
    {
        payer = _job(jobId).payer;
        operators = AddressLists.read(_operatorsAt[jobId]);
    }

    /// @dev Notes who is paid for a job. Leaves out those for whom there is no room.
    function _enterOperators(uint256 jobId, address[] memory more) internal {
        address[] memory known = AddressLists.read(_operatorsAt[jobId]);
        address[] memory all = AddressLists.union(known, more);
        if (all.length == known.length || all.length > MAX_OPERATORS) return;
        _operatorsAt[jobId] = CodeStore.write(abi.encode(all));
    }

    function _requireRecordable(uint256 jobId, Job storage job, uint32 fromEpoch) private view {
        uint256 current = controller.currentEpoch();
        uint256 earliest = current > SETTLEMENT_EPOCHS ? current - SETTLEMENT_EPOCHS : 0;
        if (job.requestEpoch > earliest) earliest = job.requestEpoch;
        if (job.settledTo > earliest) earliest = job.settledTo;
        // slither-disable-next-line unused-return
        (, uint48 newest,) = _sets[jobId].latestCheckpoint();
        if (newest > earliest) earliest = newest;
        uint256 latest = current + 1;
        if (job.startedAt != 0 && _endOf(job) <= latest) latest = _endOf(job) - 1;
        if (fromEpoch < earliest || fromEpoch > latest) {
            revert EpochNotRecordable(fromEpoch, earliest, latest);
        }
    }

    function _stop(uint256 jobId, Job storage job, uint32 fromEpoch) private {
        if (job.startedAt == 0) revert NothingToStop(jobId);
        job.stopped = true;
        job.duration = fromEpoch - job.startEpoch;
    }

    function _place(uint256 jobId, Job storage job, uint32 fromEpoch, address[] calldata nodes)
        private
    {
        if (job.startedAt == 0) {
            job.startedAt = SafeCast.toUint32(block.timestamp);
            job.startEpoch = fromEpoch;
            emit JobStarted(jobId, job.payer, fromEpoch, _endOf(job));
        }
        uint256 most = _nodesAt(jobId, job, fromEpoch - job.startEpoch);
        if (nodes.length > most) revert TooManyNodes(nodes.length, most);
        address last = address(0);
        for (uint256 i = 0; i < nodes.length; ++i) {
            if (nodes[i] <= last) revert NodesNotAscending(nodes[i]);
            last = nodes[i];
        }
        address set = CodeStore.write(abi.encode(nodes));
        // slither-disable-next-line unused-return
        _sets[jobId].push(fromEpoch, uint160(set));
        _enterOperators(jobId, _ownersOf(nodes));
    }

    /// @dev The owners of the Node Deeds of nodes, with zero for a node that has none.
    function _ownersOf(address[] calldata nodes) private view returns (address[] memory owners) {
        owners = new address[](nodes.length);
        for (uint256 i = 0; i < nodes.length; ++i) {
            uint256 licenceId = nodeDeed.nodeToLicenseId(nodes[i]);
            if (licenceId != 0) owners[i] = nodeDeed.ownerOf(licenceId);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {CodeStore} from "./CodeStore.sol";

/// @title When epochs are, and which oracles each has
/// @notice A change of oracles announced in epoch e takes effect in e+2, so everyone knows the set
/// of an epoch, and the digest of everything it must agree on, before the epoch begins.
abstract contract Oracles is Ownable2Step {
    using Checkpoints for Checkpoints.Trace224;

    /// @notice Lengths that every oracle must agree on.
    struct Timing {
        /// Seconds in an epoch.
        uint32 epochDuration;
        /// Milliseconds in a slot; divides the epoch.
        uint32 slotMillis;
        /// δ: largest difference between a beat's time and its arrival.
        uint32 toleranceMillis;
        /// Δ_late: after it the table of an ended epoch is frozen.
        uint32 lateMillis;
        /// Δ_commit: how long commits are taken after the q-th.
        uint32 commitMillis;
    }

    /// @dev The oracles of all epochs from one on, until the next set; kept as code.
    struct OracleSet {
        bytes32 configDigest;
        address[] oracles;
        /// Bitmap of oracles whose signatures do not count: suspended, but too few to leave out.
        uint32 barred;
    }

    /// @notice Whether an oracle may serve, and for what it can still be suspended.
    struct Standing {
        /// The epoch it is suspended from; zero while it is not.
        uint32 suspendedFrom;
        /// Evidence about earlier epochs was dealt with when it was reinstated.
        uint32 answersFrom;
    }

    /// @notice The availability byte below which an oracle's observation is excluded.
    uint8 public constant THETA = 250;

    /// @notice Version of the agreement protocol.
    uint8 public constant PROTOCOL_VERSION = 1;

    uint256 internal constant MIN_ORACLES = 4;
    uint256 private constant MAX_ORACLES = 31;

    /// @notice Random value that tells this network from others with equal addresses and chain id.
    bytes32 public immutable networkId;

    /// @notice Seconds in an epoch.
    uint32 public immutable epochDuration;

    uint32 private immutable _slotMillis;
    uint32 private immutable _toleranceMillis;
    uint32 private immutable _lateMillis;
    uint32 private immutable _commitMillis;

    /// @dev First epoch of a set → the account whose code is the set.
    Checkpoints.Trace224 private _sets;

    /// @notice Whether an oracle is suspended.
    mapping(address oracle => Standing) public standingOf;

    /// @notice Start of epoch 0; zero until it is scheduled.
    /// @dev Last, so that the pending epoch of the controller shares its word.
    uint64 public startEpochTimestamp;

    /// @notice Governance fixed the start of epoch 0.
    event GenesisScheduled(uint64 startEpochTimestamp);

    /// @notice The oracles of all epochs from `fromEpoch` on: named by governance, or what a
    /// suspension left.
    event OraclesAnnounced(uint32 indexed fromEpoch, address[] oracles, bytes32 configDigest);

    /// @notice A length is zero, or the slot does not divide the epoch.
    error InvalidTiming();

    /// @notice The start of epoch 0 is fixed already.
    error GenesisAlreadyScheduled(uint64 startEpochTimestamp);

    /// @notice The start of epoch 0 must lie in the future.
    error GenesisNotInFuture(uint64 startEpochTimestamp);

    /// @notice There are no epochs yet.
    error TimestampBeforeStartEpoch();

    /// @notice Fewer than 4 or more than 31 oracles.
    error InvalidOracleCount(uint256 count);

    /// @notice An oracle is zero or occurs twice.
    error InvalidOracle(address oracle);

    /// @notice Governance must reinstate an oracle before it can serve again.
    error OracleIsSuspended(address oracle, uint32 fromEpoch);

    /// @notice An oracle has no active licence whose owner is a verified entity.
    error OracleNotVerified(address oracle);

    /// @notice An entity would have two oracles.
    error SecondOracleOfEntity(address oracle, bytes32 entityId);

    /// @notice No oracles were announced yet.
    error NoOracles();

    /// @dev Fixes everything but the start and the oracles.
    /// @param networkId_ random 32 bytes
    /// @param governance who may announce oracles and schedule genesis
    /// @param timing the lengths
    constructor(bytes32 networkId_, address governance, Timing memory timing) Ownable(governance) {
        uint256 epochMillis = uint256(timing.epochDuration) * 1000;
        if (epochMillis == 0 || timing.slotMillis == 0 || epochMillis % timing.slotMillis != 0) {
            revert InvalidTiming();
        }
        networkId = networkId_;
        epochDuration = timing.epochDuration;
        _slotMillis = timing.slotMillis;
        _toleranceMillis = timing.toleranceMillis;
        _lateMillis = timing.lateMillis;
        _commitMillis = timing.commitMillis;
    }

    /// @notice Fixes the start of epoch 0, once. Oracles must have been announced.
    /// @param timestamp seconds since 1970, in the future
    function scheduleGenesis(uint64 timestamp) external onlyOwner {
        if (startEpochTimestamp != 0) revert GenesisAlreadyScheduled(startEpochTimestamp);
        if (timestamp <= block.timestamp) revert GenesisNotInFuture(timestamp);
        if (_sets.length() == 0) revert NoOracles();
        startEpochTimestamp = timestamp;
        emit GenesisScheduled(timestamp);
    }

    /// @notice Announces the oracles of all epochs from the current one + 2 on; from epoch 0 on
    /// while genesis is not scheduled. A second announcement for the same epoch replaces the first.
    /// Each must hold an active licence, and a verified entity of its own stands behind each.
    /// @param oracles 4 to 31 distinct addresses; an oracle's index is its bit in certificates
    function announceOracles(address[] calldata oracles) external onlyOwner {
        uint256 n = oracles.length;
        if (n < MIN_ORACLES || n > MAX_ORACLES) revert InvalidOracleCount(n);
        for (uint256 i = 0; i < n; ++i) {
            if (oracles[i] == address(0)) revert InvalidOracle(address(0));
            for (uint256 j = 0; j < i; ++j) {
                if (oracles[i] == oracles[j]) revert InvalidOracle(oracles[i]);
            }
            _requireNotSuspended(oracles[i]);
        }
        _requireOneOraclePerEntity(oracles);
        _announce(oracles, 0);
    }

    /// @notice The epoch of this block.
    function currentEpoch() public view returns (uint32) {
        uint256 begun = _epochsBegunAt(block.timestamp);
        if (begun == 0) revert TimestampBeforeStartEpoch();
        return SafeCast.toUint32(begun - 1);
    }

    /// @notice The oracles of an epoch and the digest of their configuration, from one block.
    /// @param epoch the epoch
    function oracleSetOf(uint32 epoch) external view returns (OracleSet memory) {
        return _setOf(epoch);
    }

    /// @notice The oracles of an epoch, by index. Decided for good when the epoch before begins.
    /// @param epoch the epoch
    function oraclesOf(uint32 epoch) external view returns (address[] memory) {
        return _setOf(epoch).oracles;
    }

    /// @notice Digest of everything the oracles of an epoch must agree on before they start.
    /// @param epoch the epoch
    function configDigestOf(uint32 epoch) external view returns (bytes32) {
        return _setOf(epoch).configDigest;
    }

    /// @notice The oracles of the current epoch, or of epoch 0 before it begins.
    function getOracles() external view returns (address[] memory) {
        uint256 begun = _epochsBegunAt(block.timestamp);
        return _setOf(SafeCast.toUint32(begun == 0 ? 0 : begun - 1)).oracles;
    }

    /// @dev The verified entity behind an oracle; zero when there is none.
    /// @param oracle the oracle
    function _entityOf(address oracle) internal view virtual returns (bytes32);

    /// @dev The lengths as they were given.
    function _timing() internal view returns (Timing memory) {
        return Timing(epochDuration, _slotMillis, _toleranceMillis, _lateMillis, _commitMillis);
    }

    /// @dev The set of all epochs from the current one + 2 on. It replaces one announced for them.
    function _announce(address[] memory oracles, uint32 barred) internal {
        uint32 fromEpoch =
            startEpochTimestamp == 0 ? 0 : SafeCast.toUint32(_epochsBegunAt(block.timestamp) + 1);
        bytes32 configDigest = _configDigest(oracles);
        address set = CodeStore.write(abi.encode(OracleSet(configDigest, oracles, barred)));
        // slither-disable-next-line unused-return
        _sets.push(fromEpoch, uint160(set));
        emit OraclesAnnounced(fromEpoch, oracles, configDigest);
    }

    function _setOf(uint32 epoch) internal view returns (OracleSet memory) {
        return _read(_sets.upperLookupRecent(epoch));
    }

    /// @dev The set that an announcement now would replace or follow.
    function _newestSet() internal view returns (OracleSet memory) {
        return _read(_sets.latest());
    }

    function _endOf(uint64 start, uint32 epoch) internal view returns (uint256) {
        return start + (uint256(epoch) + 1) * epochDuration;
    }

    /// @dev How many epochs have begun: the current epoch + 1, and 0 before epoch 0.
    function _epochsBegunAt(uint256 time) internal view returns (uint256) {
        uint64 start = startEpochTimestamp;
        return start == 0 || time < start ? 0 : (time - start) / epochDuration + 1;
    }

    function _requireOneOraclePerEntity(address[] calldata oracles) private view {
        bytes32[] memory seen = new bytes32[](oracles.length);
        for (uint256 i = 0; i < oracles.length; ++i) {
            seen[i] = _entityOf(oracles[i]);
            if (seen[i] == bytes32(0)) revert OracleNotVerified(oracles[i]);
            for (uint256 j = 0; j < i; ++j) {
                if (seen[i] == seen[j]) revert SecondOracleOfEntity(oracles[i], seen[i]);
            }
        }
    }

    function _requireNotSuspended(address oracle) private view {
        uint32 from = standingOf[oracle].suspendedFrom;
        if (from != 0) revert OracleIsSuspended(oracle, from);
    }

    function _read(uint224 pointer) private view returns (OracleSet memory) {
        if (pointer == 0) revert NoOracles();
        // Only addresses are pushed.
        // forge-lint: disable-next-line(unsafe-typecast)
        return abi.decode(CodeStore.read(address(uint160(pointer))), (OracleSet));
    }

    function _configDigest(address[] memory oracles) private view returns (bytes32) {
        return keccak256(
            abi.encode(
                networkId,
                block.chainid,
                address(this),
                oracles,
                uint256(epochDuration) * 1000,
                _slotMillis,
                _toleranceMillis,
                _lateMillis,
                _commitMillis,
                THETA,
                PROTOCOL_VERSION
            )
        );
    }
}

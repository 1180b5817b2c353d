// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Discipline} from "./Discipline.sol";
import {CompactSignature, EpochCertificate, EpochCertificates} from "./EpochCertificates.sol";
import {Quorum} from "./Quorum.sol";
import {VoidEpoch, VoidEpochs} from "./VoidEpochs.sol";

/// @title What was recorded about each epoch
/// @notice Epochs are recorded in order, each once: with the certificate of its oracles or, when none
/// came for long, as void. A recorded epoch is final.
abstract contract Epochs is Discipline {
    using EpochCertificates for EpochCertificate;
    using VoidEpochs for VoidEpoch;

    /// @dev Eight 32-bit times share a word, so most epochs add no word for theirs.
    uint256 private constant TIMES_PER_WORD = 8;

    /// @notice How many epochs must have begun after an epoch before it can be voided; 7 in production.
    uint32 public immutable voidAfter;

    /// @notice The epoch this contract waits for: every smaller one is recorded for ever.
    uint32 public pendingEpoch;

    /// @notice The newest recorded root of the cumulative rewards.
    bytes32 public cumulativeRoot;

    /// @notice Outcome hash of each recorded epoch.
    mapping(uint256 epoch => bytes32) public outcomeHash;

    /// @dev When each epoch was recorded, in seconds after the start of epoch 0.
    mapping(uint256 word => uint256) private _recordedAfter;

    /// @notice A certificate was recorded.
    event EpochCertified(
        uint32 indexed epoch,
        bytes32 indexed outcomeHash,
        EpochCertificate certificate,
        uint32 signers
    );

    /// @notice A quorum voided an epoch that nobody certified.
    event EpochVoided(
        uint32 indexed epoch, bytes32 indexed outcomeHash, VoidEpoch voided, uint32 signers
    );

    /// @notice Governance voided an epoch. Nobody earned anything in it.
    event EpochVoidedByGovernance(uint32 indexed epoch, bytes32 indexed outcomeHash);

    /// @notice The certificate is for another epoch than the one waited for.
    error EpochNotPending(uint32 epoch, uint32 pendingEpoch);

    /// @notice The epoch has not ended.
    error EpochNotOver(uint32 epoch, uint256 endsAt);

    /// @notice The epoch can still be certified; it cannot be voided before another epoch begins.
    error EpochNotVoidable(uint32 epoch, uint256 firstVoidableIn);

    /// @notice The void was made for another history than the recorded one.
    error PreviousOutcomeMismatch(bytes32 expected);

    /// @notice The certificate was made under another configuration or by another oracle set.
    error ConfigDigestMismatch(bytes32 expected);

    /// @notice What was asked for is not decided yet.
    error NotDecided(uint32 epoch);

    /// @param networkId_ random 32 bytes
    /// @param governance who may announce oracles, schedule genesis and void epochs
    /// @param timing the lengths
    /// @param voidAfter_ how many epochs an epoch waits for its certificate before it can be voided
    constructor(bytes32 networkId_, address governance, Timing memory timing, uint32 voidAfter_)
        Discipline(networkId_, governance, timing)
    {
        if (voidAfter_ == 0) revert InvalidTiming();
        voidAfter = voidAfter_;
    }

    /// @notice Records the certificate of the pending epoch. Anyone may call it.
    /// @param certificate what a quorum signed
    /// @param bitmap the signing oracles, by index
    /// @param signatures one per bit, in ascending order of index
    function submitEpoch(
        EpochCertificate calldata certificate,
        uint32 bitmap,
        CompactSignature[] calldata signatures
    ) external {
        uint32 epoch = certificate.epoch;
        uint64 start = startEpochTimestamp;
        if (epoch != pendingEpoch) revert EpochNotPending(epoch, pendingEpoch);
        if (start == 0) revert TimestampBeforeStartEpoch();
        uint256 endsAt = _endOf(start, epoch);
        if (block.timestamp < endsAt) revert EpochNotOver(epoch, endsAt);

        OracleSet memory set = _setOf(epoch);
        if (certificate.configDigest != set.configDigest) {
            revert ConfigDigestMismatch(set.configDigest);
        }
        _requireSigned(set, certificate.structHash(), bitmap, signatures);

        bytes32 outcome = certificate.outcomeHash();
        cumulativeRoot = certificate.cumulativeRoot;
        _record(start, epoch, outcome);
        emit EpochCertified(epoch, outcome, certificate, bitmap);
    }

    /// @notice Records that the pending epoch stays without a certificate, and what it pays instead:
    /// each node the median of its last seven certified epochs, 250 at most. Anyone may call it.
    /// @dev The rule itself is the oracles' to follow: this contract does not see their tables. The
    /// reward contract bounds what a wrong root could pay, as it does for certificates.
    /// @param voided what a quorum of the current oracles signed; those of the epoch may be gone
    /// @param bitmap the signing oracles, by index
    /// @param signatures one per bit, in ascending order of index
    function submitVoid(
        VoidEpoch calldata voided,
        uint32 bitmap,
        CompactSignature[] calldata signatures
    ) external {
        uint32 epoch = voided.epoch;
        _requireVoidable(epoch, voided.previousOutcomeHash);
        OracleSet memory set = _setInOffice(voided.configDigest);
        _requireSigned(set, voided.structHash(), bitmap, signatures);

        bytes32 outcome = voided.outcomeHash();
        cumulativeRoot = voided.cumulativeRoot;
        _record(startEpochTimestamp, epoch, outcome);
        emit EpochVoided(epoch, outcome, voided, bitmap);
    }

    /// @notice Voids the pending epoch when not even a quorum of today's oracles comes together. It
    /// pays nothing: the cumulative root stays. For governance alone, which is meant to be a time-lock.
    /// @param epoch the pending epoch
    /// @param previousOutcomeHash outcome hash of the epoch before, or zero for epoch 0
    function voidByGovernance(uint32 epoch, bytes32 previousOutcomeHash) external onlyOwner {
        _requireVoidable(epoch, previousOutcomeHash);
        bytes32 outcome =
            VoidEpochs.governanceOutcome(_setOf(epoch).configDigest, epoch, previousOutcomeHash);
        _record(startEpochTimestamp, epoch, outcome);
        emit EpochVoidedByGovernance(epoch, outcome);
    }

    /// @notice When a recorded epoch was recorded; zero when it is not.
    /// @param epoch the epoch
    function recordedAt(uint32 epoch) external view returns (uint256) {
        return epoch < pendingEpoch ? startEpochTimestamp + _recordedAfterStart(epoch) : 0;
    }

    /// @notice beacon(e): the configuration digest, the epoch, and the outcome hash of the newest
    /// epoch up to e−2 that was recorded by the end of e−1, or zero when there is none.
    /// @param epoch the epoch
    /// @param asOf a time; only blocks up to it count, so that a reader may stay with final ones
    /// @dev Reverts with {NotDecided} while blocks after `asOf` could change the answer.
    function beacon(uint32 epoch, uint64 asOf) external view returns (bytes32) {
        uint64 start = startEpochTimestamp;
        if (start == 0 || epoch > _epochsBegunAt(asOf)) revert NotDecided(epoch);
        bytes32 newest = epoch < 2 ? bytes32(0) : _newestOutcome(start, epoch, asOf);
        return keccak256(abi.encode(_setOf(epoch).configDigest, epoch, newest));
    }

    /// @notice Whether governance voided a recorded epoch.
    /// @param epoch the epoch
    function isVoidedByGovernance(uint32 epoch) external view returns (bool) {
        return epoch < pendingEpoch
            && outcomeHash[epoch]
                == VoidEpochs.governanceOutcome(
                _setOf(epoch).configDigest, epoch, _outcomeBefore(epoch)
            );
    }

    /// @dev The set of the current epoch or, so that oracles may finish what they began, of the one
    /// before.
    function _setInOffice(bytes32 configDigest) internal view returns (OracleSet memory set) {
        uint32 epoch = currentEpoch();
        set = _setOf(epoch);
        if (configDigest != set.configDigest && epoch > 0) set = _setOf(epoch - 1);
        if (configDigest != set.configDigest) revert ConfigDigestMismatch(set.configDigest);
    }

    /// @dev Reverts unless a quorum of a set signed a struct in the domain of this contract.
    function _requireSigned(
        OracleSet memory set,
        bytes32 structHash,
        uint32 bitmap,
        CompactSignature[] calldata signatures
    ) internal view {
        Quorum.verify(set.oracles, set.barred, _hashTypedDataV4(structHash), bitmap, signatures);
    }

    function _record(uint64 start, uint32 epoch, bytes32 outcome) private {
        pendingEpoch = epoch + 1;
        outcomeHash[epoch] = outcome;
        _recordedAfter[
            epoch / TIMES_PER_WORD
        ] |= uint256(SafeCast.toUint32(block.timestamp - start)) << _shiftOf(epoch);
    }

    function _requireVoidable(uint32 epoch, bytes32 previousOutcomeHash) private view {
        if (epoch != pendingEpoch) revert EpochNotPending(epoch, pendingEpoch);
        uint256 first = uint256(epoch) + voidAfter;
        if (currentEpoch() < first) revert EpochNotVoidable(epoch, first);
        bytes32 previous = _outcomeBefore(epoch);
        if (previousOutcomeHash != previous) revert PreviousOutcomeMismatch(previous);
    }

    function _outcomeBefore(uint32 epoch) private view returns (bytes32) {
        return epoch == 0 ? bytes32(0) : outcomeHash[epoch - 1];
    }

    /// @dev Binary search: the times of recording never decrease.
    function _newestOutcome(uint64 start, uint32 epoch, uint64 asOf)
        private
        view
        returns (bytes32)
    {
        uint256 cutoff = _endOf(start, epoch - 1);
        bool closed = asOf > cutoff;
        if (!closed) cutoff = asOf;
        uint256 low = 0;
        uint256 high = pendingEpoch < epoch - 1 ? pendingEpoch : epoch - 1;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (start + _recordedAfterStart(middle) <= cutoff) low = middle + 1;
            else high = middle;
        }
        // Nothing newer than e−2 counts, so once that is there the answer cannot change.
        if (!closed && low != epoch - 1) revert NotDecided(epoch);
        return low == 0 ? bytes32(0) : outcomeHash[low - 1];
    }

    function _recordedAfterStart(uint256 epoch) private view returns (uint256) {
        return uint32(_recordedAfter[epoch / TIMES_PER_WORD] >> _shiftOf(epoch));
    }

    function _shiftOf(uint256 epoch) private pure returns (uint256) {
        return (epoch % TIMES_PER_WORD) * 32;
    }
}

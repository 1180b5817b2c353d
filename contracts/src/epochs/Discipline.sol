// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {CompactSignature} from "./EpochCertificates.sol";
import {Oracles} from "./Oracles.sol";
import {Statement, Statements} from "./Statements.sol";

/// @title What becomes of an oracle that contradicts itself
/// @notice Two signed statements of which an honest oracle makes only one suspend it, from the
/// current epoch + 2 on. Certificates of epochs before that are judged as if nothing had happened.
abstract contract Discipline is EIP712, Oracles {
    /// @notice Evidence suspends an oracle.
    event OracleSuspended(address indexed oracle, uint32 fromEpoch, bytes32 evidenceHash);

    /// @notice Governance lets an oracle serve again, once it is announced.
    event OracleReinstated(address indexed oracle, string reason);

    /// @notice Both statements can be honest: they are equal, or not about one kind of thing.
    error NoContradiction();

    /// @notice The epoch has not ended, so nobody can have said anything about it.
    error EvidenceTooEarly(uint32 epoch);

    /// @notice Evidence about this epoch was dealt with when governance reinstated the oracle.
    error EvidenceSpent(uint32 epoch, uint32 answersFrom);

    /// @notice The accused is not an oracle of the epoch under this configuration.
    error NotAnOracleOf(uint32 epoch, address oracle);

    /// @notice A signature is malformed, has a high s, or is not by the accused.
    error NotSignedBy(address oracle);

    /// @notice Only a suspended oracle can be reinstated.
    error NotSuspended(address oracle);

    /// @param networkId_ random 32 bytes
    /// @param governance who may announce and reinstate oracles and schedule genesis
    /// @param timing the lengths
    constructor(bytes32 networkId_, address governance, Timing memory timing)
        Oracles(networkId_, governance, timing)
        EIP712("R1Availability", "1")
    {}

    /// @notice Suspends an oracle that signed two statements which exclude each other: of one kind,
    /// about one epoch and view, under one configuration. Anyone may call it.
    /// @dev Evidence twice is refused: an oracle is suspended once, and a reinstated one answers only
    /// for what it says afterwards.
    /// @param oracle the accused
    /// @param kind 1 ObsCommit, 2 ObsReveal, 7 Prepare, 8 Commit
    /// @param first `abi.encode` of what it signed
    /// @param firstSignature its signature
    /// @param second `abi.encode` of what it signed as well
    /// @param secondSignature its signature
    function submitEvidence(
        address oracle,
        uint8 kind,
        bytes calldata first,
        CompactSignature calldata firstSignature,
        bytes calldata second,
        CompactSignature calldata secondSignature
    ) external {
        Statement memory one = Statements.read(kind, oracle, first);
        Statement memory other = Statements.read(kind, oracle, second);
        _requireContradiction(one, other);
        _requireAnswerable(oracle, one);
        _requireSignedBy(oracle, one.structHash, firstSignature);
        _requireSignedBy(oracle, other.structHash, secondSignature);
        _suspend(oracle, _evidenceHash(one.structHash, other.structHash));
    }

    /// @notice Lets a suspended oracle be announced again. Whatever it signed about epochs before the
    /// current one is dealt with.
    /// @param oracle the oracle
    /// @param reason why, for the record
    function reinstate(address oracle, string calldata reason) external onlyOwner {
        if (standingOf[oracle].suspendedFrom == 0) revert NotSuspended(oracle);
        standingOf[oracle] = Standing(0, currentEpoch());
        emit OracleReinstated(oracle, reason);
    }

    /// @dev Leaves the oracle out when enough remain. Otherwise the set stays as it is, for n below 4
    /// tolerates no fault at all, but the oracle's signature no longer counts in it.
    function _suspend(address oracle, bytes32 evidenceHash) private {
        uint32 fromEpoch = currentEpoch() + 2;
        standingOf[oracle].suspendedFrom = fromEpoch;
        emit OracleSuspended(oracle, fromEpoch, evidenceHash);
        OracleSet memory set = _newestSet();
        (bool found, uint256 index) = _indexOf(set.oracles, oracle);
        if (!found) return;
        // Only a set of four has barred oracles, so no other bit moves when one leaves.
        if (set.oracles.length > MIN_ORACLES) _announce(_without(set.oracles, index), 0);
        // An index is below 31.
        // forge-lint: disable-next-line(unsafe-typecast)
        else _announce(set.oracles, set.barred | uint32(1 << index));
    }

    function _requireContradiction(Statement memory one, Statement memory other) private pure {
        bool conflicting = one.configDigest == other.configDigest && one.epoch == other.epoch
            && one.oracle == other.oracle && one.viewNumber == other.viewNumber
            && one.structHash != other.structHash;
        if (!conflicting) revert NoContradiction();
    }

    function _requireAnswerable(address oracle, Statement memory said) private view {
        Standing memory standing = standingOf[oracle];
        if (standing.suspendedFrom != 0) revert OracleIsSuspended(oracle, standing.suspendedFrom);
        if (said.epoch >= currentEpoch()) revert EvidenceTooEarly(said.epoch);
        if (said.epoch < standing.answersFrom) {
            revert EvidenceSpent(said.epoch, standing.answersFrom);
        }
        OracleSet memory set = _setOf(said.epoch);
        (bool found,) = _indexOf(set.oracles, oracle);
        if (!found || said.oracle != oracle || said.configDigest != set.configDigest) {
            revert NotAnOracleOf(said.epoch, oracle);
        }
    }

    function _requireSignedBy(
        address oracle,
        bytes32 structHash,
        CompactSignature calldata signature
    ) private view {
        (address signer, ECDSA.RecoverError failure,) =
            ECDSA.tryRecover(_hashTypedDataV4(structHash), signature.r, signature.vs);
        if (failure != ECDSA.RecoverError.NoError || signer != oracle) revert NotSignedBy(oracle);
    }

    /// @dev The same whichever statement comes first.
    function _evidenceHash(bytes32 one, bytes32 other) private pure returns (bytes32) {
        return keccak256(one < other ? abi.encode(one, other) : abi.encode(other, one));
    }

    function _indexOf(address[] memory oracles, address oracle)
        private
        pure
        returns (bool found, uint256 index)
    {
        for (; index < oracles.length; ++index) {
            if (oracles[index] == oracle) return (true, index);
        }
    }

    /// @dev The order of the others is kept, so their indices move down by one at most.
    function _without(address[] memory oracles, uint256 index)
        private
        pure
        returns (address[] memory rest)
    {
        rest = new address[](oracles.length - 1);
        for (uint256 i = 0; i < rest.length; ++i) {
            rest[i] = oracles[i < index ? i : i + 1];
        }
    }
}

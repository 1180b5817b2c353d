// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {DevMinter} from "../dev/DevMinter.sol";
import {Directory} from "../directory/Directory.sol";
import {DecisionCertificate, DecisionCertificates} from "./DecisionCertificates.sol";
import {CompactSignature, EpochCertificate, EpochCertificates} from "./EpochCertificates.sol";
import {GenesisDeed} from "../licences/GenesisDeed.sol";
import {LinkedLicence} from "../licences/LinkedLicence.sol";
import {MasterDeed} from "../licences/MasterDeed.sol";
import {NodeDeed} from "../licences/NodeDeed.sol";
import {NodeRegistry} from "../licences/NodeRegistry.sol";
import {Oracles} from "./Oracles.sol";
import {Quorum} from "./Quorum.sol";
import {R1} from "../token/R1.sol";
import {Rewards} from "../rewards/Rewards.sol";
import {Treasury} from "../treasury/Treasury.sol";

/// @title The controller of a Ratio1 network
/// @notice Knows the epochs, the oracles of each, and what a quorum of them certified. Every other
/// contract of the network is found through it. A recorded epoch is final.
/// @dev Rules: design note "apBFT-1", sections 1, 3 and 4. Its owner is governance.
contract Controller is EIP712, Oracles {
    using DecisionCertificates for DecisionCertificate;
    using EpochCertificates for EpochCertificate;

    /// @notice The other contracts of the network.
    struct Contracts {
        R1 r1;
        NodeRegistry nodeRegistry;
        NodeDeed nodeDeed;
        MasterDeed masterDeed;
        GenesisDeed genesisDeed;
        Rewards rewards;
        /// Zero except on development chains.
        DevMinter devMinter;
        Directory directory;
    }

    /// @notice Everything a client needs to join, in one call.
    struct Network {
        bytes32 networkId;
        uint64 startEpochTimestamp;
        Timing timing;
        uint8 theta;
        uint8 protocolVersion;
        uint32 pendingEpoch;
        address governance;
        Contracts contracts;
    }

    /// @dev Eight 32-bit times share a word, so most epochs add no word for theirs.
    uint256 private constant TIMES_PER_WORD = 8;

    /// @notice The token.
    R1 public immutable r1;

    /// @notice The Node Deed licences.
    NodeDeed public immutable nodeDeed;

    /// @notice The Master deed licences.
    MasterDeed public immutable masterDeed;

    /// @notice The genesis deed.
    GenesisDeed public immutable genesisDeed;

    /// @notice Knows the licence of every node, of whatever kind.
    NodeRegistry public immutable nodeRegistry;

    /// @notice Pays what certificates recorded.
    Rewards public immutable rewards;

    /// @notice The faucet of a development chain; zero everywhere else.
    DevMinter public immutable devMinter;

    /// @notice Finds every other contract of the network.
    Directory public immutable directory;

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

    /// @notice A contract of the network is not joined to the others as it must be.
    error NotWired(address part);

    /// @notice The certificate is for another epoch than the one waited for.
    error EpochNotPending(uint32 epoch, uint32 pendingEpoch);

    /// @notice The epoch has not ended.
    error EpochNotOver(uint32 epoch, uint256 endsAt);

    /// @notice The certificate was made under another configuration or by another oracle set.
    error ConfigDigestMismatch(bytes32 expected);

    /// @notice What was asked for is not decided yet.
    error NotDecided(uint32 epoch);

    /// @notice Founds a network. Deployed last: it checks that the other contracts point here.
    /// @param networkId_ random 32 bytes
    /// @param governance who may announce oracles, schedule genesis and ban licences
    /// @param timing the lengths
    /// @param contracts the other contracts
    constructor(
        bytes32 networkId_,
        address governance,
        Timing memory timing,
        Contracts memory contracts
    ) Oracles(networkId_, governance, timing) EIP712("R1Availability", "1") {
        r1 = contracts.r1;
        nodeDeed = contracts.nodeDeed;
        masterDeed = contracts.masterDeed;
        genesisDeed = contracts.genesisDeed;
        nodeRegistry = contracts.nodeRegistry;
        rewards = contracts.rewards;
        devMinter = contracts.devMinter;
        directory = contracts.directory;
        _requireWired(contracts);
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
        bytes32 digest = _hashTypedDataV4(certificate.structHash());
        Quorum.verify(set.oracles, digest, bitmap, signatures);

        bytes32 outcome = certificate.outcomeHash();
        pendingEpoch = epoch + 1;
        outcomeHash[epoch] = outcome;
        cumulativeRoot = certificate.cumulativeRoot;
        _recordedAfter[
            epoch / TIMES_PER_WORD
        ] |= uint256(SafeCast.toUint32(block.timestamp - start)) << _shiftOf(epoch);
        emit EpochCertified(epoch, outcome, certificate, bitmap);
    }

    /// @notice Passes when a quorum of oracles signed a decision under the configuration of the
    /// current epoch or the one before, and reverts otherwise. Whoever acts on a decision must take
    /// each sequence of a topic once.
    /// @param decision what a quorum signed
    /// @param bitmap the signing oracles, by index
    /// @param signatures one per bit, in ascending order of index
    function requireDecision(
        DecisionCertificate calldata decision,
        uint32 bitmap,
        CompactSignature[] calldata signatures
    ) external view {
        uint32 epoch = currentEpoch();
        OracleSet memory set = _setOf(epoch);
        if (decision.configDigest != set.configDigest && epoch > 0) set = _setOf(epoch - 1);
        if (decision.configDigest != set.configDigest) {
            revert ConfigDigestMismatch(set.configDigest);
        }
        bytes32 digest = _hashTypedDataV4(decision.structHash());
        Quorum.verify(set.oracles, digest, bitmap, signatures);
    }

    /// @notice The digest an oracle signs for a decision.
    /// @param decision the decision
    function decisionDigest(DecisionCertificate calldata decision) external view returns (bytes32) {
        return _hashTypedDataV4(decision.structHash());
    }

    /// @notice Everything a client needs to join, in one call.
    function network() external view returns (Network memory) {
        return Network(
            networkId,
            startEpochTimestamp,
            _timing(),
            THETA,
            PROTOCOL_VERSION,
            pendingEpoch,
            owner(),
            Contracts(
                r1, nodeRegistry, nodeDeed, masterDeed, genesisDeed, rewards, devMinter, directory
            )
        );
    }

    /// @notice What the reward contract bounds claims with.
    /// @return root the newest recorded cumulative root
    /// @return certified how many epochs are recorded
    /// @return start start of epoch 0, zero before it is scheduled
    /// @return duration seconds in an epoch
    function claimBasis()
        external
        view
        returns (bytes32 root, uint32 certified, uint64 start, uint32 duration)
    {
        return (cumulativeRoot, pendingEpoch, startEpochTimestamp, epochDuration);
    }

    /// @notice Whether a node holds an active licence.
    /// @param node the node
    function isNodeActive(address node) external view returns (bool) {
        return nodeRegistry.isNodeActive(node);
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

    /// @notice The digest an oracle signs, and the hash that refers to the outcome.
    /// @param certificate the certificate
    function hashesOf(EpochCertificate calldata certificate)
        external
        view
        returns (bytes32 digest, bytes32 outcome)
    {
        return (_hashTypedDataV4(certificate.structHash()), certificate.outcomeHash());
    }

    function _requireWired(Contracts memory c) private view {
        address payer = address(c.rewards);
        address faucet = address(c.devMinter);
        _requireThat(c.r1.rewards() == payer && c.r1.devMinter() == faucet, address(c.r1));
        _requireLicence(c.nodeDeed, nodeRegistry.nodeDeed());
        _requireThat(c.nodeDeed.r1() == c.r1, address(c.nodeDeed));
        _requireLicence(c.masterDeed, nodeRegistry.masterDeed());
        _requireLicence(c.genesisDeed, nodeRegistry.genesisDeed());
        _requireThat(
            c.genesisDeed.ownerOf(c.genesisDeed.GND_TOKEN_ID()) == owner(), address(c.genesisDeed)
        );
        _requirePayer(c);
        bool faucetWired =
            faucet == address(0) || (c.devMinter.controller() == this && c.devMinter.r1() == c.r1);
        _requireThat(faucetWired, faucet);
        _requireThat(c.directory.controller() == this, address(c.directory));
    }

    function _requirePayer(Contracts memory c) private view {
        Rewards payer = c.rewards;
        bool joined = payer.controller() == this && payer.r1() == c.r1
            && payer.nodeDeed() == c.nodeDeed && payer.masterDeed() == c.masterDeed
            && payer.genesisDeed() == c.genesisDeed;
        _requireThat(joined, address(payer));
        Treasury pools = payer.treasury();
        _requireThat(pools.controller() == this && pools.r1() == c.r1, address(pools));
    }

    function _requireLicence(LinkedLicence licence, address registered) private view {
        bool joined = licence.controller() == this && licence.nodeRegistry() == nodeRegistry
            && registered == address(licence);
        _requireThat(joined, address(licence));
    }

    function _requireThat(bool wired, address part) private pure {
        if (!wired) revert NotWired(part);
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

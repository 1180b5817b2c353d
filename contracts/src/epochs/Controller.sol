// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DevMinter} from "../dev/DevMinter.sol";
import {Directory} from "../directory/Directory.sol";
import {DecisionCertificate, DecisionCertificates} from "./DecisionCertificates.sol";
import {CompactSignature, EpochCertificate, EpochCertificates} from "./EpochCertificates.sol";
import {Entities} from "../licences/Entities.sol";
import {Epochs} from "./Epochs.sol";
import {GenesisDeed} from "../licences/GenesisDeed.sol";
import {LinkedLicence} from "../licences/LinkedLicence.sol";
import {MasterDeed} from "../licences/MasterDeed.sol";
import {NodeDeed} from "../licences/NodeDeed.sol";
import {NodeRegistry} from "../licences/NodeRegistry.sol";
import {R1} from "../token/R1.sol";
import {Rewards} from "../rewards/Rewards.sol";
import {Treasury} from "../treasury/Treasury.sol";
import {VoidEpoch, VoidEpochs} from "./VoidEpochs.sol";

/// @title The controller of a Ratio1 network
/// @notice Knows the epochs, the oracles of each, and what a quorum of them certified. Every other
/// contract of the network is found through it. A recorded epoch is final.
/// @dev Rules: design note "apBFT-1", sections 1, 3 and 4. Its owner is governance.
contract Controller is Epochs {
    using DecisionCertificates for DecisionCertificate;
    using EpochCertificates for EpochCertificate;
    using VoidEpochs for VoidEpoch;

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

    /// @notice A contract of the network is not joined to the others as it must be.
    error NotWired(address part);

    /// @notice Founds a network. Deployed last: it checks that the other contracts point here.
    /// @param networkId_ random 32 bytes
    /// @param governance who may announce oracles, schedule genesis and ban licences
    /// @param timing the lengths
    /// @param voidAfter_ how many epochs an epoch waits for its certificate before it can be voided
    /// @param contracts the other contracts
    constructor(
        bytes32 networkId_,
        address governance,
        Timing memory timing,
        uint32 voidAfter_,
        Contracts memory contracts
    ) Epochs(networkId_, governance, timing, voidAfter_) {
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
        OracleSet memory set = _setInOffice(decision.configDigest);
        _requireSigned(set, decision.structHash(), bitmap, signatures);
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

    /// @notice The digest an oracle signs, and the hash that refers to the outcome.
    /// @param certificate the certificate
    function hashesOf(EpochCertificate calldata certificate)
        external
        view
        returns (bytes32 digest, bytes32 outcome)
    {
        return (_hashTypedDataV4(certificate.structHash()), certificate.outcomeHash());
    }

    /// @notice The digest an oracle signs for a void, and the hash that refers to its outcome.
    /// @param voided the void
    function voidHashesOf(VoidEpoch calldata voided)
        external
        view
        returns (bytes32 digest, bytes32 outcome)
    {
        return (_hashTypedDataV4(voided.structHash()), voided.outcomeHash());
    }

    /// @dev That of the owner of its node's licence.
    /// @param oracle the oracle
    function _entityOf(address oracle) internal view override returns (bytes32) {
        return nodeRegistry.entityOfNode(oracle);
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
        Entities entities = nodeRegistry.entities();
        _requireThat(entities.controller() == this, address(entities));
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
            && licence.entities() == nodeRegistry.entities() && registered == address(licence);
        _requireThat(joined, address(licence));
    }

    function _requireThat(bool wired, address part) private pure {
        if (!wired) revert NotWired(part);
    }
}

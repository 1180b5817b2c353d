// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Controller} from "../../src/epochs/Controller.sol";
import {DevMinter} from "../../src/dev/DevMinter.sol";
import {DecisionCertificate} from "../../src/epochs/DecisionCertificates.sol";
import {Directory} from "../../src/directory/Directory.sol";
import {CompactSignature, EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {Entities} from "../../src/licences/Entities.sol";
import {GenesisDeed} from "../../src/licences/GenesisDeed.sol";
import {LinkedLicence} from "../../src/licences/LinkedLicence.sol";
import {MasterDeed} from "../../src/licences/MasterDeed.sol";
import {NodeDeed} from "../../src/licences/NodeDeed.sol";
import {NodeRegistry} from "../../src/licences/NodeRegistry.sol";
import {Oracles} from "../../src/epochs/Oracles.sol";
import {R1} from "../../src/token/R1.sol";
import {Rewards} from "../../src/rewards/Rewards.sol";
import {RewardTree} from "../../src/rewards/RewardTree.sol";
import {StubFeed} from "./StubFeed.sol";
import {Treasury} from "../../src/treasury/Treasury.sol";
import {Test} from "./Test.sol";

/// @notice A network as deployment makes it, with oracles and nodes whose keys the tests hold.
abstract contract NetworkFixture is Test {
    uint32 internal constant EPOCH = 1 days;
    uint32 internal constant VOID_AFTER = 7;
    uint64 internal constant START = 1_750_000_000;
    /// What a deed of the first tier costs: 500 USD at 5 USD per R1.
    uint256 internal constant PRICE = 100e18;
    uint256 internal constant RELINK = 0;
    uint256 internal constant USD_PER_R1 = 5e18;
    uint256 internal constant RATE = 1_458_508_188_386_985_115;
    uint256 internal constant ORACLE_KEYS = 0xA000;
    uint256 internal constant NODE_KEYS = 0xB000;
    uint256 internal constant ATTESTOR_KEY = 0xA77E;

    address internal constant GOVERNANCE = address(0x60);
    address internal constant LIQUIDITY = address(0x11);
    address internal constant COMPANY = address(0x22);
    address internal constant OWNER = address(0x33);
    address internal constant STRANGER = address(0x44);
    address internal constant ADMINISTRATOR = address(0x55);

    StubFeed internal feed;
    Entities internal entities;
    R1 internal r1;
    NodeRegistry internal nodeRegistry;
    NodeDeed internal deed;
    MasterDeed internal masterDeed;
    GenesisDeed internal genesisDeed;
    Treasury internal treasury;
    Rewards internal rewards;
    DevMinter internal devMinter;
    Directory internal directory;
    Controller internal controller;

    /// @dev Deploys on the current chain; a development chain gets its faucet.
    function found() internal {
        bool development = block.chainid == 31337;
        feed = new StubFeed(USD_PER_R1);
        address minterAt = development ? next(9) : address(0);
        Controller controllerAt = Controller(next(development ? 10 : 9));

        (address deedAt, address masterAt, address genesisAt) = (next(3), next(4), next(5));
        entities = new Entities(controllerAt);
        r1 = new R1(next(6), minterAt);
        nodeRegistry = new NodeRegistry(entities, deedAt, masterAt, genesisAt);
        deed = new NodeDeed(
            r1, controllerAt, nodeRegistry, entities, feed, LIQUIDITY, COMPANY, RELINK
        );
        masterDeed = new MasterDeed(controllerAt, nodeRegistry, entities, RELINK);
        genesisDeed = new GenesisDeed(controllerAt, nodeRegistry, entities, RELINK, GOVERNANCE);
        treasury = new Treasury(r1, controllerAt, LIQUIDITY, COMPANY, ADMINISTRATOR);
        rewards = new Rewards(r1, controllerAt, deed, masterDeed, genesisDeed, treasury);
        directory = new Directory(controllerAt, new Directory.Entry[](0));
        devMinter = DevMinter(address(0));
        if (development) devMinter = new DevMinter(r1, controllerAt);
        controller =
            new Controller(keccak256("network"), GOVERNANCE, timing(), VOID_AFTER, contracts());
        vm.prank(GOVERNANCE);
        entities.nameAttestor(vm.addr(ATTESTOR_KEY));
    }

    function contracts() internal view returns (Controller.Contracts memory) {
        return Controller.Contracts(
            r1, nodeRegistry, deed, masterDeed, genesisDeed, rewards, devMinter, directory
        );
    }

    /// @dev The address of a contract that this one deploys after some others.
    function next(uint64 others) internal view returns (address) {
        return vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + others);
    }

    /// @dev A network with n oracles whose epoch 0 begins at START, one hour from now.
    function begin(uint256 n) internal {
        vm.warp(START - 1 hours);
        found();
        vm.startPrank(GOVERNANCE);
        controller.announceOracles(oracles(n));
        controller.scheduleGenesis(START);
        vm.stopPrank();
    }

    function timing() internal pure returns (Oracles.Timing memory) {
        return Oracles.Timing(EPOCH, 20_000, 5_000, 30_000, 2_000);
    }

    function oracles(uint256 n) internal returns (address[] memory list) {
        return oraclesFrom(ORACLE_KEYS, n);
    }

    /// @dev The registry of nodes pretends that an entity of its own stands behind each, so that a test of
    /// something else need not sell, attest and link them; `OneOraclePerEntity.t.sol` does.
    function oraclesFrom(uint256 firstKey, uint256 n) internal returns (address[] memory list) {
        list = new address[](n);
        for (uint256 i = 0; i < n; ++i) {
            list[i] = vm.addr(firstKey + i);
            vm.mockCall(
                address(nodeRegistry),
                abi.encodeCall(NodeRegistry.entityOfNode, (list[i])),
                abi.encode(entity(list[i]))
            );
        }
    }

    function endOf(uint256 epoch) internal pure returns (uint256) {
        return START + (epoch + 1) * EPOCH;
    }

    function certificateOf(uint32 epoch) internal view returns (EpochCertificate memory) {
        return EpochCertificate({
            configDigest: controller.configDigestOf(epoch),
            epoch: epoch,
            viewNumber: 0,
            observers: 0xf,
            excluded: 0,
            theta: 250,
            nodeCount: 1,
            registryRoot: keccak256("registry"),
            inputsDigest: keccak256("inputs"),
            availabilityRoot: keccak256("availability"),
            cumulativeRoot: keccak256(abi.encode("cumulative", epoch)),
            tableHash: keccak256("table"),
            reputationRoot: bytes32(0)
        });
    }

    /// @dev The signatures of the oracles in a bitmap, in order.
    function signedBy(uint32 bitmap, EpochCertificate memory certificate)
        internal
        view
        returns (CompactSignature[] memory)
    {
        (bytes32 digest,) = controller.hashesOf(certificate);
        return digestSignedBy(bitmap, digest);
    }

    function digestSignedBy(uint32 bitmap, bytes32 digest)
        internal
        pure
        returns (CompactSignature[] memory signatures)
    {
        signatures = new CompactSignature[](32);
        uint256 count = 0;
        for (uint256 i = 0; i < 32; ++i) {
            if ((bitmap >> i) & 1 == 1) signatures[count++] = compact(ORACLE_KEYS + i, digest);
        }
        assembly ("memory-safe") {
            mstore(signatures, count)
        }
    }

    /// @dev The signatures of the oracles in a bitmap under a decision, in order.
    function decidedBy(uint32 bitmap, DecisionCertificate memory decision)
        internal
        view
        returns (CompactSignature[] memory)
    {
        return digestSignedBy(bitmap, controller.decisionDigest(decision));
    }

    function compact(uint256 key, bytes32 digest) internal pure returns (CompactSignature memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return CompactSignature(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }

    /// @dev Records an epoch with the signatures of the lowest q oracles.
    function record(EpochCertificate memory certificate) internal {
        uint256 n = controller.oraclesOf(certificate.epoch).length;
        uint32 bitmap = uint32((1 << quorum(n)) - 1);
        CompactSignature[] memory signatures = signedBy(bitmap, certificate);
        if (block.timestamp < endOf(certificate.epoch)) vm.warp(endOf(certificate.epoch));
        controller.submitEpoch(certificate, bitmap, signatures);
    }

    function quorum(uint256 n) internal pure returns (uint256) {
        return (n + (n - 1) / 3) / 2 + 1;
    }

    /// @dev The entity behind an account of which nothing else is said.
    function entity(address account) internal pure returns (bytes32) {
        return keccak256(abi.encode("entity", account));
    }

    /// @dev Attests an account, unless it is.
    function verify(address account) internal {
        if (entities.entityOf(account) == bytes32(0)) attest(account, entity(account), 1e9);
    }

    function attest(address account, bytes32 entityId, uint256 usdLimit) internal {
        uint256 nonce = entities.attestationNonce(account);
        bytes memory signature = attestation(account, entityId, usdLimit, nonce, block.timestamp);
        entities.attest(account, entityId, usdLimit, nonce, block.timestamp, signature);
    }

    /// @dev The attestor's signature.
    function attestation(
        address account,
        bytes32 entityId,
        uint256 usdLimit,
        uint256 nonce,
        uint256 deadline
    ) internal view returns (bytes memory) {
        bytes32 digest = entities.attestationDigest(account, entityId, usdLimit, nonce, deadline);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ATTESTOR_KEY, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev Gives an owner a number of deeds of the first tier.
    function deedsFor(address owner, uint256 count) internal returns (uint256 first) {
        verify(owner);
        vm.prank(GOVERNANCE);
        devMinter.mint(owner, PRICE * count);
        vm.startPrank(owner);
        r1.approve(address(deed), PRICE * count);
        first = deed.buy(count, 1, PRICE, block.timestamp);
        vm.stopPrank();
    }

    function node(uint256 index) internal pure returns (address) {
        return vm.addr(NODE_KEYS + index);
    }

    /// @dev The consent of a node to its next link with a Node Deed.
    function consent(uint256 index, address owner, uint256 licenceId, uint256 deadline)
        internal
        view
        returns (bytes memory)
    {
        return consent(deed, index, owner, licenceId, deadline);
    }

    /// @dev The consent of a node to its next link with a licence of any kind.
    function consent(
        LinkedLicence licences,
        uint256 index,
        address owner,
        uint256 licenceId,
        uint256 deadline
    ) internal view returns (bytes memory) {
        address who = node(index);
        uint256 nonce = licences.linkNonce(who);
        bytes32 digest = licences.linkDigest(owner, licenceId, who, nonce, deadline);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(NODE_KEYS + index, digest);
        return abi.encodePacked(r, s, v);
    }

    function linkAs(address owner, uint256 licenceId, uint256 index) internal {
        linkAs(deed, owner, licenceId, index);
    }

    function linkAs(LinkedLicence licences, address owner, uint256 licenceId, uint256 index)
        internal
    {
        verify(owner);
        uint256 deadline = block.timestamp + 1 hours;
        bytes memory signature = consent(licences, index, owner, licenceId, deadline);
        uint256 nonce = licences.linkNonce(node(index));
        vm.prank(owner);
        licences.link(licenceId, node(index), nonce, deadline, signature);
    }

    /// @dev Gives an owner a Master deed.
    function masterDeedFor(address owner, uint256 assigned) internal returns (uint256) {
        vm.prank(GOVERNANCE);
        return masterDeed.addLicense(owner, assigned);
    }

    function leaf(uint256 licenceId, uint256 credits) internal pure returns (bytes32) {
        return RewardTree.leaf(1, licenceId, credits, credits * RATE);
    }

    function leafOf(uint8 licenceType, uint256 licenceId, uint256 credits, uint256 weight)
        internal
        pure
        returns (bytes32)
    {
        return RewardTree.leaf(licenceType, licenceId, credits, weight);
    }

    function leaves(bytes32 one, bytes32 other) internal pure returns (bytes32[] memory list) {
        list = new bytes32[](2);
        (list[0], list[1]) = (one, other);
    }
}

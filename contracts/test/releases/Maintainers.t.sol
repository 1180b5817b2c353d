// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {CompactSignature} from "../../src/epochs/EpochCertificates.sol";
import {Maintainers} from "../../src/releases/Maintainers.sol";
import {ReleaseRegistry} from "../../src/releases/ReleaseRegistry.sol";
import {SignedHashes} from "../../src/releases/SignedHashes.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

contract MaintainersTest is RegistryFixture {
    bytes32 private constant SCOPE = keccak256("factory-7");
    bytes32 private constant HASH = keccak256("document");

    event Announced(bytes32 indexed act, uint64 readyAt);
    event SignersChanged(
        uint64 indexed signersVersion,
        address[] add,
        address[] remove,
        uint8 threshold,
        uint8 stopThreshold
    );
    event RootChanged(uint64 indexed version, bytes32 sha256Hash);
    event ConfigSet(
        bytes32 indexed scope, uint64 indexed version, bytes32 sha256Hash, uint64 expires
    );

    // The first set.

    function testTheFirstSetIsThere() public view {
        Maintainers.Signers memory set = registry.signers();
        assertEq(set.version, 1, "version");
        assertEq(set.threshold, 3, "threshold");
        assertEq(set.stopThreshold, 2, "stop threshold");
        assertEq(set.members.length, 5, "members");
        assertTrue(registry.isSigner(vm.addr(KEYS + 4)), "member");
        assertTrue(!registry.isSigner(vm.addr(KEYS + 5)), "stranger");
    }

    function testTheDomainNamesTheFleet() public view {
        (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address at,
            bytes32 salt,
            uint256[] memory extensions
        ) = registry.eip712Domain();
        assertEq(uint8(fields), 0x1f, "fields");
        assertEq(keccak256(bytes(name)), keccak256("Ratio1Appliance"), "name");
        assertEq(keccak256(bytes(version)), keccak256("1"), "version");
        assertEq(chainId, block.chainid, "chain");
        assertEq(at, address(registry), "contract");
        assertEq(salt, controller.networkId(), "fleet");
        assertEq(extensions.length, 0, "extensions");
    }

    function testThresholdsAreInOrder() public {
        refusesThresholds(3, 0, 5);
        refusesThresholds(3, 3, 5);
        refusesThresholds(6, 2, 5);
        refusesThresholds(3, 2, 33);
    }

    function testDelaysAreInOrder() public {
        address[] memory set = oraclesFrom(KEYS, 5);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.InvalidDelays.selector));
        new ReleaseRegistry(controller, set, 3, 2, DELAY, 0);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.InvalidDelays.selector));
        new ReleaseRegistry(controller, set, 3, 2, EMERGENCY, EMERGENCY + 1);
    }

    // A change of the set.

    function testAChangeIsAnnouncedAndWaits() public {
        address[] memory add = one(vm.addr(KEYS + 5));
        address[] memory remove = one(vm.addr(KEYS + 1));
        CompactSignature[] memory signatures = signersBy(0x7, add, remove, 4, 3);
        vm.expectEmit(true, true, true, true);
        emit Announced(keccak256(abi.encode(add, remove, uint8(4), uint8(3))), soon(DELAY));
        registry.announceSigners(add, remove, 4, 3, soon(1), signatures);
        uint64 readyAt = soon(DELAY);
        vm.warp(readyAt - 1);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TimeLocked.selector, readyAt));
        registry.setSigners(add, remove, 4, 3);
        vm.warp(readyAt);
        vm.expectEmit(true, true, true, true);
        emit SignersChanged(2, add, remove, 4, 3);
        registry.setSigners(add, remove, 4, 3);
        assertTrue(registry.isSigner(vm.addr(KEYS + 5)), "added");
        assertTrue(!registry.isSigner(vm.addr(KEYS + 1)), "removed");
        Maintainers.Signers memory set = registry.signers();
        assertEq(set.members.length, 5, "members");
        assertEq(set.members[1], vm.addr(KEYS + 4), "the last took the place");
        assertEq(set.threshold, 4, "threshold");
        vm.expectRevert(abi.encodeWithSelector(Maintainers.NotAnnounced.selector));
        registry.setSigners(add, remove, 4, 3);
    }

    function testTheLastOfTheListCanLeave() public {
        changeSigners(none(), one(vm.addr(KEYS + 4)));
        assertEq(registry.signers().members.length, 4, "members");
        assertTrue(!registry.isSigner(vm.addr(KEYS + 4)), "removed");
        pause();
    }

    function testOnlyWhatWasAnnouncedIsCarriedOut() public {
        address[] memory add = one(vm.addr(KEYS + 5));
        registry.announceSigners(add, none(), 3, 2, soon(1), signersBy(0x7, add, none(), 3, 2));
        vm.warp(soon(DELAY));
        vm.expectRevert(abi.encodeWithSelector(Maintainers.NotAnnounced.selector));
        registry.setSigners(one(STRANGER), none(), 3, 2);
    }

    function testANewAnnouncementReplacesTheOneBefore() public {
        address[] memory add = one(vm.addr(KEYS + 5));
        CompactSignature[] memory first = signersBy(0x7, add, none(), 3, 2);
        registry.announceSigners(add, none(), 3, 2, soon(1), first);
        // An empty change withdraws what was announced.
        registry.announceSigners(
            none(), none(), 3, 2, soon(1), signersBy(0x7, none(), none(), 3, 2)
        );
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.announceSigners(add, none(), 3, 2, soon(1), first);
        vm.warp(soon(DELAY));
        vm.expectRevert(abi.encodeWithSelector(Maintainers.NotAnnounced.selector));
        registry.setSigners(add, none(), 3, 2);
    }

    function testAnAnnouncementNeedsTheThreshold() public {
        address[] memory add = one(vm.addr(KEYS + 5));
        CompactSignature[] memory signatures = signersBy(0x3, add, none(), 3, 2);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TooFewSignatures.selector, 2, 3));
        registry.announceSigners(add, none(), 3, 2, soon(1), signatures);
        signatures = signersBy(0x7, add, none(), 3, 2);
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.announceSigners(add, none(), 4, 2, soon(1), signatures);
    }

    function testNobodyIsAddedOrRemovedTwice() public {
        refusesChange(one(vm.addr(KEYS)), none(), vm.addr(KEYS));
        refusesChange(one(address(0)), none(), address(0));
        refusesChange(none(), one(STRANGER), STRANGER);
    }

    function testARemovedMaintainerDoesNotStop() public {
        CompactSignature[] memory before = pauseBy(0x3, true);
        changeSigners(none(), one(vm.addr(KEYS + 1)));
        CompactSignature[] memory signatures = pauseBy(0x3, true);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.NotSigner.selector, vm.addr(KEYS + 1)));
        registry.pause(CHANNEL, soon(1), signatures);
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.pause(CHANNEL, soon(1), before);
        registry.pause(CHANNEL, soon(1), pauseBy(0x5, true));
    }

    // The root role.

    function testTheRootMovesOneVersionAtATime() public {
        CompactSignature[] memory signatures = rootBy(0x7, 2, HASH);
        vm.expectRevert(abi.encodeWithSelector(SignedHashes.NotNext.selector, 1));
        registry.announceRoot(2, HASH, soon(1), signatures);
        registry.announceRoot(1, HASH, soon(1), rootBy(0x7, 1, HASH));
        uint64 readyAt = soon(DELAY);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TimeLocked.selector, readyAt));
        registry.setRootHash(1, HASH);
        vm.warp(readyAt);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.NotAnnounced.selector));
        registry.setRootHash(1, CHANNEL);
        vm.expectEmit(true, true, true, true);
        emit RootChanged(1, HASH);
        registry.setRootHash(1, HASH);
        assertEq(registry.rootSha256(1), HASH, "hash");
        assertEq(registry.rootVersion(), 1, "version");
        vm.expectRevert(abi.encodeWithSelector(Maintainers.NotAnnounced.selector));
        registry.setRootHash(1, HASH);
    }

    function testARootNeedsAHashAndTheThreshold() public {
        CompactSignature[] memory signatures = rootBy(0x7, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(SignedHashes.InvalidField.selector, "sha256Hash"));
        registry.announceRoot(1, 0, soon(1), signatures);
        signatures = rootBy(0x3, 1, HASH);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TooFewSignatures.selector, 2, 3));
        registry.announceRoot(1, HASH, soon(1), signatures);
    }

    function testAnAnnouncedRootIsVoidUnderOtherMaintainers() public {
        registry.announceRoot(1, HASH, soon(1), rootBy(0x7, 1, HASH));
        changeSigners(one(vm.addr(KEYS + 5)), none());
        vm.expectRevert(abi.encodeWithSelector(Maintainers.NotAnnounced.selector));
        registry.setRootHash(1, HASH);
    }

    // Configurations.

    function testAConfigurationFollowsTheOneBefore() public {
        uint64 expires = soon(1 days);
        CompactSignature[] memory first = configBy(0x7, SCOPE, 1, HASH, expires);
        vm.expectEmit(true, true, true, true);
        emit ConfigSet(SCOPE, 1, HASH, expires);
        registry.setConfig(SCOPE, 1, HASH, expires, soon(1), first);
        vm.expectRevert(abi.encodeWithSelector(SignedHashes.NotNext.selector, 2));
        registry.setConfig(SCOPE, 1, HASH, expires, soon(1), first);
        registry.setConfig(
            SCOPE, 2, CHANNEL, expires, soon(1), configBy(0x7, SCOPE, 2, CHANNEL, expires)
        );
        (uint64 version, bytes32 hash, uint64 until) = registry.configs(SCOPE);
        assertEq(version, 2, "version");
        assertEq(hash, CHANNEL, "hash");
        assertEq(until, expires, "expires");
    }

    function testAConfigurationIsForOneScope() public {
        uint64 expires = soon(1 days);
        bytes32 node = keccak256(abi.encodePacked(OWNER));
        CompactSignature[] memory signatures = configBy(0x7, SCOPE, 1, HASH, expires);
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.setConfig(node, 1, HASH, expires, soon(1), signatures);
        signatures = configBy(0x3, SCOPE, 1, HASH, expires);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TooFewSignatures.selector, 2, 3));
        registry.setConfig(SCOPE, 1, HASH, expires, soon(1), signatures);
    }

    function testAConfigurationHasAHashAndLasts() public {
        vm.expectRevert(abi.encodeWithSelector(SignedHashes.InvalidField.selector, "sha256Hash"));
        registry.setConfig(SCOPE, 1, 0, soon(1 days), soon(1), new CompactSignature[](0));
        vm.expectRevert(abi.encodeWithSelector(SignedHashes.InvalidField.selector, "expires"));
        registry.setConfig(SCOPE, 1, HASH, soon(0), soon(1), new CompactSignature[](0));
    }

    function refusesThresholds(uint8 threshold, uint8 stopThreshold, uint256 n) private {
        address[] memory set = oraclesFrom(KEYS, n);
        vm.expectRevert(
            abi.encodeWithSelector(
                Maintainers.InvalidThresholds.selector, threshold, stopThreshold, n
            )
        );
        new ReleaseRegistry(controller, set, threshold, stopThreshold, DELAY, EMERGENCY);
    }

    function refusesChange(address[] memory add, address[] memory remove, address who) private {
        CompactSignature[] memory signatures = signersBy(0x7, add, remove, 3, 2);
        registry.announceSigners(add, remove, 3, 2, soon(1), signatures);
        vm.warp(soon(DELAY));
        vm.expectRevert(abi.encodeWithSelector(Maintainers.InvalidSigner.selector, who));
        registry.setSigners(add, remove, 3, 2);
    }
}

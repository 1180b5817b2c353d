// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AttestedOwners} from "../../src/licences/AttestedOwners.sol";
import {GenesisDeed} from "../../src/licences/GenesisDeed.sol";
import {LinkConsents} from "../../src/licences/LinkConsents.sol";
import {LinkedLicence} from "../../src/licences/LinkedLicence.sol";
import {NodeRegistry} from "../../src/licences/NodeRegistry.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract NodeRegistryTest is NetworkFixture {
    uint256 private id;
    uint256 private master;

    function setUp() public {
        vm.warp(START - 1 hours);
        found();
        id = deedsFor(OWNER, 1);
        master = masterDeedFor(OWNER, 1_000e18);
    }

    function test_aNodeHoldsOneLicenceAcrossAllKinds() public {
        LinkedLicence[3] memory kinds = [LinkedLicence(deed), masterDeed, genesisDeed];
        for (uint256 i = 0; i < 3; ++i) {
            linkAs(kinds[i], kinds[i].ownerOf(1), 1, 7);
            for (uint256 j = 0; j < 3; ++j) {
                address owner = kinds[j].ownerOf(1);
                verify(owner);
                uint256 deadline = block.timestamp;
                bytes memory signature = consent(kinds[j], 7, owner, 1, deadline);
                uint256 nonce = kinds[j].linkNonce(node(7));
                vm.expectRevert(LinkedLicence.NodeAddressAlreadyRegistered.selector);
                vm.prank(owner);
                kinds[j].link(1, node(7), nonce, deadline, signature);
                assertEq(kinds[j].isNodeActive(node(7)) ? 1 : 0, i == j ? 1 : 0, "of one kind");
            }
            (uint8 kind, uint256 held) = nodeRegistry.holding(node(7));
            assertEq(kind, i + 1, "kind");
            assertEq(held, 1, "licence");
            assertTrue(controller.isNodeActive(node(7)), "active");
            vm.prank(kinds[i].ownerOf(1));
            kinds[i].unlink(1);
            assertTrue(!controller.isNodeActive(node(7)), "released");
        }
    }

    /// Both are number 1 of their kind, for one owner: only contract and kind tell them apart.
    function test_aConsentForOneKindIsNoneForAnother() public {
        uint256 deadline = block.timestamp + 1;
        bytes memory forNodeDeed = consent(deed, 7, OWNER, 1, deadline);
        vm.expectRevert(LinkConsents.InvalidNodeSignature.selector);
        vm.prank(OWNER);
        masterDeed.link(master, node(7), 0, deadline, forNodeDeed);
        bytes memory forMaster = consent(masterDeed, 7, OWNER, 1, deadline);
        vm.expectRevert(LinkConsents.InvalidNodeSignature.selector);
        vm.prank(OWNER);
        deed.link(id, node(7), 0, deadline, forMaster);
        vm.prank(OWNER);
        masterDeed.link(master, node(7), 0, deadline, forMaster);
    }

    function test_servesLicenceContractsAlone() public {
        vm.startPrank(GOVERNANCE);
        bytes memory refusal =
            abi.encodeWithSelector(NodeRegistry.NotLicenceContract.selector, GOVERNANCE);
        vm.expectRevert(refusal);
        nodeRegistry.take(node(1), 1);
        vm.expectRevert(refusal);
        nodeRegistry.release(node(1));
        vm.stopPrank();
    }

    function test_refusesToTakeANodeTwiceAndToReleaseAnothers() public {
        vm.prank(address(deed));
        nodeRegistry.take(node(1), 5);
        vm.startPrank(address(masterDeed));
        vm.expectRevert(abi.encodeWithSelector(NodeRegistry.NodeHeld.selector, node(1), 1, 5));
        nodeRegistry.take(node(1), 6);
        vm.expectRevert(abi.encodeWithSelector(NodeRegistry.NodeNotHeld.selector, node(1), 2));
        nodeRegistry.release(node(1));
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(NodeRegistry.NodeNotHeld.selector, node(2), 1));
        vm.prank(address(deed));
        nodeRegistry.release(node(2));
    }

    /// The rules of a link are those of every kind.
    function test_linksForVerifiedOwnersAloneWhateverTheKind() public {
        LinkedLicence[3] memory kinds = [LinkedLicence(deed), masterDeed, genesisDeed];
        for (uint256 i = 0; i < 3; ++i) {
            address owner = kinds[i].ownerOf(1);
            verify(owner);
            vm.prank(GOVERNANCE);
            entities.revoke(owner);
            uint256 deadline = block.timestamp;
            bytes memory signature = consent(kinds[i], i, owner, 1, deadline);
            vm.expectRevert(abi.encodeWithSelector(AttestedOwners.NotAttested.selector, owner));
            vm.prank(owner);
            kinds[i].link(1, node(i), 0, deadline, signature);
            verify(owner);
            vm.prank(owner);
            kinds[i].link(1, node(i), 0, deadline, signature);
        }
    }

    function test_aDeedOfAnyKindStaysWithItsNodeForTheStatedTime() public {
        address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        NodeRegistry registry = new NodeRegistry(entities, address(deed), address(masterDeed), next);
        GenesisDeed slow = new GenesisDeed(controller, registry, entities, 24 hours, GOVERNANCE);
        linkAs(slow, GOVERNANCE, 1, 1);
        vm.prank(GOVERNANCE);
        slow.unlink(1);
        uint256 allowedFrom = START - 1 hours + 24 hours;
        vm.warp(allowedFrom - 1);
        uint256 deadline = block.timestamp + 1;
        bytes memory signature = consent(slow, 2, GOVERNANCE, 1, deadline);
        vm.expectRevert(
            abi.encodeWithSelector(LinkedLicence.CannotReassignYet.selector, allowedFrom)
        );
        vm.prank(GOVERNANCE);
        slow.link(1, node(2), 0, deadline, signature);
        vm.warp(allowedFrom);
        vm.prank(GOVERNANCE);
        slow.link(1, node(2), 0, deadline, signature);
    }

    function test_knowsOwnerAndEntityOfANodeWhateverTheKind() public {
        LinkedLicence[3] memory kinds = [LinkedLicence(deed), masterDeed, genesisDeed];
        assertEq(nodeRegistry.ownerOfNode(node(9)), address(0), "nobody");
        assertEq(nodeRegistry.entityOfNode(node(9)), bytes32(0), "none");
        for (uint256 i = 0; i < 3; ++i) {
            address owner = kinds[i].ownerOf(1);
            linkAs(kinds[i], owner, 1, i);
            assertEq(nodeRegistry.ownerOfNode(node(i)), owner, "owner");
            assertEq(nodeRegistry.entityOfNode(node(i)), entity(owner), "entity");
            vm.prank(GOVERNANCE);
            entities.revoke(owner);
            assertEq(nodeRegistry.entityOfNode(node(i)), bytes32(0), "revoked");
        }
    }
}

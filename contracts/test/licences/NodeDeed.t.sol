// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {AttestedOwners} from "../../src/licences/AttestedOwners.sol";
import {LinkConsents} from "../../src/licences/LinkConsents.sol";
import {LinkedLicence} from "../../src/licences/LinkedLicence.sol";
import {NodeDeed} from "../../src/licences/NodeDeed.sol";
import {NodeRegistry} from "../../src/licences/NodeRegistry.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract NodeDeedTest is NetworkFixture {
    event LinkNode(address indexed to, uint256 indexed licenseId, address nodeAddress);
    event UnlinkNode(address indexed owner, uint256 indexed licenseId, address oldNodeAddress);

    /// Order of the curve: s and ORDER − s sign the same, so only the lower one may pass.
    uint256 private constant ORDER =
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    uint256 private id;

    function setUp() public {
        vm.warp(START - 1 hours);
        found();
        id = deedsFor(OWNER, 1);
    }

    function test_isNamedAsTheGenuineLicence() public view {
        assertEq(keccak256(bytes(deed.name())), keccak256("NDLicense"), "name");
        assertEq(keccak256(bytes(deed.symbol())), keccak256("ND"), "symbol");
        assertEq(deed.ownerOf(id), OWNER, "owner");
        assertEq(id, 1, "ids start at 1");
    }

    function test_linksANodeThatConsents() public {
        uint256 deadline = block.timestamp;
        bytes memory signature = consent(1, OWNER, id, deadline);
        vm.expectEmit(true, true, false, true);
        emit LinkNode(OWNER, id, node(1));
        vm.prank(OWNER);
        deed.link(id, node(1), 0, deadline, signature);
        assertTrue(deed.isNodeActive(node(1)), "active");
        assertTrue(controller.isNodeActive(node(1)), "active through the controller");
        assertEq(deed.getNodeOwner(node(1)), OWNER, "owner");
        assertEq(deed.nodeToLicenseId(node(1)), id, "licence");
        assertEq(deed.linkNonce(node(1)), 1, "the consent is used up");
        LinkedLicence.Licence memory state = deed.licence(id);
        assertEq(state.node, node(1), "node");
        assertEq(state.linkedSince, block.timestamp, "since");
        assertEq(deed.activatedAt(id), block.timestamp, "works from then on");
    }

    function test_countsTheDeedsThatWereSold() public {
        assertEq(deed.licenceCount(), 1, "one");
        deedsFor(OWNER, 2);
        assertEq(deed.licenceCount(), 3, "three");
    }

    function test_refusesAFrontRunnerWhoLinksAStrangersNode() public {
        uint256 own = deedsFor(STRANGER, 1);
        uint256 deadline = block.timestamp + 1;
        bytes memory seen = consent(1, OWNER, id, deadline);
        vm.startPrank(STRANGER);
        vm.expectRevert(LinkConsents.InvalidNodeSignature.selector);
        deed.link(own, node(1), 0, deadline, seen);
        vm.expectRevert(LinkedLicence.NotLicenseOwner.selector);
        deed.link(id, node(1), 0, deadline, seen);
        vm.stopPrank();
        vm.prank(OWNER);
        deed.link(id, node(1), 0, deadline, seen);
    }

    function test_refusesAConsentForAnotherLicenceNonceOrDeadline() public {
        uint256 other = deedsFor(OWNER, 1);
        uint256 deadline = block.timestamp + 1;
        bytes memory signature = consent(1, OWNER, id, deadline);
        vm.startPrank(OWNER);
        vm.expectRevert(LinkConsents.InvalidNodeSignature.selector);
        deed.link(other, node(1), 0, deadline, signature);
        vm.expectRevert(LinkConsents.InvalidNodeSignature.selector);
        deed.link(id, node(1), 0, deadline + 1, signature);
        vm.expectRevert(LinkConsents.InvalidNodeSignature.selector);
        deed.link(id, node(2), 0, deadline, signature);
        vm.expectRevert(abi.encodeWithSelector(LinkConsents.InvalidLinkNonce.selector, 0));
        deed.link(id, node(1), 1, deadline, signature);
        vm.stopPrank();
    }

    function test_refusesAnExpiredConsent() public {
        uint256 deadline = START - 1 hours;
        bytes memory signature = consent(1, OWNER, id, deadline);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(LinkConsents.LinkExpired.selector, deadline));
        vm.prank(OWNER);
        deed.link(id, node(1), 0, deadline, signature);
    }

    function test_refusesAReplayAfterUnlink() public {
        uint256 deadline = block.timestamp + 1 days;
        bytes memory signature = consent(1, OWNER, id, deadline);
        vm.startPrank(OWNER);
        deed.link(id, node(1), 0, deadline, signature);
        deed.unlink(id);
        vm.expectRevert(abi.encodeWithSelector(LinkConsents.InvalidLinkNonce.selector, 1));
        deed.link(id, node(1), 0, deadline, signature);
        vm.expectRevert(LinkConsents.InvalidNodeSignature.selector);
        deed.link(id, node(1), 1, deadline, signature);
        vm.stopPrank();
    }

    function test_refusesAConsentOfAnotherChainOrContract() public {
        uint256 deadline = block.timestamp + 1;
        bytes memory signature = consent(1, OWNER, id, deadline);
        NodeDeed foreign = sale(0);
        vm.prank(GOVERNANCE);
        devMinter.mint(OWNER, PRICE);
        vm.startPrank(OWNER);
        r1.approve(address(foreign), PRICE);
        foreign.buy(1, 1, PRICE, deadline);
        vm.expectRevert(LinkConsents.InvalidNodeSignature.selector);
        foreign.link(1, node(1), 0, deadline, signature);
        vm.chainId(8453);
        vm.expectRevert(LinkConsents.InvalidNodeSignature.selector);
        deed.link(id, node(1), 0, deadline, signature);
        vm.stopPrank();
    }

    function test_refusesAMalleableOrMalformedConsent() public {
        uint256 deadline = block.timestamp + 1;
        bytes32 digest = deed.linkDigest(OWNER, id, node(1), 0, deadline);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(NODE_KEYS + 1, digest);
        bytes memory high =
            abi.encodePacked(r, bytes32(ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        bytes[4] memory broken =
            [high, abi.encodePacked(r, s), bytes(""), abi.encodePacked(r, s, uint8(v - 27))];
        for (uint256 i = 0; i < broken.length; ++i) {
            vm.expectRevert(LinkConsents.InvalidNodeSignature.selector);
            vm.prank(OWNER);
            deed.link(id, node(1), 0, deadline, broken[i]);
        }
    }

    function test_refusesToLinkNobody() public {
        vm.expectRevert(LinkedLicence.InvalidNodeAddress.selector);
        vm.prank(OWNER);
        deed.link(id, address(0), 0, block.timestamp, "");
    }

    function test_refusesASecondLicenceForOneNode() public {
        uint256 other = deedsFor(STRANGER, 1);
        linkAs(OWNER, id, 1);
        uint256 deadline = block.timestamp + 1;
        bytes memory signature = consent(1, STRANGER, other, deadline);
        vm.expectRevert(LinkedLicence.NodeAddressAlreadyRegistered.selector);
        vm.prank(STRANGER);
        deed.link(other, node(1), 1, deadline, signature);
    }

    function test_relinkingReleasesTheOldNode() public {
        linkAs(OWNER, id, 1);
        vm.warp(block.timestamp + 10);
        linkAs(OWNER, id, 2);
        assertTrue(!deed.isNodeActive(node(1)), "released");
        assertTrue(deed.isNodeActive(node(2)), "linked");
        linkAs(OWNER, deedsFor(OWNER, 1), 1);
    }

    function test_unlinksForTheOwnerAlone() public {
        linkAs(OWNER, id, 1);
        vm.expectRevert(LinkedLicence.NotLicenseOwner.selector);
        vm.prank(STRANGER);
        deed.unlink(id);
        vm.expectEmit(true, true, false, true);
        emit UnlinkNode(OWNER, id, node(1));
        vm.prank(OWNER);
        deed.unlink(id);
        assertTrue(!deed.isNodeActive(node(1)), "inactive");
        vm.expectRevert(LinkedLicence.LicenseNotLinked.selector);
        vm.prank(OWNER);
        deed.unlink(id);
    }

    function test_transferUnlinksAndGivesTheNewOwnerTheSay() public {
        linkAs(OWNER, id, 1);
        vm.prank(OWNER);
        deed.transferFrom(OWNER, STRANGER, id);
        assertTrue(!deed.isNodeActive(node(1)), "inactive");
        linkAs(STRANGER, id, 1);
        assertEq(deed.getNodeOwner(node(1)), STRANGER, "new owner");
    }

    function test_banUnlinksAndFreezes() public {
        linkAs(OWNER, id, 1);
        vm.expectRevert(abi.encodeWithSelector(LinkedLicence.NotGovernance.selector, OWNER));
        vm.prank(OWNER);
        deed.ban(id, "spam");
        vm.startPrank(GOVERNANCE);
        deed.ban(id, "spam");
        vm.expectRevert(LinkedLicence.LicenseAlreadyBanned.selector);
        deed.ban(id, "spam");
        vm.stopPrank();
        assertTrue(!deed.isNodeActive(node(1)), "inactive");

        uint256 deadline = block.timestamp + 1;
        bytes memory signature = consent(1, OWNER, id, deadline);
        vm.startPrank(OWNER);
        vm.expectRevert(LinkedLicence.LicenseBanned.selector);
        deed.link(id, node(1), 1, deadline, signature);
        vm.expectRevert(LinkedLicence.LicenseBanned.selector);
        deed.transferFrom(OWNER, STRANGER, id);
        vm.stopPrank();
        vm.expectRevert(LinkedLicence.LicenseBanned.selector);
        deed.claimant(id);

        vm.startPrank(GOVERNANCE);
        deed.unban(id, "appeal");
        vm.expectRevert(LinkedLicence.LicenseNotBanned.selector);
        deed.unban(id, "appeal");
        vm.stopPrank();
        linkAs(OWNER, id, 1);
    }

    function test_remembersWhoWasLinkedWhen() public {
        uint256 t0 = START - 1 hours;
        linkAs(OWNER, id, 1);
        vm.warp(t0 + 10);
        vm.prank(OWNER);
        deed.unlink(id);
        linkAs(OWNER, id, 2);
        vm.warp(t0 + 20);
        vm.prank(OWNER);
        deed.unlink(id);
        assertEq(deed.nodeAt(id, uint96(t0 - 1)), address(0), "before");
        assertEq(deed.nodeAt(id, uint96(t0)), node(1), "at the link");
        assertEq(deed.nodeAt(id, uint96(t0 + 9)), node(1), "still");
        assertEq(deed.nodeAt(id, uint96(t0 + 10)), node(2), "the last change of a block counts");
        assertEq(deed.nodeAt(id, uint96(t0 + 20)), address(0), "after");
        (, uint64 activated) = deed.claimant(id);
        assertEq(activated, t0, "first link");
    }

    function test_rowsAreThoseLinkedToOneNodeAtBothMoments() public {
        uint256 first = deedsFor(OWNER, 4);
        uint96 from = uint96(block.timestamp);
        uint96 to = from + 100;
        for (uint256 i = 0; i < 4; ++i) {
            linkAs(OWNER, first + i, i);
        }
        vm.warp(from + 50);
        vm.prank(OWNER);
        deed.unlink(first);
        linkAs(OWNER, first + 1, 7);
        vm.prank(OWNER);
        deed.unlink(first + 2);
        linkAs(OWNER, first + 2, 2);
        vm.warp(to + 1);
        vm.prank(OWNER);
        deed.unlink(first + 3);

        LinkedLicence.Row[] memory rows = deed.rowsAt(from, to, 0, 100);
        assertEq(rows.length, 2, "rows");
        assertEq(rows[0].licenceId, first + 2, "left and came back to the same node");
        assertEq(rows[0].node, node(2), "node");
        assertEq(rows[1].licenceId, first + 3, "left afterwards");
        assertEq(deed.rowsAt(from, to, 0, first + 1).length, 0, "first page");
        assertEq(deed.rowsAt(from, to, first + 1, 1).length, 1, "second page");
        assertEq(deed.rowsAt(from, to, 5, 0).length, 0, "empty page");
        assertEq(deed.rowsAt(from, to, 50, 10).length, 0, "beyond the end");
    }

    function test_pagesListLicencesInOrder() public {
        deedsFor(STRANGER, 2);
        deedsFor(OWNER, 2);
        LinkedLicence.Licence[] memory page = deed.licences(1, 3);
        assertEq(page.length, 3, "page");
        assertEq(page[0].licenceId, 2, "by id");
        assertEq(page[0].owner, STRANGER, "owner");
        assertEq(deed.licences(4, 10).length, 1, "the rest");
        assertEq(deed.licencesOf(OWNER, 0, 10).length, 3, "by owner");
        assertEq(deed.licencesOf(OWNER, 2, 10).length, 1, "page by owner");
    }

    function test_linksForVerifiedOwnersAlone() public {
        uint256 deadline = block.timestamp + 1;
        bytes memory signature = consent(1, OWNER, id, deadline);
        vm.prank(GOVERNANCE);
        entities.revoke(OWNER);
        vm.expectRevert(abi.encodeWithSelector(AttestedOwners.NotAttested.selector, OWNER));
        vm.prank(OWNER);
        deed.link(id, node(1), 0, deadline, signature);
        verify(OWNER);
        vm.prank(OWNER);
        deed.link(id, node(1), 0, deadline, signature);
    }

    function test_aLicenceStaysWithItsNodeForTheStatedTime() public {
        deed = sale(24 hours);
        uint256 first = deedsFor(OWNER, 1);
        linkAs(OWNER, first, 1);
        uint256 linkedAt = START - 1 hours;
        vm.prank(OWNER);
        deed.unlink(first);
        vm.warp(linkedAt + 24 hours - 1);
        uint256 deadline = block.timestamp + 1;
        bytes memory signature = consent(2, OWNER, first, deadline);
        vm.expectRevert(
            abi.encodeWithSelector(LinkedLicence.CannotReassignYet.selector, linkedAt + 24 hours)
        );
        vm.prank(OWNER);
        deed.link(first, node(2), 0, deadline, signature);
        vm.warp(linkedAt + 24 hours);
        vm.prank(OWNER);
        deed.link(first, node(2), 0, deadline, signature);
        (, uint64 activated) = deed.claimant(first);
        assertEq(activated, linkedAt, "activated once");
    }

    function test_theEntityOfANodeIsThatOfItsOwner() public {
        assertEq(nodeRegistry.entityOfNode(node(1)), bytes32(0), "no licence");
        linkAs(OWNER, id, 1);
        assertEq(nodeRegistry.entityOfNode(node(1)), entity(OWNER), "linked");
        vm.prank(GOVERNANCE);
        entities.revoke(OWNER);
        assertEq(nodeRegistry.entityOfNode(node(1)), bytes32(0), "revoked");
        verify(OWNER);
        vm.prank(GOVERNANCE);
        deed.ban(id, "spam");
        assertEq(nodeRegistry.entityOfNode(node(1)), bytes32(0), "banned");
    }

    function testFuzz_showsWhatIsLeftToMine(uint256 claimed) public {
        uint256 cap = 1_575_188_843_457_943_925_233;
        assertEq(deed.residual(id), cap, "nothing mined");
        claimed = bound(claimed, 0, cap);
        vm.mockCall(address(rewards), abi.encodeCall(rewards.claimed, (1, id)), abi.encode(claimed));
        assertEq(deed.residual(id), cap - claimed, "the rest");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 9));
        deed.residual(9);
    }

    /// Deeds of another contract of the same network. It takes the place of the first in a registry
    /// of its own, because a registry serves three contracts alone.
    function sale(uint256 relinkSeconds) private returns (NodeDeed) {
        NodeRegistry registry =
            new NodeRegistry(entities, next(1), address(masterDeed), address(genesisDeed));
        return
            new NodeDeed(
                r1, controller, registry, entities, feed, LIQUIDITY, COMPANY, relinkSeconds
            );
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {VoidEpoch} from "../../src/epochs/VoidEpochs.sol";
import {Handovers} from "../../src/licences/Handovers.sol";
import {LinkedLicence} from "../../src/licences/LinkedLicence.sol";
import {Rewards} from "../../src/rewards/Rewards.sol";
import {Schedules} from "../../src/rewards/Schedules.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract HandoversTest is NetworkFixture {
    event HandoverPending(
        uint256 indexed licenseId, address indexed seller, uint32 throughEpoch, address to
    );
    event HandoverSettled(
        address indexed seller,
        uint8 indexed licenceType,
        uint256 indexed licenseId,
        uint32 throughEpoch,
        uint256 rewardsAmount
    );
    event HandoverLapsed(
        address indexed seller,
        uint8 indexed licenceType,
        uint256 indexed licenseId,
        uint32 throughEpoch
    );

    address private constant FIRST = address(0x71);
    address private constant SECOND = address(0x72);
    address private constant THIRD = address(0x73);

    uint256 private id;
    mapping(uint256 epoch => EpochCertificate) private certificates;

    function setUp() public {
        begin(4);
        id = deedsFor(FIRST, 1);
        linkAs(FIRST, id, 1);
    }

    function test_theSellerGetsWhatHadEndedAndTheBuyerTheRest() public {
        settleEpoch(0, 100);
        rewards.claim(1, id, 100, 100 * RATE, path());
        settleEpoch(1, 150);
        vm.warp(endOf(1) + 5);
        vm.expectEmit(true, true, false, true);
        emit HandoverPending(id, FIRST, 1, SECOND);
        give(FIRST, SECOND);
        linkAs(SECOND, id, 1);
        settleEpoch(2, 400);

        bytes memory waits = abi.encodeWithSelector(Handovers.HandoverUnsettled.selector, FIRST, 1);
        vm.expectRevert(waits);
        rewards.claim(1, id, 400, 400 * RATE, path());
        vm.expectRevert(waits);
        rewards.claimable(1, id, 400, 400 * RATE, path());

        uint256 before = r1.balanceOf(FIRST);
        uint256 his = 150 * RATE / 255 - 100 * RATE / 255;
        vm.expectEmit(true, true, true, true);
        emit HandoverSettled(FIRST, 1, id, 1, his);
        vm.prank(STRANGER);
        assertEq(settle(1, 150), his, "returned");
        assertEq(r1.balanceOf(FIRST) - before, his, "the seller");
        rewards.claim(1, id, 400, 400 * RATE, path());
        assertEq(r1.balanceOf(SECOND), 400 * RATE / 255 - 150 * RATE / 255, "the buyer");
        assertEq(deed.licence(id).claimed, 400 * RATE / 255, "progress goes with the licence");
    }

    function test_threeOwnersInARowAreSettledInOrder() public {
        settleEpoch(0, 100);
        give(FIRST, SECOND);
        linkAs(SECOND, id, 1);
        settleEpoch(1, 130);
        settleEpoch(2, 200);
        give(SECOND, THIRD);
        linkAs(THIRD, id, 1);
        settleEpoch(3, 220);
        settleEpoch(4, 300);
        Handovers.Handover[] memory pending = deed.handovers(id);
        assertEq(pending.length, 2, "two sellers");
        assertEq(pending[0].seller, FIRST, "the oldest first");
        assertEq(pending[1].throughEpoch, 2, "through");

        EpochCertificate memory newer = certificates[2];
        vm.expectRevert(abi.encodeWithSelector(Rewards.OtherEpochSettles.selector, 2, 0));
        rewards.settle(1, id, 200, 200 * RATE, newer, path());
        settle(0, 100);
        vm.expectRevert(abi.encodeWithSelector(Handovers.HandoverUnsettled.selector, SECOND, 2));
        rewards.claim(1, id, 300, 300 * RATE, path());
        settle(2, 200);
        rewards.claim(1, id, 300, 300 * RATE, path());
        assertEq(r1.balanceOf(FIRST), 100 * RATE / 255, "first");
        assertEq(r1.balanceOf(SECOND), 200 * RATE / 255 - 100 * RATE / 255, "second");
        assertEq(r1.balanceOf(THIRD), 300 * RATE / 255 - 200 * RATE / 255, "third");
    }

    function test_nobodyIsSettledWithTwice() public {
        settleEpoch(0, 100);
        give(FIRST, SECOND);
        settle(0, 100);
        vm.expectRevert(abi.encodeWithSelector(Handovers.NoHandover.selector, id));
        settle(0, 100);
        vm.expectRevert(abi.encodeWithSelector(Rewards.NothingToClaim.selector, 100 * RATE / 255));
        rewards.claim(1, id, 100, 100 * RATE, path());
    }

    function test_aSellerWhoClaimedEverythingIsSettledWithForNothing() public {
        settleEpoch(0, 100);
        rewards.claim(1, id, 100, 100 * RATE, path());
        give(FIRST, SECOND);
        uint256 before = r1.balanceOf(FIRST);
        assertEq(settle(0, 100), 0, "nothing was due");
        assertEq(r1.balanceOf(FIRST), before, "nothing was paid");
        assertEq(deed.handovers(id).length, 0, "settled");
    }

    function test_waitsForTheCertificateOfTheLastEpochThatWasHis() public {
        vm.warp(endOf(1)); // two epochs are over and none is certified
        give(FIRST, SECOND);
        EpochCertificate memory early = certificateOf(1);
        vm.expectRevert(abi.encodeWithSelector(Rewards.CertificateNotRecorded.selector, 1));
        rewards.settle(1, id, 0, 0, early, path());
        settleEpoch(0, 100);
        settleEpoch(1, 300);
        settle(1, 300);
        assertEq(r1.balanceOf(FIRST), 300 * RATE / 255, "both epochs");
    }

    /// A void has its own hash, and settles as a certificate does.
    function test_aVoidSettlesToo() public {
        settleEpoch(0, 100);
        vm.warp(endOf(1));
        give(FIRST, SECOND);
        vm.warp(START + 8 * EPOCH);
        VoidEpoch memory voided;
        voided.configDigest = controller.configDigestOf(8);
        voided.epoch = 1;
        voided.previousOutcomeHash = controller.outcomeHash(0);
        voided.cumulativeRoot = leaf(id, 150);
        vm.expectRevert(abi.encodeWithSelector(Rewards.CertificateNotRecorded.selector, 1));
        rewards.settleVoid(1, id, 150, 150 * RATE, voided, path());
        (bytes32 digest,) = controller.voidHashesOf(voided);
        controller.submitVoid(voided, 0x7, digestSignedBy(0x7, digest));
        vm.expectRevert(abi.encodeWithSelector(Rewards.OtherEpochSettles.selector, 0, 1));
        settle(0, 100);
        uint256 due = rewards.settleVoid(1, id, 150, 150 * RATE, voided, path());
        assertEq(due, 150 * RATE / 255, "both epochs");
        assertEq(r1.balanceOf(FIRST), due, "paid");
    }

    /// Epochs that governance voided have no root and pay nothing: the one before them settles.
    function test_whatWasRecordedBeforeSettlesWhatGovernanceVoided() public {
        settleEpoch(0, 100);
        settleEpoch(1, 150);
        vm.warp(endOf(3));
        give(FIRST, SECOND);
        vm.warp(START + 10 * EPOCH);
        voidByGovernance(2);
        vm.expectRevert(abi.encodeWithSelector(Rewards.OtherEpochSettles.selector, 1, 3));
        settle(1, 150); // epoch 3 is not recorded yet
        voidByGovernance(3);
        vm.expectRevert(abi.encodeWithSelector(Rewards.OtherEpochSettles.selector, 0, 3));
        settle(0, 100); // epoch 1 has a root
        assertEq(settle(1, 150), 150 * RATE / 255, "what he had earned");
    }

    function test_refusesACertificateThatWasNotRecordedAndALeafOfAnother() public {
        settleEpoch(0, 100);
        give(FIRST, SECOND);
        EpochCertificate memory forged = certificates[0];
        forged.cumulativeRoot = leaf(id, 255);
        vm.expectRevert(abi.encodeWithSelector(Rewards.CertificateNotRecorded.selector, 0));
        rewards.settle(1, id, 255, 255 * RATE, forged, path());
        vm.expectRevert(
            abi.encodeWithSelector(Rewards.InvalidProof.selector, certificates[0].cumulativeRoot)
        );
        settle(0, 101);
        assertEq(deed.handovers(id).length, 1, "still waits");
    }

    /// The view a certificate was signed in is no part of its outcome.
    function test_acceptsTheOutcomeInAnotherView() public {
        settleEpoch(0, 100);
        give(FIRST, SECOND);
        certificates[0].viewNumber = 9;
        settle(0, 100);
    }

    function test_boundsASettlementByTheEpochsThatWereHis() public {
        settleEpoch(0, 256);
        give(FIRST, SECOND);
        settleEpoch(1, 300);
        vm.expectRevert(abi.encodeWithSelector(Schedules.CreditsExceedEpochs.selector, 256, 255));
        settle(0, 256);
    }

    function test_entersNobodyBeforeTheFirstRow() public {
        uint256 fresh = deedsFor(FIRST, 4);
        hand(fresh, FIRST, SECOND); // never linked
        linkAs(FIRST, fresh + 1, 2);
        hand(fresh + 1, FIRST, SECOND); // before epoch 0 has ended
        vm.warp(START + 10);
        linkAs(FIRST, fresh + 2, 3);
        vm.warp(endOf(0) + 10);
        hand(fresh + 2, FIRST, SECOND); // linked after epoch 0 began
        vm.warp(endOf(1) + 10);
        linkAs(FIRST, fresh + 3, 4);
        vm.warp(endOf(1) + 20);
        unlinkAs(FIRST, fresh + 3); // linked and unlinked in one epoch
        vm.warp(endOf(5));
        hand(fresh + 3, FIRST, SECOND);
        for (uint256 i = 0; i < 4; ++i) {
            assertEq(deed.handovers(fresh + i).length, 0, "nothing to settle");
        }
        settleEpoch(0, 1);
        vm.expectPartialRevert(Rewards.InvalidProof.selector); // no HandoverUnsettled
        rewards.claim(1, fresh + 3, 0, 0, path());
    }

    /// A row needs the same node at both ends of an epoch, whatever happened in between.
    function test_findsEveryRow() public {
        uint256 fresh = deedsFor(FIRST, 3);
        linkAs(FIRST, fresh, 2);
        linkAs(FIRST, fresh + 1, 3);
        linkAs(FIRST, fresh + 2, 4);
        vm.warp(START + 10);
        unlinkAs(FIRST, fresh); // came back to the node that it left
        linkAs(FIRST, fresh, 2);
        linkAs(FIRST, fresh + 1, 5); // moved to another node, and back after the epoch
        unlinkAs(FIRST, fresh + 2);
        vm.warp(endOf(0) + 10);
        linkAs(FIRST, fresh + 1, 3);
        hand(fresh, FIRST, SECOND);
        hand(fresh + 1, FIRST, SECOND);
        hand(fresh + 2, FIRST, SECOND);
        assertEq(deed.handovers(fresh).length, 1, "a row");
        assertEq(deed.handovers(fresh + 1).length, 0, "none");
        assertEq(deed.handovers(fresh + 2).length, 0, "none");
        LinkedLicence.Row[] memory rows = deed.rowsAt(uint96(START), uint96(endOf(0)), 0, 10);
        assertEq(rows.length, 2, "the contract's own rows");
        assertEq(rows[1].licenceId, fresh, "agree");
    }

    /// Any history of links: a seller waits exactly when the licence has a row.
    function testFuzz_aSellerWaitsExactlyWhenThereIsARow(uint256 seed) public {
        uint256 fresh = deedsFor(FIRST, 1);
        vm.warp(START - 100);
        for (uint256 i = 0; i < 8; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 3 == 0) {
                linkIfFree(fresh, 2 + (seed >> 8) % 2);
            } else if (seed % 3 == 1 && deed.licence(fresh).node != address(0)) {
                unlinkAs(FIRST, fresh);
            }
            vm.warp(block.timestamp + (seed >> 16) % EPOCH);
            if ((seed >> 64) % 5 == 0) vm.warp(endOf((block.timestamp - START + EPOCH) / EPOCH));
        }
        if (block.timestamp < START) vm.warp(START);
        hand(fresh, FIRST, SECOND);
        uint256 rows = 0;
        for (uint256 e = 0; endOf(e) <= block.timestamp; ++e) {
            LinkedLicence.Row[] memory found =
                deed.rowsAt(uint96(endOf(e) - EPOCH), uint96(endOf(e)), fresh - 1, 1);
            rows += found.length;
        }
        assertEq(deed.handovers(fresh).length, rows > 0 ? 1 : 0, "a seller waits");
    }

    function test_passingItOnInOneEpochAddsNoSeller() public {
        settleEpoch(0, 100);
        give(FIRST, SECOND);
        give(SECOND, THIRD);
        give(THIRD, FIRST);
        assertEq(deed.handovers(id).length, 1, "only the first had anything");
        settle(0, 100);
        assertEq(r1.balanceOf(FIRST), 100 * RATE / 255, "paid");
        give(FIRST, SECOND); // settled already: another entry, with nothing due
        assertEq(settle(0, 100), 0, "nothing");
    }

    function test_givingItToOneselfIsNoHandover() public {
        settleEpoch(0, 100);
        give(FIRST, FIRST);
        assertEq(deed.handovers(id).length, 0, "none");
        rewards.claim(1, id, 100, 100 * RATE, path());
    }

    function test_aBannedLicenceSettlesWhenTheBanIsLifted() public {
        settleEpoch(0, 100);
        give(FIRST, SECOND);
        vm.prank(GOVERNANCE);
        deed.ban(id, "spam");
        vm.expectRevert(LinkedLicence.LicenseBanned.selector);
        settle(0, 100);
        vm.expectRevert(LinkedLicence.LicenseBanned.selector);
        rewards.lapse(1, id);
        vm.prank(GOVERNANCE);
        deed.unban(id, "appeal");
        settle(0, 100);
        assertEq(r1.balanceOf(FIRST), 100 * RATE / 255, "paid");
    }

    /// A corrupt quorum certifies credits that cannot be: that must not lock the licence for ever.
    function test_aSellerMayBePassedOverAfterNinetyEpochs() public {
        settleEpoch(0, 100);
        settleEpoch(1, 1e6);
        vm.warp(endOf(1));
        give(FIRST, SECOND);
        for (uint32 e = 2; e < 91; ++e) {
            settleEpoch(e, 200);
        }
        vm.expectRevert(abi.encodeWithSelector(Rewards.SettlementNotOver.selector, 91, 92));
        rewards.lapse(1, id);
        settleEpoch(91, 200);
        vm.expectEmit(true, true, true, true);
        emit HandoverLapsed(FIRST, 1, id, 1);
        rewards.lapse(1, id);
        rewards.claim(1, id, 200, 200 * RATE, path());
        assertEq(r1.balanceOf(SECOND), 200 * RATE / 255, "goes with the licence");
        vm.expectRevert(abi.encodeWithSelector(Handovers.NoHandover.selector, id));
        rewards.lapse(1, id);
    }

    function test_masterDeedsHandOverToo() public {
        uint256 assigned = 100_000e18;
        uint256 master = masterDeedFor(FIRST, assigned);
        linkAs(masterDeed, FIRST, master, 2);
        for (uint32 e = 0; e < 211; ++e) {
            settleEpoch(e, 1);
        }
        uint256 rate = rewards.rateOf(2, master, 210);
        EpochCertificate memory certificate = certificateOf(211);
        uint256 weight = 255 * (rate + rewards.rateOf(2, master, 211));
        certificate.cumulativeRoot = leafOf(2, master, 510, weight);
        record(certificate);
        vm.prank(GOVERNANCE);
        masterDeed.initiateTransfer(FIRST, SECOND);
        vm.prank(FIRST);
        masterDeed.transferFrom(FIRST, SECOND, master);
        uint256 due = rewards.settle(2, master, 510, weight, certificate, path());
        assertEq(due, weight / 255, "due");
        assertEq(r1.balanceOf(FIRST), due, "paid");
    }

    function test_theGenesisDeedHasNoSellers() public {
        EpochCertificate memory any = certificateOf(0);
        vm.expectRevert(abi.encodeWithSelector(Schedules.UnknownLicenceType.selector, 3));
        rewards.settle(3, 1, 0, 0, any, path());
        vm.expectRevert(abi.encodeWithSelector(Schedules.UnknownLicenceType.selector, 3));
        rewards.lapse(3, 1);
    }

    function test_onlyRewardsTakesHandovers() public {
        vm.expectRevert(abi.encodeWithSelector(Handovers.NotRewards.selector, GOVERNANCE));
        vm.prank(GOVERNANCE);
        deed.takeHandover(id);
    }

    /// Certifies an epoch whose tree is the licence's leaf alone, some seconds after its end.
    function settleEpoch(uint32 epoch, uint256 credits) private {
        EpochCertificate memory certificate = certificateOf(epoch);
        certificate.cumulativeRoot = leaf(id, credits);
        certificates[epoch] = certificate;
        record(certificate);
        if (block.timestamp == endOf(epoch)) vm.warp(endOf(epoch) + 10);
    }

    function voidByGovernance(uint32 epoch) private {
        bytes32 previous = controller.outcomeHash(epoch - 1);
        vm.prank(GOVERNANCE);
        controller.voidByGovernance(epoch, previous);
    }

    function settle(uint32 epoch, uint256 credits) private returns (uint256) {
        return rewards.settle(1, id, credits, credits * RATE, certificates[epoch], path());
    }

    function give(address from, address to) private {
        hand(id, from, to);
    }

    function hand(uint256 licenceId, address from, address to) private {
        vm.prank(from);
        deed.transferFrom(from, to, licenceId);
    }

    function unlinkAs(address owner, uint256 licenceId) private {
        vm.prank(owner);
        deed.unlink(licenceId);
    }

    function linkIfFree(uint256 licenceId, uint256 index) private {
        if (!controller.isNodeActive(node(index))) linkAs(FIRST, licenceId, index);
    }

    function path() private pure returns (bytes32[] memory) {
        return new bytes32[](0);
    }
}

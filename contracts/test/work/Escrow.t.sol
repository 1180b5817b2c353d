// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AvailabilityTree} from "../../src/work/AvailabilityTree.sol";
import {EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {Escrow} from "../../src/work/Escrow.sol";
import {EscrowFixture} from "./EscrowFixture.sol";
import {JobLedger} from "../../src/work/JobLedger.sol";
import {Jobs} from "../../src/work/Jobs.sol";
import {Settlement} from "../../src/work/Settlement.sol";

contract EscrowTest is EscrowFixture {
    event JobClosed(uint256 indexed jobId, uint256 refund);
    event Withdrawn(address indexed account, address indexed to, uint256 amount);

    uint256 private jobId;
    uint256 private cost;

    function setUp() public {
        beginEscrow();
        jobId = order(45, 2);
        cost = NODE_PRICE * 45 * 2;
    }

    function test_isJoinedToItsNetwork() public view {
        assertEq(address(escrow.controller()), address(controller), "controller");
        assertEq(address(escrow.r1()), address(r1), "token");
        assertEq(address(escrow.nodeDeed()), address(deed), "licences");
        assertEq(address(escrow.prices().priceFeed()), address(jobFeed), "feed");
    }

    /// One node too few, and half of the epochs of the other below the service level.
    function test_whatNobodyEarnedReturnsAtClose() public {
        place(jobId, 0, first(1));
        for (uint32 e = 0; e < 45; ++e) {
            certify(e % 2 == 0 ? 255 : 0);
            expectNotClosable();
            settle(jobId, e, first(1));
        }
        uint256 gross = NODE_PRICE * 23;
        vm.expectEmit(true, false, false, true);
        emit JobClosed(jobId, cost - gross);
        vm.prank(STRANGER);
        assertEq(escrow.close(jobId), cost - gross, "refund");
        assertEq(escrow.getActiveJobsCount(PAYER), 0, "not active");
        assertEq(escrow.getClosedJobs(PAYER)[0], jobId, "but closed");
        assertTrue(escrow.standingOf(jobId).closed, "shown");
        vm.expectEmit(true, true, false, true);
        emit Withdrawn(PAYER, STRANGER, cost - gross);
        vm.prank(PAYER);
        escrow.withdraw(STRANGER);
        assertEq(r1.balanceOf(address(escrow)), gross, "what was earned is still held");
        expectNotClosable();
        AvailabilityTree.Entry[] memory none;
        vm.expectRevert(abi.encodeWithSelector(JobLedger.JobIsClosed.selector, jobId));
        escrow.settle(jobId, certificates[44], none);
    }

    function test_aJobThatWasStoppedIsClosedEarly() public {
        place(jobId, 0, first(2));
        runUntil(jobId, 34);
        place(jobId, 35, nobody());
        runUntil(jobId, 35);
        uint256 refund = escrow.close(jobId);
        assertEq(refund, NODE_PRICE * 10 * 2, "the epochs that it does not run");
        escrow.release(jobId, 0, shares(2));
        escrow.release(jobId, 1, shares(2));
        assertEq(
            escrow.withdrawable(operators[0]), NODE_PRICE * 35 * 85 / 100, "the others are paid"
        );
    }

    function test_aJobThatIsStoppedBeforeItRunsReturnsWhole() public {
        place(jobId, 1, first(2));
        place(jobId, 1, nobody());
        assertEq(escrow.getJobDetails(jobId).lastExecutionEpoch, 1, "no epochs");
        assertEq(escrow.close(jobId), cost, "everything");
    }

    function test_aJobThatNobodySettlesIsClosedAWeekAfterItsEnd() public {
        place(jobId, 0, first(2));
        certifyUntil(45);
        uint256 until = controller.recordedAt(44) + 8 * EPOCH;
        vm.warp(until - 1);
        expectNotClosable();
        vm.warp(until);
        assertEq(escrow.close(jobId), cost, "everything");
    }

    /// A network that records nothing any more for thirty epochs has given them up.
    function test_nothingIsTrappedWhenTheNetworkStops() public {
        place(jobId, 0, first(2));
        runUntil(jobId, 40);
        vm.warp(endOf(44) + 30 * EPOCH - 1);
        expectNotClosable();
        // A network that catches up is not given up.
        certify(255);
        settle(jobId, 40, first(2));
        uint256 until = block.timestamp + 30 * EPOCH;
        vm.warp(endOf(44) + 30 * EPOCH);
        expectNotClosable();
        vm.warp(until - 1);
        expectNotClosable();
        vm.warp(until);
        assertEq(escrow.close(jobId), NODE_PRICE * 4 * 2, "four epochs were never recorded");
        escrow.release(jobId, 0, shares(2));
        escrow.release(jobId, 1, shares(2));
        assertEq(escrow.withdrawable(operators[0]), NODE_PRICE * 41 * 85 / 100, "the rest is paid");
    }

    function test_nothingIsTrappedWhenTheNetworkNeverRecordsAnything() public {
        place(jobId, 0, first(2));
        vm.warp(endOf(44) + 30 * EPOCH - 1);
        expectNotClosable();
        vm.warp(endOf(44) + 30 * EPOCH);
        assertEq(escrow.close(jobId), cost, "everything");
    }

    /// An epoch that was voided has an outcome that is no certificate's hash: nobody is paid for
    /// it, nobody is blamed, and the money returns.
    function test_aVoidEpochReturnsToThePayer() public {
        place(jobId, 0, first(2));
        runUntil(jobId, 40);
        vm.warp(endOf(40 + controller.voidAfter()));
        bytes32 previous = controller.outcomeHash(39);
        EpochCertificate memory certificate = certificateOf(40);
        vm.prank(GOVERNANCE);
        controller.voidByGovernance(40, previous);
        AvailabilityTree.Entry[] memory none;
        vm.expectRevert(
            abi.encodeWithSelector(
                Settlement.CertificateMismatch.selector, 40, controller.outcomeHash(40)
            )
        );
        escrow.settle(jobId, certificate, none);
        runUntil(jobId, 45);
        expectNotClosable();
        vm.warp(block.timestamp + 8 * EPOCH);
        assertEq(escrow.close(jobId), NODE_PRICE * 2, "one epoch of two nodes");
        assertEq(escrow.nodeScore(nodes[0]), 1000, "nobody is to blame");
    }

    /// The feed is asked when something is ordered, and never else.
    function test_aBrokenFeedTrapsNothing() public {
        place(jobId, 0, first(2));
        jobFeed.set(0);
        runUntil(jobId, 45);
        escrow.close(jobId);
        escrow.release(jobId, 0, shares(2));
        vm.prank(operators[0]);
        escrow.withdraw(operators[0]);
    }

    function test_oneBadJobNeverBlocksAnother() public {
        uint256 other = order(30, 1);
        place(jobId, 0, first(2));
        place(other, 0, first(1));
        certifyUntil(30);
        for (uint32 e = 23; e < 30; ++e) {
            settle(other, e, first(1));
        }
        vm.warp(controller.recordedAt(29) + 8 * EPOCH);
        assertEq(escrow.close(other), NODE_PRICE * 23, "closed though the other was never settled");
        escrow.release(other, 0, shares(1));
        expectNotClosable();
    }

    function test_whatHasNotStartedIsNotClosed() public {
        vm.warp(endOf(200));
        expectNotClosable();
        vm.expectRevert(abi.encodeWithSelector(Jobs.UnknownJob.selector, 9));
        escrow.close(9);
        vm.expectRevert(abi.encodeWithSelector(JobLedger.JobNotStarted.selector, jobId));
        escrow.isTermFinal(jobId, 0);
    }

    function expectNotClosable() private {
        assertTrue(!escrow.isClosable(jobId), "not closable");
        vm.expectRevert(abi.encodeWithSelector(Escrow.NotClosable.selector, jobId));
        escrow.close(jobId);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AvailabilityTree} from "../../src/work/AvailabilityTree.sol";
import {EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {Escrow} from "../../src/work/Escrow.sol";
import {EscrowFixture} from "./EscrowFixture.sol";
import {JobLedger} from "../../src/work/JobLedger.sol";
import {Orders} from "../../src/work/Orders.sol";
import {Settlement} from "../../src/work/Settlement.sol";

contract SettlementTest is EscrowFixture {
    event NodeSettled(
        uint256 indexed jobId,
        uint32 indexed epoch,
        address indexed node,
        uint256 licenceId,
        uint8 availability,
        uint256 amount
    );
    event NodeBelowServiceLevel(
        uint256 indexed jobId, address indexed node, uint32 indexed epoch, uint8 availability
    );
    event RewardsAllocatedV3(uint256 indexed jobId, address nodeAddress, uint256 r1Amount);
    event TokensBurned(uint256 indexed jobId, uint256 r1Amount);

    uint256 private jobId;

    function setUp() public {
        beginEscrow();
        jobId = order(TERM, 2);
        place(jobId, 0, first(2));
    }

    function testFuzz_aNodeEarnsInProportionAtTheServiceLevel(uint8 availability) public {
        uint32 epoch = certify(availability);
        bool kept = availability >= 250;
        uint256 due = kept ? NODE_PRICE * availability / 255 : 0;
        if (!kept) {
            vm.expectEmit(true, true, true, true);
            emit NodeBelowServiceLevel(jobId, nodes[0], epoch, availability);
        }
        vm.expectEmit(true, true, true, true);
        emit NodeSettled(jobId, epoch, nodes[0], licences[0], availability, due);
        settle(jobId, epoch, only(nodes[0]));
        assertEq(earned(0), due, "earned");
        assertEq(escrow.failuresOf(jobId, 0, nodes[0]), kept ? 0 : 1, "failures");
        assertEq(escrow.nodeScore(nodes[0]), kept ? 1000 : 950, "score");
        assertEq(escrow.standingOf(jobId).earned, due, "of the job");
        assertTrue(escrow.isSettled(jobId, epoch, nodes[0]), "settled");
        assertTrue(!escrow.isSettled(jobId, epoch, nodes[1]), "the other is not");
        assertTrue(!escrow.isSettled(jobId, epoch, nodes[2]), "nor is a node elsewhere");
    }

    function test_theServiceLevelIsNinetyEightPerCent() public view {
        assertEq(escrow.SERVICE_LEVEL(), uint256(255 * 98 + 99) / 100, "rounded up");
        assertEq(escrow.TERM_EPOCHS(), 30, "a term");
    }

    function test_itDoesNotMatterWhoSettlesFirst() public {
        uint32 epoch = certify(255);
        settle(jobId, epoch, only(nodes[1]));
        settle(jobId, epoch, nobody()); // a payer that hopes to close the epoch
        settle(jobId, epoch, first(2));
        settle(jobId, epoch, first(2));
        assertEq(earned(0), NODE_PRICE, "the later one loses nothing");
        assertEq(earned(1), NODE_PRICE, "the earlier one is not paid twice");
        assertEq(escrow.standingOf(jobId).earned, 2 * NODE_PRICE, "both");
        assertEq(escrow.getJobDetails(jobId).lastAllocatedEpoch, epoch, "shown");
    }

    function test_epochsAreSettledInAnyOrder() public {
        certifyUntil(3);
        settle(jobId, 2, first(2));
        settle(jobId, 0, first(2));
        settle(jobId, 1, first(1));
        assertEq(earned(0), 3 * NODE_PRICE, "three");
        assertEq(earned(1), 2 * NODE_PRICE, "two");
        assertEq(escrow.getJobDetails(jobId).lastAllocatedEpoch, 2, "the newest stays");
    }

    /// What was added is settled at its own price.
    function test_everyEpochHasItsPrice() public {
        jobFeed.set(JOB_USD_PER_R1 / 2);
        uint256 end = escrow.getJobDetails(jobId).lastExecutionEpoch;
        Orders.Funding memory funding = anything();
        vm.prank(PAYER);
        escrow.extendJobDuration(jobId, end + 5, funding);
        certifyUntil(32);
        settle(jobId, 29, first(1));
        settle(jobId, 30, first(1));
        assertEq(earned(0), NODE_PRICE, "of the first term");
        assertEq(escrow.earnedBy(jobId, 1, nodes[0], licences[0]), 2 * NODE_PRICE, "of the second");
    }

    function test_masterAndGenesisDeedsAreNotPaid() public {
        uint32 epoch = certify([255, 255, 255, 255], 2);
        vm.expectEmit(true, true, true, true);
        emit NodeSettled(jobId, epoch, nodes[0], licences[0], 255, 0);
        settle(jobId, epoch, only(nodes[0]));
        assertEq(earned(0), 0, "nothing");
        assertEq(escrow.failuresOf(jobId, 0, nodes[0]), 0, "and no failure");
        epoch = certify([100, 255, 255, 255], 3);
        settle(jobId, epoch, only(nodes[0]));
        assertEq(escrow.nodeScore(nodes[0]), 950, "but a score");
    }

    function test_refusesARowThatIsNotInTheCertificate() public {
        uint32 epoch = certify([255, 100, 255, 255]);
        AvailabilityTree.Entry[] memory forged = entries(epoch, only(nodes[1]));
        forged[0].availability = 255;
        bytes memory refusal = abi.encodeWithSelector(
            Settlement.InvalidProof.selector, nodes[1], certificates[epoch].availabilityRoot
        );
        vm.expectRevert(refusal);
        escrow.settle(jobId, certificates[epoch], forged);
        forged = entries(epoch, only(nodes[1]));
        forged[0].licenceId = 9;
        vm.expectRevert(refusal);
        escrow.settle(jobId, certificates[epoch], forged);
        forged = entries(epoch, only(nodes[1]));
        forged[0].licenceType = 2;
        vm.expectRevert(refusal);
        escrow.settle(jobId, certificates[epoch], forged);
        forged = entries(epoch, only(nodes[0])); // the row of another node
        forged[0].node = nodes[1];
        vm.expectRevert(refusal);
        escrow.settle(jobId, certificates[epoch], forged);
    }

    function test_refusesTheRowOfAnotherEpoch() public {
        certify(255);
        certify(100);
        vm.expectRevert(
            abi.encodeWithSelector(
                Settlement.InvalidProof.selector, nodes[0], certificates[1].availabilityRoot
            )
        );
        escrow.settle(jobId, certificates[1], entries(0, first(1)));
    }

    function test_refusesANodeThatDoesNotRunTheJob() public {
        uint32 epoch = certify(255);
        vm.expectRevert(abi.encodeWithSelector(Settlement.NodeNotPlaced.selector, nodes[3]));
        settle(jobId, epoch, only(nodes[3]));
    }

    function test_refusesACertificateThatWasNotRecorded() public {
        certify(255);
        EpochCertificate memory forged = certificates[0];
        forged.availabilityRoot = keccak256("forged");
        bytes32 recorded = controller.outcomeHash(0);
        AvailabilityTree.Entry[] memory none;
        vm.expectRevert(
            abi.encodeWithSelector(Settlement.CertificateMismatch.selector, 0, recorded)
        );
        escrow.settle(jobId, forged, none);
        vm.expectRevert(
            abi.encodeWithSelector(Settlement.CertificateMismatch.selector, 0, recorded)
        );
        escrow.settleAbsent(jobId, forged);
        forged.epoch = 1;
        vm.expectRevert(
            abi.encodeWithSelector(Settlement.CertificateMismatch.selector, 1, bytes32(0))
        );
        escrow.settle(jobId, forged, none);
    }

    function test_refusesAnEpochInWhichTheJobDoesNotRun() public {
        uint256 other = order(TERM, 1);
        certify(255);
        AvailabilityTree.Entry[] memory none;
        vm.expectRevert(abi.encodeWithSelector(JobLedger.JobNotStarted.selector, other));
        escrow.settle(other, certificates[0], none);
        place(other, 1, first(1));
        vm.expectRevert(abi.encodeWithSelector(Settlement.EpochOutsideJob.selector, 0, 1, 31));
        escrow.settle(other, certificates[0], none);
        certifyUntil(32);
        vm.expectRevert(abi.encodeWithSelector(Settlement.EpochOutsideJob.selector, 31, 1, 31));
        escrow.settle(other, certificates[31], none);
    }

    function test_rowsAreTakenForSevenEpochsAfterTheRecord() public {
        vm.warp(endOf(5) + 100); // recorded late: that is when the time begins
        certify(255);
        certify(255);
        uint256 until = block.timestamp + 7 * EPOCH;
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(Settlement.SettlementNotOver.selector, 0, until));
        escrow.settleAbsent(jobId, certificates[0]);
        settle(jobId, 0, first(1));
        vm.warp(until);
        AvailabilityTree.Entry[] memory rows = entries(0, first(2));
        vm.expectRevert(abi.encodeWithSelector(Settlement.SettlementOver.selector, 0, until));
        escrow.settle(jobId, certificates[0], rows);
        assertEq(earned(0), NODE_PRICE, "in time");
        assertEq(earned(1), 0, "too late");
    }

    function test_whoHasNoRowHadNoAvailability() public {
        certify(255);
        settle(jobId, 0, first(1));
        vm.warp(block.timestamp + 7 * EPOCH);
        vm.expectEmit(true, true, true, true);
        emit NodeBelowServiceLevel(jobId, nodes[1], 0, 0);
        escrow.settleAbsent(jobId, certificates[0]);
        escrow.settleAbsent(jobId, certificates[0]); // once is enough
        assertEq(escrow.failuresOf(jobId, 0, nodes[0]), 0, "settled before");
        assertEq(escrow.failuresOf(jobId, 0, nodes[1]), 1, "absent");
        assertEq(escrow.nodeScore(nodes[1]), 950, "score");
    }

    function test_theScoreEndsAtZeroAndRises() public {
        for (uint256 i = 0; i < 22; ++i) {
            uint32 epoch = certify([0, 255, 255, 255]);
            settle(jobId, epoch, first(2));
        }
        assertEq(escrow.nodeScore(nodes[0]), 0, "not below zero");
        runUntil(jobId, TERM);
        escrow.release(jobId, 0, shares(2));
        assertEq(escrow.nodeScore(nodes[0]), 0, "no reward for a bad term");
        assertEq(escrow.nodeScore(nodes[1]), 1000, "not above the highest");
        uint256 next = order(TERM, 1);
        uint32 begin = controller.currentEpoch();
        place(next, begin, first(1));
        certifyUntil(begin);
        runUntil(next, begin + TERM);
        escrow.release(next, 0, shares(1));
        assertEq(escrow.nodeScore(nodes[0]), 50, "a good term helps");
    }

    function test_aTermIsReleasedWhenNothingInItCanBeSettled() public {
        runUntil(jobId, TERM - 1);
        expectNotFinal(0);
        certify(255);
        expectNotFinal(0);
        settle(jobId, TERM - 1, only(nodes[0]));
        expectNotFinal(0);
        settle(jobId, TERM - 1, only(nodes[1]));
        assertTrue(escrow.isTermFinal(jobId, 0), "all settled");
        expectNotFinal(1);

        uint256 gross = NODE_PRICE * TERM;
        uint256 burned = gross * 15 / 100;
        uint256 supply = r1.totalSupply();
        vm.expectEmit(true, false, false, true);
        emit RewardsAllocatedV3(jobId, nodes[0], gross - burned);
        vm.expectEmit(true, false, false, true);
        emit RewardsAllocatedV3(jobId, nodes[1], gross - burned);
        vm.expectEmit(true, false, false, true);
        emit TokensBurned(jobId, 2 * burned);
        escrow.release(jobId, 0, shares(2));
        assertEq(supply - r1.totalSupply(), 2 * burned, "truly burned");
        assertEq(escrow.withdrawable(operators[0]), gross - burned, "85 %");
        assertEq(uint256(escrow.getJobDetails(jobId).balance), 0, "nothing is left");
        escrow.release(jobId, 0, shares(2));
        assertEq(escrow.withdrawable(operators[0]), gross - burned, "once");

        vm.prank(operators[1]);
        assertEq(escrow.withdraw(STRANGER), gross - burned, "to whom it likes");
        assertEq(r1.balanceOf(STRANGER), gross - burned, "received");
        vm.expectRevert(abi.encodeWithSelector(Escrow.NothingToWithdraw.selector, operators[1]));
        vm.prank(operators[1]);
        escrow.withdraw(STRANGER);
    }

    function test_aTermThatIsNotWhollySettledIsReleasedAWeekLater() public {
        certifyUntil(TERM);
        settle(jobId, TERM - 1, first(1));
        uint256 until = controller.recordedAt(TERM - 1) + 8 * EPOCH;
        vm.warp(until - 1);
        expectNotFinal(0);
        vm.warp(until);
        escrow.release(jobId, 0, shares(2));
        assertEq(escrow.withdrawable(operators[0]), NODE_PRICE - NODE_PRICE * 15 / 100, "one epoch");
        assertEq(escrow.withdrawable(operators[1]), 0, "none");
    }

    /// Before it can be released there is time to note who was absent.
    function test_nobodyEscapesThePenaltyByBeingQuick() public {
        certifyUntil(TERM);
        settle(jobId, TERM - 1, only(nodes[0]));
        settle(jobId, TERM - 2, only(nodes[1]));
        vm.warp(controller.recordedAt(TERM - 1) + 7 * EPOCH);
        expectNotFinal(0);
        escrow.settleAbsent(jobId, certificates[TERM - 1]);
        escrow.settleAbsent(jobId, certificates[TERM - 2]);
        vm.warp(block.timestamp + EPOCH);
        escrow.release(jobId, 0, shares(2));
        uint256 kept = NODE_PRICE * 90 / 100;
        assertEq(escrow.withdrawable(operators[0]), kept - kept * 15 / 100, "one tenth less");
        assertEq(escrow.releasedTo(licences[0]), kept - kept * 15 / 100, "after the penalty");
        assertEq(escrow.withdrawable(operators[1]), kept - kept * 15 / 100, "for both");
    }

    /// forge-config: default.fuzz.runs = 26
    function testFuzz_everyFailureTakesATenthOfTheTerm(uint8 failures) public {
        failures = uint8(bound(failures, 0, 12));
        for (uint32 e = 0; e < TERM; ++e) {
            certify([e < failures ? 249 : 251, 255, 255, 255]);
            settle(jobId, e, first(2));
        }
        uint256 gross = (TERM - failures) * (NODE_PRICE * 251 / 255);
        assertEq(earned(0), gross, "before penalties");
        escrow.release(jobId, 0, shares(1));
        uint256 kept = gross * (failures >= 10 ? 0 : 100 - 10 * failures) / 100;
        assertEq(escrow.withdrawable(operators[0]), kept - kept * 15 / 100, "after them");
        escrow.close(jobId);
        uint256 spent = kept + NODE_PRICE * TERM;
        assertEq(
            escrow.withdrawable(PAYER), 2 * NODE_PRICE * TERM - spent, "the rest is the payer's"
        );
        escrow.release(jobId, 0, shares(2));
        assertEq(uint256(escrow.getJobDetails(jobId).balance), 0, "nothing is left");
        assertEq(r1.balanceOf(address(escrow)), held(), "held is what is owed");
    }

    function test_aPenaltyAfterTheJobWasClosedReturnsToThePayer() public {
        runUntil(jobId, TERM - 1);
        certify([200, 255, 255, 255]);
        settle(jobId, TERM - 1, first(2));
        escrow.close(jobId);
        uint256 before = escrow.withdrawable(PAYER);
        assertEq(before, NODE_PRICE, "the epoch that nobody earned");
        escrow.release(jobId, 0, shares(1));
        assertEq(
            escrow.withdrawable(PAYER) - before, NODE_PRICE * (TERM - 1) / 10, "and the penalty"
        );
        escrow.release(jobId, 0, shares(2));
        assertEq(r1.balanceOf(address(escrow)), held(), "held is what is owed");
    }

    function test_whoeverOwnsTheLicenceAtReleaseIsPaid() public {
        runUntil(jobId, TERM);
        vm.prank(operators[0]);
        deed.transferFrom(operators[0], STRANGER, licences[0]);
        vm.prank(GOVERNANCE);
        deed.ban(licences[1], "too late to take what was earned");
        escrow.release(jobId, 0, shares(2));
        uint256 net = NODE_PRICE * TERM - NODE_PRICE * TERM * 15 / 100;
        assertEq(escrow.withdrawable(STRANGER), net, "the new owner");
        assertEq(escrow.withdrawable(operators[0]), 0, "not the old one");
        assertEq(escrow.withdrawable(operators[1]), net, "nor is a ban a fine");
        assertEq(escrow.releasedTo(licences[0]), net, "counted by licence, whoever owns it");
        assertEq(escrow.releasedTo(licences[2]), 0, "another earned nothing");
        (, address[] memory parties) = escrow.partiesOf(jobId);
        assertEq(parties.length, 3, "who was paid is a party, and who ran it stays one");
    }

    /// Every licence has its own share, though it is the same node.
    function test_aNodeThatChangesItsLicenceEarnsForBoth() public {
        certify(255);
        settle(jobId, 0, first(1));
        uint256 old = licences[0];
        licences[0] = licences[3];
        certify(255);
        settle(jobId, 1, first(1));
        assertEq(escrow.earnedBy(jobId, 0, nodes[0], old), NODE_PRICE, "the first epoch");
        assertEq(escrow.earnedBy(jobId, 0, nodes[0], licences[3]), NODE_PRICE, "the second");
    }

    /// A corrupt quorum could certify a licence that there is not. It must not trap anything.
    function test_theShareOfNoLicenceReturnsToThePayer() public {
        licences[0] = 999;
        runUntil(jobId, TERM);
        escrow.release(jobId, 0, shares(2));
        escrow.close(jobId);
        assertEq(escrow.withdrawable(PAYER), NODE_PRICE * TERM, "its share");
        assertEq(r1.balanceOf(address(escrow)), held(), "held is what is owed");
    }

    function test_termsOfALongJobAreReleasedOneByOne() public {
        uint256 long = order(70, 1);
        place(long, 0, first(1));
        runUntil(long, 60);
        escrow.release(long, 0, shares(1));
        uint256 net = NODE_PRICE * 30 - NODE_PRICE * 30 * 15 / 100;
        assertEq(escrow.withdrawable(operators[0]), net, "the first term");
        escrow.release(long, 1, shares(1));
        assertEq(escrow.withdrawable(operators[0]), 2 * net, "the second");
        vm.expectRevert(abi.encodeWithSelector(Settlement.TermNotFinal.selector, long, 2));
        escrow.release(long, 2, shares(1));
        runUntil(long, 70);
        escrow.release(long, 2, shares(1));
        uint256 rest = NODE_PRICE * 10 - NODE_PRICE * 10 * 15 / 100;
        assertEq(escrow.withdrawable(operators[0]), 2 * net + rest, "the shorter last one");
        assertTrue(escrow.isClosable(long), "everything is settled");
    }

    /// Rounding: a unit per node and epoch for the payer, one per share for the operator.
    /// forge-config: default.fuzz.runs = 32
    function testFuzz_dustIsBounded(uint64 usdPerR1, uint8 availability) public {
        availability = uint8(bound(availability, 250, 255));
        jobFeed.set(bound(usdPerR1, 1e14, type(uint64).max));
        uint256 price = escrow.prices().r1Price(ENTRY);
        uint256 job = order(TERM, 1);
        place(job, 0, first(1));
        for (uint32 e = 0; e < TERM; ++e) {
            certify(availability);
            settle(job, e, first(1));
        }
        uint256 supply = r1.totalSupply();
        escrow.release(job, 0, shares(1));
        uint256 burned = supply - r1.totalSupply();
        uint256 gross = escrow.withdrawable(operators[0]) + burned;
        uint256 exact = price * TERM * availability;
        assertLe(gross * 255, exact, "never too much");
        assertLe(exact, (gross + TERM) * 255, "less than a unit per epoch too little");
        assertLe(burned * 100, gross * 15, "burned: never too much");
        assertLe(gross * 15, (burned + 1) * 100, "less than a unit too little");
    }

    function earned(uint256 i) private view returns (uint256) {
        return escrow.earnedBy(jobId, 0, nodes[i], licences[i]);
    }

    /// Everything that is owed to somebody, while there is but one job.
    function held() private view returns (uint256 sum) {
        sum = uint256(escrow.getJobDetails(jobId).balance) + escrow.withdrawable(PAYER);
        for (uint256 i = 0; i < NODES; ++i) {
            sum += escrow.withdrawable(operators[i]);
        }
    }

    function expectNotFinal(uint256 term) private {
        assertTrue(!escrow.isTermFinal(jobId, term), "not final");
        Settlement.Share[] memory all = shares(2);
        vm.expectRevert(abi.encodeWithSelector(Settlement.TermNotFinal.selector, jobId, term));
        escrow.release(jobId, term, all);
    }
}

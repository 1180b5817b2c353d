// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {CompactSignature} from "../../src/epochs/EpochCertificates.sol";
import {DecisionCertificate} from "../../src/epochs/DecisionCertificates.sol";
import {Escrow} from "../../src/work/Escrow.sol";
import {EscrowFixture} from "./EscrowFixture.sol";
import {JobLedger} from "../../src/work/JobLedger.sol";
import {JobPrices} from "../../src/work/JobPrices.sol";
import {Jobs} from "../../src/work/Jobs.sol";
import {Epochs} from "../../src/epochs/Epochs.sol";
import {Orders} from "../../src/work/Orders.sol";
import {Placements} from "../../src/work/Placements.sol";
import {Quorum} from "../../src/epochs/Quorum.sol";

contract PlacementsTest is EscrowFixture {
    event JobStarted(
        uint256 indexed jobId, address indexed owner, uint256 startEpoch, uint256 lastExecutionEpoch
    );
    event NodesUpdated(uint256 indexed jobId, address[] activeNodes);
    event PlacementRecorded(
        uint256 indexed jobId, uint32 indexed fromEpoch, uint256 indexed sequence
    );

    /// n of secp256k1.
    uint256 private constant ORDER =
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    uint256 private jobId;

    function setUp() public {
        beginEscrow();
        jobId = order(30, 2);
    }

    function test_theFirstNodesStartTheJob() public {
        vm.warp(endOf(1));
        vm.expectEmit(true, true, false, true);
        emit JobStarted(jobId, PAYER, 2, 32);
        vm.expectEmit(true, false, false, true);
        emit NodesUpdated(jobId, first(2));
        vm.expectEmit(true, true, true, false);
        emit PlacementRecorded(jobId, 2, 0);
        place(jobId, 2, first(2));
        Escrow.JobDetails memory details = escrow.getJobDetails(jobId);
        assertEq(details.startTimestamp, block.timestamp, "started");
        assertEq(details.lastNodesChangeTimestamp, block.timestamp, "changed");
        assertEq(details.lastExecutionEpoch, 32, "the payer does not lose the epochs it waited");
        assertEq(details.activeNodes.length, 2, "two nodes");
        assertEq(details.activeNodes[1], nodes[1], "these");
        Escrow.JobStanding memory standing = escrow.standingOf(jobId);
        assertEq(standing.payer, PAYER, "payer");
        assertEq(standing.requestEpoch, 0, "ordered");
        assertEq(standing.startEpoch, 2, "begun");
        assertEq(standing.sequence, 1, "next decision");
        assertTrue(standing.started && !standing.stopped && !standing.closed, "runs");
        bytes32 topic = keccak256(abi.encode("r1.placement", jobId));
        assertEq(escrow.placementTopic(jobId), topic, "topic");
    }

    function test_everySetIsKeptForItsEpochs() public {
        place(jobId, 0, first(2));
        vm.warp(endOf(4));
        place(jobId, 6, only(nodes[3]));
        assertEq(escrow.nodesOf(jobId, 0).length, 2, "from the first epoch");
        assertEq(escrow.nodesOf(jobId, 5).length, 2, "to the last");
        assertEq(escrow.nodesOf(jobId, 6)[0], nodes[3], "then another");
        assertEq(escrow.nodesOf(jobId, 29).length, 1, "to the end");
        assertEq(escrow.nodesOf(jobId, 30).length, 0, "not beyond");
        assertEq(escrow.getJobActiveNodes(jobId)[0], nodes[3], "the newest");
        // What holds from the same epoch on replaces it.
        place(jobId, 6, only(nodes[2]));
        assertEq(escrow.nodesOf(jobId, 6)[0], nodes[2], "replaced");
        assertEq(escrow.getJobDetails(jobId).startTimestamp, START + 1, "started once");
    }

    function test_partiesAreThePayerAndTheOperators() public {
        (address payer, address[] memory known) = escrow.partiesOf(jobId);
        assertEq(payer, PAYER, "payer");
        assertEq(known.length, 0, "nobody yet");
        place(jobId, 0, first(2));
        place(jobId, 0, only(nodes[2]));
        address bare = address(type(uint160).max);
        place(jobId, 0, only(bare));
        (, known) = escrow.partiesOf(jobId);
        assertEq(known.length, 3, "also who was replaced, but nobody for a node without a deed");
        for (uint256 i = 1; i < 3; ++i) {
            assertTrue(known[i] > known[i - 1], "ascending");
        }
        vm.expectRevert(abi.encodeWithSelector(Jobs.UnknownJob.selector, 7));
        escrow.partiesOf(7);
    }

    /// There is room for 700; a job goes on without those that find none.
    function test_tooManyOperatorsStopNothing() public {
        uint256 large = order(30, 100);
        for (uint256 round = 0; round < 8; ++round) {
            address[] memory set = new address[](100);
            for (uint256 i = 0; i < 100; ++i) {
                set[i] = address(uint160(1e6 + 100 * round + i));
                uint256 id = 1e9 + 100 * round + i;
                bytes memory question = abi.encodeCall(deed.nodeToLicenseId, set[i]);
                vm.mockCall(address(deed), question, abi.encode(id));
                question = abi.encodeCall(deed.ownerOf, id);
                vm.mockCall(address(deed), question, abi.encode(address(uint160(id))));
            }
            place(large, 0, set);
            (, address[] memory known) = escrow.partiesOf(large);
            assertEq(known.length, round < 7 ? 100 * (round + 1) : 700, "as far as there is room");
        }
        assertEq(escrow.nodesOf(large, 0)[0], address(uint160(1e6 + 700)), "the nodes are new");
    }

    function test_aDecisionIsTakenOnce() public {
        DecisionCertificate memory decision = decisionFor(jobId, 0, first(2), 0);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        escrow.recordNodes(jobId, 0, first(2), decision, 0x7, signatures);
        vm.expectRevert(abi.encodeWithSelector(Placements.SequenceMismatch.selector, 0, 1));
        escrow.recordNodes(jobId, 0, first(2), decision, 0x7, signatures);
        decision = decisionFor(jobId, 0, first(2), 2);
        signatures = decidedBy(0x7, decision);
        vm.expectRevert(abi.encodeWithSelector(Placements.SequenceMismatch.selector, 2, 1));
        escrow.recordNodes(jobId, 0, first(2), decision, 0x7, signatures);
    }

    function test_aDecisionIsForItsJobEpochAndNodesAlone() public {
        uint256 other = order(30, 2);
        DecisionCertificate memory decision = decisionFor(jobId, 0, first(2), 0);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        bytes memory refusal = abi.encodeWithSelector(
            Placements.DecisionMismatch.selector, decision.topic, decision.valueHash
        );
        vm.expectRevert(refusal);
        escrow.recordNodes(other, 0, first(2), decision, 0x7, signatures);
        vm.expectRevert(refusal);
        escrow.recordNodes(jobId, 1, first(2), decision, 0x7, signatures);
        vm.expectRevert(refusal);
        escrow.recordNodes(jobId, 0, first(1), decision, 0x7, signatures);
        // The right topic and value, but signed for another job.
        DecisionCertificate memory forged = decisionFor(other, 0, first(2), 0);
        vm.expectRevert(abi.encodeWithSelector(Quorum.InvalidOracleSignature.selector, 0));
        escrow.recordNodes(other, 0, first(2), forged, 0x7, signatures);
        // The right value under another topic.
        decision.topic = keccak256("another");
        signatures = decidedBy(0x7, decision);
        vm.expectRevert(
            abi.encodeWithSelector(
                Placements.DecisionMismatch.selector, decision.topic, decision.valueHash
            )
        );
        escrow.recordNodes(jobId, 0, first(2), decision, 0x7, signatures);
    }

    function test_onlyAQuorumDecides() public {
        DecisionCertificate memory decision = decisionFor(jobId, 0, first(2), 0);
        CompactSignature[] memory two = decidedBy(0x3, decision);
        vm.expectRevert(abi.encodeWithSelector(Quorum.QuorumMissed.selector, 2, 3));
        escrow.recordNodes(jobId, 0, first(2), decision, 0x3, two);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        signatures[1] = compact(0xBAD, controller.decisionDigest(decision));
        vm.expectRevert(abi.encodeWithSelector(Quorum.InvalidOracleSignature.selector, 1));
        escrow.recordNodes(jobId, 0, first(2), decision, 0x7, signatures);
        signatures = decidedBy(0x7, decision);
        // The same signature with s and the parity of y turned round.
        uint256 vs = uint256(signatures[2].vs);
        uint256 s = ORDER - (vs & (type(uint256).max >> 1));
        signatures[2].vs = bytes32(s | ((~vs >> 255) << 255));
        vm.expectRevert(abi.encodeWithSelector(Quorum.InvalidOracleSignature.selector, 2));
        escrow.recordNodes(jobId, 0, first(2), decision, 0x7, signatures);
    }

    function test_aDecisionOfAnotherChainIsRefused() public {
        DecisionCertificate memory decision = decisionFor(jobId, 0, first(2), 0);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        vm.chainId(1);
        vm.expectRevert(abi.encodeWithSelector(Quorum.InvalidOracleSignature.selector, 0));
        escrow.recordNodes(jobId, 0, first(2), decision, 0x7, signatures);
        vm.chainId(31337);
    }

    /// Configurations of long ago do not decide any more.
    function test_aDecisionOfLongAgoIsRefused() public {
        DecisionCertificate memory decision = decisionFor(jobId, 5, first(2), 0);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        vm.prank(GOVERNANCE);
        controller.announceOracles(oraclesFrom(0xC000, 4));
        vm.warp(endOf(3));
        vm.expectPartialRevert(Epochs.ConfigDigestMismatch.selector);
        escrow.recordNodes(jobId, 5, first(2), decision, 0x7, signatures);
    }

    /// It counts jobs alike.
    function test_anEscrowOfAnotherNetworkTakesNoDecisionOfThis() public {
        DecisionCertificate memory decision = decisionFor(jobId, 0, first(2), 0);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        vm.warp(START - 1 hours);
        found();
        vm.startPrank(GOVERNANCE);
        controller.announceOracles(oracles(4));
        controller.scheduleGenesis(START);
        devMinter.mint(PAYER, 1000e18);
        vm.stopPrank();
        vm.warp(START + 1);
        escrow = new Escrow(controller, new JobPrices(jobFeed));
        vm.prank(PAYER);
        r1.approve(address(escrow), type(uint256).max);
        assertEq(order(30, 2), jobId, "the same number");
        vm.expectPartialRevert(Epochs.ConfigDigestMismatch.selector);
        escrow.recordNodes(jobId, 0, first(2), decision, 0x7, signatures);
    }

    function test_nodesAreAscendingDistinctAndPaidFor() public {
        address[] memory set = first(2);
        (set[0], set[1]) = (set[1], set[0]);
        expectRefused(set, 0, Placements.NodesNotAscending.selector);
        set[0] = set[1];
        expectRefused(set, 0, Placements.NodesNotAscending.selector);
        expectRefused(only(address(0)), 0, Placements.NodesNotAscending.selector);
        expectRefused(first(3), 0, Placements.TooManyNodes.selector);
        place(jobId, 0, first(2));
    }

    /// What was added in an epoch was not paid for in those before.
    function test_addedNodesRunFromTheirEpochOn() public {
        place(jobId, 0, first(2));
        vm.warp(endOf(2));
        Orders.Funding memory funding = anything();
        vm.prank(PAYER);
        escrow.extendJobNodes(jobId, 3, funding);
        vm.warp(endOf(4));
        funding = anything();
        vm.prank(PAYER);
        escrow.extendJobNodes(jobId, 4, funding);
        expectRefused(first(3), 2, Placements.TooManyNodes.selector);
        place(jobId, 3, first(3));
        expectRefused(first(4), 4, Placements.TooManyNodes.selector);
        place(jobId, 5, first(4));
    }

    function test_nothingIsRecordedForEpochsThatAreSettledOrFarOff() public {
        vm.warp(endOf(9)); // 10
        uint256 late = order(30, 2);
        expectEpochs(late, 9, 10, 11);
        expectEpochs(late, 12, 10, 11);
        expectEpochs(jobId, 2, 3, 11);
        place(jobId, 3, first(2));
        place(jobId, 5, first(1));
        expectEpochs(jobId, 4, 5, 11);
        certifyUntil(7);
        settle(jobId, 6, first(1));
        expectEpochs(jobId, 6, 7, 11);
        place(jobId, 7, first(2));
        vm.warp(endOf(31)); // the last epoch is 32
        expectEpochs(jobId, 33, 25, 32);
        place(jobId, 32, first(1));
    }

    function test_noNodesStopTheJobForEver() public {
        expectRefused(nobody(), 0, Placements.NothingToStop.selector);
        place(jobId, 0, first(2));
        vm.warp(endOf(9));
        vm.expectEmit(true, false, false, true);
        emit NodesUpdated(jobId, nobody());
        place(jobId, 11, nobody());
        assertTrue(escrow.standingOf(jobId).stopped, "stopped");
        assertEq(escrow.getJobDetails(jobId).lastExecutionEpoch, 11, "this is the end");
        assertEq(escrow.getJobActiveNodes(jobId).length, 0, "nobody");
        assertEq(escrow.nodesOf(jobId, 10).length, 2, "until then they run it");
        assertEq(escrow.nodesOf(jobId, 11).length, 0, "and then nobody does");
        expectRefused(first(1), 11, JobLedger.JobHasEnded.selector);
        Orders.Funding memory funding = anything();
        vm.expectRevert(abi.encodeWithSelector(JobLedger.JobHasEnded.selector, jobId));
        vm.prank(PAYER);
        escrow.extendJobDuration(jobId, 40, funding);
    }

    function test_thereMustBeAJob() public {
        expectRefusedFor(9, first(1), 0, Jobs.UnknownJob.selector);
    }

    function expectRefused(address[] memory set, uint32 fromEpoch, bytes4 error) private {
        expectRefusedFor(jobId, set, fromEpoch, error);
    }

    function expectRefusedFor(uint256 job, address[] memory set, uint32 fromEpoch, bytes4 error)
        private
    {
        uint64 sequence = job == 9 ? 0 : escrow.standingOf(job).sequence;
        DecisionCertificate memory decision = decisionFor(job, fromEpoch, set, sequence);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        vm.expectPartialRevert(error);
        escrow.recordNodes(job, fromEpoch, set, decision, 0x7, signatures);
    }

    function expectEpochs(uint256 job, uint32 fromEpoch, uint256 earliest, uint256 latest) private {
        uint64 sequence = escrow.standingOf(job).sequence;
        DecisionCertificate memory decision = decisionFor(job, fromEpoch, first(1), sequence);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        vm.expectRevert(
            abi.encodeWithSelector(
                Placements.EpochNotRecordable.selector, fromEpoch, earliest, latest
            )
        );
        escrow.recordNodes(job, fromEpoch, first(1), decision, 0x7, signatures);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DecisionCertificate} from "../../src/epochs/DecisionCertificates.sol";
import {CompactSignature} from "../../src/epochs/EpochCertificates.sol";
import {Epochs} from "../../src/epochs/Epochs.sol";
import {Quorum} from "../../src/epochs/Quorum.sol";
import {AuditLog} from "../../src/work/AuditLog.sol";
import {AuditEntry, AuditKind, AuditTree} from "../../src/work/AuditTree.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";
import {Tree} from "../support/Tree.sol";

contract AuditLogTest is NetworkFixture {
    event BatchRecorded(
        uint64 indexed sequence,
        bytes32 indexed root,
        uint32 entries,
        DecisionCertificate decision,
        uint32 signers
    );

    bytes32 private constant TOPIC = keccak256("r1.audit");

    AuditLog private log;

    function setUp() public {
        begin(4);
        log = new AuditLog(controller);
        vm.warp(START + 1);
    }

    function test_recordsWhatAQuorumDecided() public {
        AuditLog.Batch memory batch = AuditLog.Batch(keccak256("root"), 3);
        DecisionCertificate memory decision = decisionOf(0, batch);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        vm.expectEmit(true, true, false, true);
        emit BatchRecorded(0, batch.root, 3, decision, 0x7);
        vm.prank(STRANGER);
        log.record(batch, decision, 0x7, signatures);
        assertEq(log.batches(), 1, "batches");
        assertEq(log.rootOf(0), batch.root, "root");
        assertEq(address(log.controller()), address(controller), "controller");
        assertEq(log.TOPIC(), TOPIC, "topic");
    }

    function test_theHashOfABatchIsTheDocumentedOne() public view {
        bytes32 expected = keccak256(
            abi.encode(keccak256("AuditBatch(bytes32 root,uint32 entries)"), bytes32("r"), 7)
        );
        assertEq(log.hashOf(AuditLog.Batch("r", 7)), expected, "hash");
    }

    function test_theLeafIsTheDocumentedOne() public pure {
        AuditEntry memory entry = entryOf(9);
        bytes32 expected = keccak256(
            abi.encode(
                uint256(4),
                entry.jobId,
                uint256(entry.kind),
                uint256(entry.epoch),
                uint256(entry.timestamp),
                entry.node,
                entry.detailHash
            )
        );
        assertEq(AuditTree.leaf(entry), expected, "leaf");
        assertEq(uint256(AuditKind.Assigned), 0, "assigned");
        assertEq(uint256(AuditKind.Started), 1, "started");
        assertEq(uint256(AuditKind.Completed), 2, "completed");
        assertEq(uint256(AuditKind.HealthChanged), 3, "health");
    }

    function testFuzz_everyEntryOfABatchIsProven(uint256 size, uint256 index) public {
        size = bound(size, 1, 40);
        index = bound(index, 0, size - 1);
        bytes32[] memory leaves = leavesOf(size);
        record(0, AuditLog.Batch(Tree.root(leaves), uint32(size)));
        bytes32[] memory path = Tree.proof(leaves, index);
        assertTrue(log.verify(0, entryOf(index), path), "in the batch");
        assertTrue(!log.verify(0, entryOf(size), path), "not in the batch");
    }

    function test_anEntryIsInItsOwnBatchAlone() public {
        bytes32[] memory leaves = leavesOf(5);
        record(0, AuditLog.Batch(Tree.root(leaves), 5));
        record(1, AuditLog.Batch(keccak256("another"), 1));
        bytes32[] memory path = Tree.proof(leaves, 2);
        assertTrue(log.verify(0, entryOf(2), path), "its own");
        assertTrue(!log.verify(1, entryOf(2), path), "another");
        vm.expectRevert(abi.encodeWithSelector(AuditLog.UnknownBatch.selector, 2, 2));
        log.verify(2, entryOf(2), path);
        vm.expectRevert(abi.encodeWithSelector(AuditLog.UnknownBatch.selector, 2, 2));
        log.rootOf(2);
    }

    /// Every member is in the leaf.
    function test_aChangedEntryIsNotProven() public {
        bytes32[] memory leaves = leavesOf(3);
        record(0, AuditLog.Batch(Tree.root(leaves), 3));
        bytes32[] memory path = Tree.proof(leaves, 1);
        for (uint256 i = 0; i < 6; ++i) {
            AuditEntry memory changed = entryOf(1);
            if (i == 0) changed.jobId++;
            if (i == 1) changed.kind = AuditKind.HealthChanged;
            if (i == 2) changed.epoch++;
            if (i == 3) changed.timestamp++;
            if (i == 4) changed.node = STRANGER;
            if (i == 5) changed.detailHash = keccak256("another");
            assertTrue(!log.verify(0, changed, path), "changed");
        }
        assertTrue(log.verify(0, entryOf(1), path), "unchanged");
    }

    function test_batchesGoInOrderAndEachOnce() public {
        AuditLog.Batch memory batch = AuditLog.Batch(keccak256("root"), 3);
        refused(abi.encodeWithSelector(AuditLog.NotNext.selector, 1, 0), 1, batch);
        record(0, batch);
        refused(abi.encodeWithSelector(AuditLog.NotNext.selector, 0, 1), 0, batch);
        refused(abi.encodeWithSelector(AuditLog.NotNext.selector, 2, 1), 2, batch);
        record(1, batch);
        assertEq(log.batches(), 2, "batches");
    }

    function test_refusesABatchWithoutEntries() public {
        refused(
            abi.encodeWithSelector(AuditLog.EmptyBatch.selector),
            0,
            AuditLog.Batch(keccak256("root"), 0)
        );
    }

    function test_refusesADecisionAboutSomethingElse() public {
        AuditLog.Batch memory batch = AuditLog.Batch(keccak256("root"), 3);
        DecisionCertificate memory decision = decisionOf(0, batch);
        decision.topic = keccak256("r1.jobs");
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        vm.expectRevert(abi.encodeWithSelector(AuditLog.NotAboutAudit.selector, decision.topic));
        log.record(batch, decision, 0x7, signatures);
    }

    function test_refusesAnotherBatchThanTheDecidedOne() public {
        AuditLog.Batch memory batch = AuditLog.Batch(keccak256("root"), 3);
        DecisionCertificate memory decision = decisionOf(0, batch);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        for (uint256 i = 0; i < 2; ++i) {
            AuditLog.Batch memory other = AuditLog.Batch(batch.root, batch.entries);
            if (i == 0) other.root = keccak256("another");
            else other.entries = 4;
            bytes32 given = log.hashOf(other);
            vm.expectRevert(
                abi.encodeWithSelector(AuditLog.AnotherBatch.selector, decision.valueHash, given)
            );
            log.record(other, decision, 0x7, signatures);
        }
    }

    function test_needsAQuorumOfThisNetwork() public {
        AuditLog.Batch memory batch = AuditLog.Batch(keccak256("root"), 3);
        DecisionCertificate memory decision = decisionOf(0, batch);
        CompactSignature[] memory signatures = decidedBy(0x3, decision);
        vm.expectRevert(abi.encodeWithSelector(Quorum.QuorumMissed.selector, 2, 3));
        log.record(batch, decision, 0x3, signatures);

        signatures = decidedBy(0x7, decision);
        vm.chainId(8453);
        vm.expectRevert(abi.encodeWithSelector(Quorum.InvalidOracleSignature.selector, 0));
        log.record(batch, decision, 0x7, signatures);
        vm.chainId(31337);

        bytes32 ours = decision.configDigest;
        decision.configDigest = keccak256("another network");
        signatures = decidedBy(0x7, decision);
        vm.expectRevert(abi.encodeWithSelector(Epochs.ConfigDigestMismatch.selector, ours));
        log.record(batch, decision, 0x7, signatures);
        assertEq(log.batches(), 0, "nothing");
    }

    /// What was decided long ago, by oracles that are no longer in office, is not recorded now.
    function test_refusesADecisionOfFormerOracles() public {
        AuditLog.Batch memory batch = AuditLog.Batch(keccak256("root"), 3);
        DecisionCertificate memory decision = decisionOf(0, batch);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        vm.prank(GOVERNANCE);
        controller.announceOracles(oraclesFrom(0xC000, 4));
        vm.warp(endOf(2));
        bytes32 ours = controller.configDigestOf(3);
        vm.expectRevert(abi.encodeWithSelector(Epochs.ConfigDigestMismatch.selector, ours));
        log.record(batch, decision, 0x7, signatures);
    }

    function record(uint64 sequence, AuditLog.Batch memory batch) private {
        DecisionCertificate memory decision = decisionOf(sequence, batch);
        log.record(batch, decision, 0x7, decidedBy(0x7, decision));
    }

    function refused(bytes memory reason, uint64 sequence, AuditLog.Batch memory batch) private {
        DecisionCertificate memory decision = decisionOf(sequence, batch);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        vm.expectRevert(reason);
        log.record(batch, decision, 0x7, signatures);
    }

    function decisionOf(uint64 sequence, AuditLog.Batch memory batch)
        private
        view
        returns (DecisionCertificate memory)
    {
        return DecisionCertificate(
            controller.configDigestOf(0), TOPIC, sequence, 0, log.hashOf(batch)
        );
    }

    function leavesOf(uint256 size) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](size);
        for (uint256 i = 0; i < size; ++i) {
            leaves[i] = AuditTree.leaf(entryOf(i));
        }
    }

    function entryOf(uint256 i) private pure returns (AuditEntry memory) {
        return AuditEntry({
            jobId: i,
            kind: AuditKind(i % 3),
            epoch: uint32(i + 5),
            timestamp: uint64(START + i),
            node: node(i),
            detailHash: keccak256(abi.encode(i))
        });
    }
}

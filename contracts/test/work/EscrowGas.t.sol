// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AvailabilityTree} from "../../src/work/AvailabilityTree.sol";
import {CompactSignature, EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {DecisionCertificate} from "../../src/epochs/DecisionCertificates.sol";
import {EscrowFixture} from "./EscrowFixture.sol";
import {Settlement} from "../../src/work/Settlement.sol";
import {Tree} from "../support/Tree.sol";

/// Whole transactions (isolated: cold storage, base cost and call data included).
contract EscrowGasTest is EscrowFixture {
    uint256 private jobId;

    function setUp() public {
        beginEscrow();
    }

    function test_createOneJob() public {
        order(TERM, 4);
        assertLe(measured("Escrow.createJobs, the first"), 230_000, "the first job of all");
        order(TERM, 4);
        assertLe(measured("Escrow.createJobs, one more"), 175_000, "one more of a payer");
    }

    function test_recordFourNodes() public {
        jobId = order(TERM, 4);
        DecisionCertificate memory decision = decisionFor(jobId, 0, nodes, 0);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        escrow.recordNodes(jobId, 0, nodes, decision, 0x7, signatures);
        assertLe(measured("Escrow.recordNodes, 4 nodes"), 345_000, "the first nodes of a job");
    }

    /// A tree of 2¹⁶ licences has proofs of 16 hashes.
    function test_settleFourNodes() public {
        jobId = order(TERM, 4);
        place(jobId, 0, nodes);
        assertLe(
            gasOfSettling(0, "Escrow.settle, 4 nodes, the first epoch"),
            295_000,
            "the first epoch of a term"
        );
        assertLe(gasOfSettling(1, "Escrow.settle, 4 nodes"), 210_000, "every later one");
    }

    function test_releaseFourShares() public {
        jobId = order(TERM, 4);
        place(jobId, 0, nodes);
        runUntil(jobId, TERM);
        Settlement.Share[] memory all = shares(4);
        escrow.release(jobId, 0, all);
        // A new word for each operator and one for each licence.
        assertLe(measured("Escrow.release, 4 shares"), 310_000, "of four operators");
        escrow.close(jobId);
        assertLe(measured("Escrow.close"), 52_000, "close");
        vm.prank(operators[0]);
        escrow.withdraw(operators[0]);
        assertLe(measured("Escrow.withdraw"), 62_000, "withdraw");
    }

    /// Four rows that share most of their way up.
    function gasOfSettling(uint32 epoch, string memory name) private returns (uint256) {
        EpochCertificate memory certificate = certificateOf(epoch);
        bytes32[] memory leaves = new bytes32[](4);
        for (uint256 i = 0; i < 4; ++i) {
            leaves[i] = keccak256(
                abi.encode(uint256(0), epoch, uint8(1), licences[i], nodes[i], uint8(255))
            );
        }
        bytes32[] memory rest = new bytes32[](14);
        for (uint256 i = 0; i < rest.length; ++i) {
            rest[i] = keccak256(abi.encode(epoch, i));
        }
        certificate.availabilityRoot = Tree.climb(Tree.root(leaves), rest);
        AvailabilityTree.Entry[] memory rows = new AvailabilityTree.Entry[](4);
        for (uint256 i = 0; i < 4; ++i) {
            bytes32[] memory path = new bytes32[](16);
            bytes32[] memory lower = Tree.proof(leaves, i);
            for (uint256 k = 0; k < 16; ++k) {
                path[k] = k < 2 ? lower[k] : rest[k - 2];
            }
            rows[i] = AvailabilityTree.Entry(1, licences[i], nodes[i], 255, path);
        }
        record(certificate);
        escrow.settle(jobId, certificate, rows);
        return measured(name);
    }
}

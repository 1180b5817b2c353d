// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DecisionCertificate} from "../src/epochs/DecisionCertificates.sol";
import {CompactSignature, EpochCertificate} from "../src/epochs/EpochCertificates.sol";
import {VoidEpoch} from "../src/epochs/VoidEpochs.sol";
import {AuditLog} from "../src/work/AuditLog.sol";
import {NetworkFixture} from "./support/NetworkFixture.sol";
import {Tree} from "./support/Tree.sol";

/// Whole transactions (isolated: cold storage, base cost and call data included).
contract GasTest is NetworkFixture {
    uint256 private constant SUBMISSION = 170_000;
    uint256 private constant CLAIM = 120_000;

    /// The first epoch of all fills empty slots; every eighth begins a new word of times.
    function test_submissionAtThirteenOracles() public {
        begin(13);
        for (uint32 e = 0; e < 18; ++e) {
            assertLe(gasOfRecord(e, 9), SUBMISSION, "submitEpoch at n = 13");
        }
    }

    function test_submissionAtThirtyOneOracles() public {
        begin(31);
        gasOfRecord(0, 21);
        assertLe(gasOfRecord(1, 21), 200_000, "submitEpoch at n = 31");
    }

    /// Setting up the whole set anew is most of it.
    function test_evidenceAtThirteenOracles() public {
        begin(13);
        vm.warp(endOf(0));
        address accused = vm.addr(ORACLE_KEYS);
        EpochCertificate memory certificate = certificateOf(0);
        bytes memory first = abi.encode(certificate);
        CompactSignature memory firstSignature = signedBy(1, certificate)[0];
        certificate.tableHash = keccak256("another");
        CompactSignature memory secondSignature = signedBy(1, certificate)[0];
        controller.submitEvidence(
            accused, 8, first, firstSignature, abi.encode(certificate), secondSignature
        );
        assertLe(vm.lastCallGas().gasTotalUsed, 300_000, "submitEvidence at n = 13");
    }

    function test_voidsAtThirteenOracles() public {
        begin(13);
        vm.warp(START + 8 * EPOCH);
        VoidEpoch memory voided;
        voided.configDigest = controller.configDigestOf(8);
        (bytes32 digest,) = controller.voidHashesOf(voided);
        controller.submitVoid(voided, 0x1ff, digestSignedBy(0x1ff, digest));
        assertLe(vm.lastCallGas().gasTotalUsed, SUBMISSION, "submitVoid at n = 13");
        bytes32 previous = controller.outcomeHash(0);
        vm.prank(GOVERNANCE);
        controller.voidByGovernance(1, previous);
        assertLe(vm.lastCallGas().gasTotalUsed, 80_000, "voidByGovernance");
    }

    function test_anAuditBatchAtThirteenOracles() public {
        begin(13);
        vm.warp(START);
        AuditLog log = new AuditLog(controller);
        for (uint64 sequence = 0; sequence < 2; ++sequence) {
            AuditLog.Batch memory batch = AuditLog.Batch(keccak256(abi.encode(sequence)), 1_000);
            DecisionCertificate memory decision = DecisionCertificate(
                controller.configDigestOf(0), log.TOPIC(), sequence, 0, log.hashOf(batch)
            );
            log.record(batch, decision, 0x1ff, decidedBy(0x1ff, decision));
            assertLe(vm.lastCallGas().gasTotalUsed, 170_000, "a batch of entries");
        }
    }

    function test_claimDoesNotDependOnTheEpochsClaimed() public {
        begin(4);
        uint256 id = deedsFor(OWNER, 1);
        linkAs(OWNER, id, 0);
        // A tree of 2¹⁶ licences has proofs of 16 hashes.
        bytes32[] memory path = new bytes32[](16);
        uint256 first = gasOfClaim(0, id, 255, path);
        assertLe(first, CLAIM, "the first claim of a licence");
        for (uint32 e = 1; e < 40; ++e) {
            record(certificateOf(e));
        }
        uint256 second = gasOfClaim(40, id, 40 * 255, path);
        assertLe(second, first, "40 epochs at once cost no more than one");
    }

    /// The first deed of all fills empty slots; later ones of the same buyer do not.
    function test_purchasesStayCheap() public {
        begin(4);
        deedsFor(OWNER, 1);
        vm.prank(GOVERNANCE);
        devMinter.mint(OWNER, 2 * PRICE);
        vm.prank(OWNER);
        r1.approve(address(deed), 2 * PRICE);
        vm.prank(OWNER);
        deed.buy(1, 1, PRICE, block.timestamp);
        assertLe(vm.lastCallGas().gasTotalUsed, 255_000, "buy");
    }

    function test_attestationsStayCheap() public {
        begin(4);
        verify(OWNER);
        assertLe(vm.lastCallGas().gasTotalUsed, 105_000, "attest");
    }

    function test_masterAndGenesisClaimsDoNotDependOnTheEpochsClaimed() public {
        begin(4);
        uint256 id = masterDeedFor(OWNER, 100_000e18);
        linkAs(masterDeed, OWNER, id, 0);
        linkAs(genesisDeed, GOVERNANCE, 1, 1);
        for (uint32 e = 0; e < 300; ++e) {
            record(certificateOf(e));
        }
        uint256 weight = 255 * masterDeed.releasedBetween(id, 0, 300);
        assertLe(gasOfClaim(2, id, 300 * 255, weight), 155_000, "the first claim of a Master deed");
        weight = 255 * rewards.GND_MAX_RELEASE_PER_EPOCH();
        assertLe(gasOfClaim(3, 1, 255, weight), 240_000, "five pools at once");
    }

    function test_handoversStayCheap() public {
        begin(4);
        uint256 id = deedsFor(OWNER, 1);
        linkAs(OWNER, id, 0);
        EpochCertificate memory certificate = certificateOf(0);
        certificate.cumulativeRoot = leaf(id, 255);
        record(certificate);
        vm.warp(endOf(0) + 10);
        vm.prank(OWNER);
        deed.transferFrom(OWNER, STRANGER, id);
        assertLe(vm.lastCallGas().gasTotalUsed, 165_000, "a transfer that leaves something due");
        rewards.settle(1, id, 255, 255 * RATE, certificate, new bytes32[](0));
        assertLe(vm.lastCallGas().gasTotalUsed, 125_000, "settle");
    }

    function gasOfClaim(uint8 kind, uint256 id, uint256 credits, uint256 weight)
        private
        returns (uint256)
    {
        EpochCertificate memory certificate = certificateOf(controller.pendingEpoch());
        bytes32[] memory path = new bytes32[](16);
        certificate.cumulativeRoot = Tree.climb(leafOf(kind, id, credits, weight), path);
        record(certificate);
        rewards.claim(kind, id, credits, weight, path);
        return vm.lastCallGas().gasTotalUsed;
    }

    function test_linkStaysCheap() public {
        begin(4);
        uint256 id = deedsFor(OWNER, 1);
        linkAs(OWNER, id, 0);
        assertLe(measured("NodeDeed.link"), 160_000, "link");
    }

    function gasOfRecord(uint32 epoch, uint256 signers) private returns (uint256) {
        EpochCertificate memory certificate = certificateOf(epoch);
        uint32 bitmap = uint32((1 << signers) - 1);
        CompactSignature[] memory signatures = signedBy(bitmap, certificate);
        vm.warp(endOf(epoch));
        controller.submitEpoch(certificate, bitmap, signatures);
        return measured(
            signers == 9 ? "Controller.submitEpoch, n = 13" : "Controller.submitEpoch, n = 31"
        );
    }

    function gasOfClaim(uint32 epoch, uint256 id, uint256 credits, bytes32[] memory path)
        private
        returns (uint256)
    {
        EpochCertificate memory certificate = certificateOf(epoch);
        for (uint256 i = 0; i < path.length; ++i) {
            path[i] = keccak256(abi.encode(epoch, i));
        }
        certificate.cumulativeRoot = Tree.climb(leaf(id, credits), path);
        record(certificate);
        rewards.claim(1, id, credits, credits * RATE, path);
        return measured(epoch == 0 ? "Rewards.claim, the first" : "Rewards.claim, 40 epochs later");
    }
}

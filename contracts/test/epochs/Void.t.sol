// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Controller} from "../../src/epochs/Controller.sol";
import {CompactSignature, EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {Epochs} from "../../src/epochs/Epochs.sol";
import {Oracles} from "../../src/epochs/Oracles.sol";
import {Quorum} from "../../src/epochs/Quorum.sol";
import {VoidEpoch} from "../../src/epochs/VoidEpochs.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

/// Epoch 0 is certified; epoch 1 is not, and voidable from the start of epoch 8 on.
contract VoidTest is NetworkFixture {
    event EpochVoided(
        uint32 indexed epoch, bytes32 indexed outcomeHash, VoidEpoch voided, uint32 signers
    );
    event EpochVoidedByGovernance(uint32 indexed epoch, bytes32 indexed outcomeHash);

    uint256 private constant NEW_KEYS = 0xC000;
    uint256 private constant VOIDABLE = START + 8 * EPOCH;

    function setUp() public {
        begin(4);
        record(certificateOf(0));
        vm.warp(VOIDABLE);
    }

    function test_aQuorumVoidsAnEpochThatNobodyCertified() public {
        VoidEpoch memory voided = voidOf(1);
        (, bytes32 outcome) = controller.voidHashesOf(voided);
        CompactSignature[] memory signatures = signedVoid(0x7, voided);
        vm.expectEmit(true, true, false, true);
        emit EpochVoided(1, outcome, voided, 0x7);
        vm.prank(STRANGER);
        controller.submitVoid(voided, 0x7, signatures);
        assertEq(controller.outcomeHash(1), outcome, "outcome");
        assertEq(controller.cumulativeRoot(), voided.cumulativeRoot, "root");
        assertEq(controller.pendingEpoch(), 2, "pending");
        assertEq(controller.recordedAt(1), VOIDABLE, "time");
        assertTrue(!controller.isVoidedByGovernance(1), "by a quorum");
    }

    function test_refusesAVoidAMomentTooEarly() public {
        VoidEpoch memory voided = voidOf(1);
        CompactSignature[] memory signatures = signedVoid(0x7, voided);
        vm.warp(VOIDABLE - 1);
        refused(
            abi.encodeWithSelector(Epochs.EpochNotVoidable.selector, 1, 8), voided, 0x7, signatures
        );
        vm.prank(GOVERNANCE);
        vm.expectRevert(abi.encodeWithSelector(Epochs.EpochNotVoidable.selector, 1, 8));
        controller.voidByGovernance(1, voided.previousOutcomeHash);
    }

    function test_refusesAnotherEpochThanThePendingOne() public {
        refusedUnsigned(abi.encodeWithSelector(Epochs.EpochNotPending.selector, 0, 1), 0);
        refusedUnsigned(abi.encodeWithSelector(Epochs.EpochNotPending.selector, 2, 1), 2);
        vm.startPrank(GOVERNANCE);
        vm.expectRevert(abi.encodeWithSelector(Epochs.EpochNotPending.selector, 0, 1));
        controller.voidByGovernance(0, bytes32(0));
        vm.expectRevert(abi.encodeWithSelector(Epochs.EpochNotPending.selector, 2, 1));
        controller.voidByGovernance(2, bytes32(0));
        vm.stopPrank();
    }

    function test_refusesAVoidTwice() public {
        VoidEpoch memory voided = voidOf(1);
        CompactSignature[] memory signatures = signedVoid(0x7, voided);
        controller.submitVoid(voided, 0x7, signatures);
        refused(
            abi.encodeWithSelector(Epochs.EpochNotPending.selector, 1, 2), voided, 0x7, signatures
        );
    }

    function test_refusesAnotherHistory() public {
        VoidEpoch memory voided = voidOf(1);
        bytes32 recorded = voided.previousOutcomeHash;
        voided.previousOutcomeHash = keccak256("another");
        bytes memory reason =
            abi.encodeWithSelector(Epochs.PreviousOutcomeMismatch.selector, recorded);
        refused(reason, voided, 0x7, signedVoid(0x7, voided));
        vm.prank(GOVERNANCE);
        vm.expectRevert(reason);
        controller.voidByGovernance(1, voided.previousOutcomeHash);
    }

    function test_aCertificateAfterAVoidIsRefused() public {
        EpochCertificate memory late = certificateOf(1);
        VoidEpoch memory voided = voidOf(1);
        controller.submitVoid(voided, 0x7, signedVoid(0x7, voided));
        CompactSignature[] memory signatures = signedBy(0x7, late);
        vm.expectRevert(abi.encodeWithSelector(Epochs.EpochNotPending.selector, 1, 2));
        controller.submitEpoch(late, 0x7, signatures);
        assertEq(controller.cumulativeRoot(), voided.cumulativeRoot, "the void stays");
    }

    function test_aVoidAfterACertificateIsRefused() public {
        VoidEpoch memory voided = voidOf(1);
        CompactSignature[] memory signatures = signedVoid(0x7, voided);
        record(certificateOf(1));
        refused(
            abi.encodeWithSelector(Epochs.EpochNotPending.selector, 1, 2), voided, 0x7, signatures
        );
    }

    function test_theNextEpochIsCertifiedAfterAVoid() public {
        VoidEpoch memory voided = voidOf(1);
        controller.submitVoid(voided, 0x7, signedVoid(0x7, voided));
        record(certificateOf(2));
        assertEq(controller.pendingEpoch(), 3, "pending");
        bytes32 expected = keccak256(
            abi.encode(controller.configDigestOf(9), uint32(9), controller.outcomeHash(2))
        );
        assertEq(controller.beacon(9, uint64(endOf(8)) + 1), expected, "the beacon goes on");
    }

    /// Several epochs in a row, each once its own time has come.
    function test_voidsGoInOrderAndEachWaits() public {
        vm.warp(START + 9 * EPOCH - 1);
        VoidEpoch memory voided = voidOf(1);
        controller.submitVoid(voided, 0x7, signedVoid(0x7, voided));
        voided = voidOf(2);
        CompactSignature[] memory signatures = signedVoid(0x7, voided);
        refused(
            abi.encodeWithSelector(Epochs.EpochNotVoidable.selector, 2, 9), voided, 0x7, signatures
        );
        vm.warp(START + 9 * EPOCH);
        controller.submitVoid(voided, 0x7, signatures);
        assertEq(controller.pendingEpoch(), 3, "pending");
    }

    function test_theFirstEpochHasNoPredecessor() public {
        begin(4);
        vm.warp(START + 7 * EPOCH);
        VoidEpoch memory voided = voidOf(0);
        assertEq(voided.previousOutcomeHash, bytes32(0), "nothing before");
        controller.submitVoid(voided, 0x7, signedVoid(0x7, voided));
        assertEq(controller.pendingEpoch(), 1, "pending");
        begin(4);
        vm.warp(START + 7 * EPOCH);
        vm.prank(GOVERNANCE);
        controller.voidByGovernance(0, bytes32(0));
        assertTrue(controller.isVoidedByGovernance(0), "by governance");
    }

    function test_nothingIsVoidedBeforeGenesis() public {
        found();
        VoidEpoch memory voided;
        refused(
            abi.encodeWithSelector(Oracles.TimestampBeforeStartEpoch.selector),
            voided,
            0x7,
            new CompactSignature[](3)
        );
    }

    function test_needsAQuorum() public {
        VoidEpoch memory voided = voidOf(1);
        refused(
            abi.encodeWithSelector(Quorum.QuorumMissed.selector, 2, 3),
            voided,
            0x3,
            signedVoid(0x3, voided)
        );
    }

    /// Every signed member matters: changing one after signing breaks every signature.
    function test_refusesAChangedMember() public {
        CompactSignature[] memory signatures = signedVoid(0x7, voidOf(1));
        for (uint256 i = 0; i < 8; ++i) {
            VoidEpoch memory changed = voidOf(1);
            if (i == 0) changed.viewNumber++;
            if (i == 1) changed.nodeCount++;
            if (i == 2) changed.registryRoot = bytes32(i);
            if (i == 3) changed.inputsDigest = bytes32(i);
            if (i == 4) changed.availabilityRoot = bytes32(i);
            if (i == 5) changed.cumulativeRoot = bytes32(i);
            if (i == 6) changed.tableHash = bytes32(i);
            if (i == 7) changed.reputationRoot = bytes32(i);
            refused(invalidAt(0), changed, 0x7, signatures);
        }
    }

    function test_refusesAVoidOfAnotherChain() public {
        VoidEpoch memory voided = voidOf(1);
        CompactSignature[] memory signatures = signedVoid(0x7, voided);
        vm.chainId(8453);
        refused(invalidAt(0), voided, 0x7, signatures);
    }

    function test_refusesAVoidOfAnotherController() public {
        VoidEpoch memory voided = voidOf(1);
        CompactSignature[] memory signatures = signedVoid(0x7, voided);
        begin(4);
        record(certificateOf(0));
        vm.warp(VOIDABLE);
        voided.previousOutcomeHash = controller.outcomeHash(0);
        bytes32 ours = controller.configDigestOf(8);
        refused(
            abi.encodeWithSelector(Epochs.ConfigDigestMismatch.selector, ours),
            voided,
            0x7,
            signatures
        );
        voided.configDigest = ours;
        refused(invalidAt(0), voided, 0x7, signatures);
    }

    /// What oracles sign for a certificate is never a void, nor the other way round.
    function test_aSignatureUnderACertificateIsNoVoid() public {
        VoidEpoch memory voided = voidOf(1);
        refused(invalidAt(0), voided, 0x7, signedBy(0x7, certificateOf(1)));
        EpochCertificate memory certificate = certificateOf(1);
        CompactSignature[] memory signatures = signedVoid(0x7, voided);
        vm.expectRevert(invalidAt(0));
        controller.submitEpoch(certificate, 0x7, signatures);
    }

    function test_refusesAMalleableSignature() public {
        VoidEpoch memory voided = voidOf(1);
        CompactSignature[] memory signatures = signedVoid(0x7, voided);
        signatures[1].vs =
            bytes32(0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A1);
        refused(invalidAt(1), voided, 0x7, signatures);
    }

    /// The oracles of the voided epoch may be gone, so those of today sign.
    function test_theOraclesOfTodayVoidAndThoseOfTheEpochDoNot() public {
        VoidEpoch memory voided = voidOf(1);
        CompactSignature[] memory old = signedVoid(0x7, voided);
        vm.prank(GOVERNANCE);
        controller.announceOracles(oraclesFrom(NEW_KEYS, 4)); // from epoch 10 on
        vm.warp(START + 11 * EPOCH);
        bytes32 ours = controller.configDigestOf(11);
        refused(
            abi.encodeWithSelector(Epochs.ConfigDigestMismatch.selector, ours), voided, 0x7, old
        );
        voided.configDigest = ours;
        refused(invalidAt(0), voided, 0x7, signedVoid(0x7, voided));
        (bytes32 digest,) = controller.voidHashesOf(voided);
        CompactSignature[] memory signatures = new CompactSignature[](3);
        for (uint256 i = 0; i < 3; ++i) {
            signatures[i] = compact(NEW_KEYS + i, digest);
        }
        controller.submitVoid(voided, 0x7, signatures);
        assertEq(controller.pendingEpoch(), 2, "voided");
    }

    function test_theOraclesOfTheEpochBeforeMayFinishWhatTheyBegan() public {
        VoidEpoch memory voided = voidOf(1);
        vm.prank(GOVERNANCE);
        controller.announceOracles(oraclesFrom(NEW_KEYS, 4)); // from epoch 10 on
        vm.warp(START + 11 * EPOCH - 1);
        controller.submitVoid(voided, 0x7, signedVoid(0x7, voided));
        assertEq(controller.pendingEpoch(), 2, "voided");
    }

    function test_governanceVoidsAndNobodyEarns() public {
        bytes32 previous = controller.outcomeHash(0);
        bytes32 root = controller.cumulativeRoot();
        bytes32 outcome = keccak256(
            abi.encode(
                keccak256(
                    "GovernanceVoid(bytes32 configDigest,uint32 epoch,bytes32 previousOutcomeHash)"
                ),
                controller.configDigestOf(1),
                uint32(1),
                previous
            )
        );
        vm.expectEmit(true, true, false, true);
        emit EpochVoidedByGovernance(1, outcome);
        vm.prank(GOVERNANCE);
        controller.voidByGovernance(1, previous);
        assertEq(controller.outcomeHash(1), outcome, "outcome");
        assertEq(controller.cumulativeRoot(), root, "root");
        assertEq(controller.recordedAt(1), VOIDABLE, "time");
        assertTrue(controller.isVoidedByGovernance(1), "by governance");
        assertTrue(!controller.isVoidedByGovernance(0), "epoch 0 was certified");
        assertTrue(!controller.isVoidedByGovernance(2), "epoch 2 is not recorded");
    }

    function test_onlyGovernanceVoidsAlone() public {
        bytes32 previous = controller.outcomeHash(0);
        vm.prank(STRANGER);
        vm.expectRevert(
            abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, STRANGER)
        );
        controller.voidByGovernance(1, previous);
    }

    /// Whatever a certificate and a void have in common, their outcomes are different.
    function testFuzz_outcomesOfVoidsAndCertificatesDiffer(
        EpochCertificate calldata certificate,
        bytes32 previous
    ) public view {
        VoidEpoch memory voided = VoidEpoch({
            configDigest: certificate.configDigest,
            epoch: certificate.epoch,
            viewNumber: certificate.viewNumber,
            previousOutcomeHash: previous,
            nodeCount: certificate.nodeCount,
            registryRoot: certificate.registryRoot,
            inputsDigest: certificate.inputsDigest,
            availabilityRoot: certificate.availabilityRoot,
            cumulativeRoot: certificate.cumulativeRoot,
            tableHash: certificate.tableHash,
            reputationRoot: certificate.reputationRoot
        });
        (bytes32 digest, bytes32 outcome) = controller.hashesOf(certificate);
        (bytes32 voidDigest, bytes32 voidOutcome) = controller.voidHashesOf(voided);
        assertTrue(digest != voidDigest && outcome != voidOutcome, "another type");
    }

    function test_theViewIsSignedButNotPartOfTheOutcome() public view {
        VoidEpoch memory voided = voidOf(1);
        (bytes32 digest, bytes32 outcome) = controller.voidHashesOf(voided);
        voided.viewNumber = 5;
        (bytes32 otherDigest, bytes32 otherOutcome) = controller.voidHashesOf(voided);
        assertTrue(digest != otherDigest, "the view is signed");
        assertEq(outcome, otherOutcome, "one outcome");
    }

    function test_theTypesAreTheDocumentedOnes() public view {
        VoidEpoch memory voided = voidOf(1);
        (bytes32 digest, bytes32 outcome) = controller.voidHashesOf(voided);
        string memory members = "uint32 nodeCount,bytes32 registryRoot,bytes32 inputsDigest,bytes32 availabilityRoot,"
            "bytes32 cumulativeRoot,bytes32 tableHash,bytes32 reputationRoot)";
        bytes memory tail = abi.encode(
            voided.nodeCount,
            voided.registryRoot,
            voided.inputsDigest,
            voided.availabilityRoot,
            voided.cumulativeRoot,
            voided.tableHash,
            voided.reputationRoot
        );
        bytes memory content = bytes.concat(
            keccak256(
                abi.encodePacked(
                    "VoidEpoch(bytes32 configDigest,uint32 epoch,uint32 view,bytes32 previousOutcomeHash,",
                    members
                )
            ),
            abi.encode(voided.configDigest, voided.epoch, voided.viewNumber),
            voided.previousOutcomeHash,
            tail
        );
        assertEq(digest, typed(keccak256(content)), "signed");
        content = bytes.concat(
            keccak256(
                abi.encodePacked(
                    "VoidOutcome(bytes32 configDigest,uint32 epoch,bytes32 previousOutcomeHash,",
                    members
                )
            ),
            abi.encode(voided.configDigest, voided.epoch, voided.previousOutcomeHash),
            tail
        );
        assertEq(outcome, keccak256(content), "outcome");
    }

    function test_anEpochMustBeOverBeforeItCanBeVoided() public {
        vm.expectRevert(Oracles.InvalidTiming.selector);
        new Controller(bytes32(0), GOVERNANCE, timing(), 0, contracts());
        assertEq(controller.voidAfter(), VOID_AFTER, "as given");
    }

    function typed(bytes32 structHash) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("R1Availability"),
                keccak256("1"),
                block.chainid,
                controller
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function voidOf(uint32 epoch) private view returns (VoidEpoch memory) {
        return VoidEpoch({
            configDigest: controller.configDigestOf(controller.currentEpoch()),
            epoch: epoch,
            viewNumber: 2,
            previousOutcomeHash: epoch == 0 ? bytes32(0) : controller.outcomeHash(epoch - 1),
            nodeCount: 3,
            registryRoot: keccak256("rows"),
            inputsDigest: keccak256("the last seven"),
            availabilityRoot: keccak256("medians"),
            cumulativeRoot: keccak256(abi.encode("void", epoch)),
            tableHash: keccak256("table of medians"),
            reputationRoot: keccak256("reputations")
        });
    }

    function signedVoid(uint32 bitmap, VoidEpoch memory voided)
        private
        view
        returns (CompactSignature[] memory)
    {
        (bytes32 digest,) = controller.voidHashesOf(voided);
        return digestSignedBy(bitmap, digest);
    }

    function invalidAt(uint256 index) private pure returns (bytes memory) {
        return abi.encodeWithSelector(Quorum.InvalidOracleSignature.selector, index);
    }

    function refusedUnsigned(bytes memory reason, uint32 epoch) private {
        VoidEpoch memory voided;
        voided.epoch = epoch;
        refused(reason, voided, 0x7, new CompactSignature[](3));
    }

    function refused(
        bytes memory reason,
        VoidEpoch memory voided,
        uint32 bitmap,
        CompactSignature[] memory signatures
    ) private {
        vm.expectRevert(reason);
        controller.submitVoid(voided, bitmap, signatures);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Controller} from "../../src/epochs/Controller.sol";
import {CompactSignature, EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {Epochs} from "../../src/epochs/Epochs.sol";
import {Oracles} from "../../src/epochs/Oracles.sol";
import {Quorum} from "../../src/epochs/Quorum.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract SubmitEpochTest is NetworkFixture {
    event EpochCertified(
        uint32 indexed epoch,
        bytes32 indexed outcomeHash,
        EpochCertificate certificate,
        uint32 signers
    );

    uint256 private constant ORDER =
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    EpochCertificate private certificate;

    function setUp() public {
        begin(7);
        certificate = certificateOf(0);
        vm.warp(endOf(0));
    }

    function test_recordsWhatAQuorumSigned() public {
        (, bytes32 outcome) = controller.hashesOf(certificate);
        CompactSignature[] memory signatures = signedBy(0x1f, certificate);
        vm.expectEmit(true, true, false, true);
        emit EpochCertified(0, outcome, certificate, 0x1f);
        vm.prank(STRANGER);
        controller.submitEpoch(certificate, 0x1f, signatures);
        assertEq(controller.outcomeHash(0), outcome, "outcome");
        assertEq(controller.cumulativeRoot(), certificate.cumulativeRoot, "root");
        assertEq(controller.pendingEpoch(), 1, "pending");
        assertEq(controller.recordedAt(0), block.timestamp, "time");
        assertEq(controller.recordedAt(1), 0, "not yet");
    }

    /// Any subset of at least q of n oracles is enough, and nothing smaller is.
    function testFuzz_needsAQuorum(uint256 n, uint32 bitmap) public {
        n = bound(n, 4, 31);
        begin(n);
        certificate = certificateOf(0);
        bitmap = uint32(bitmap & ((1 << n) - 1));
        CompactSignature[] memory signatures = signedBy(bitmap, certificate);
        vm.warp(endOf(0));
        if (signatures.length < quorum(n)) {
            vm.expectRevert(
                abi.encodeWithSelector(Quorum.QuorumMissed.selector, signatures.length, quorum(n))
            );
        }
        controller.submitEpoch(certificate, bitmap, signatures);
    }

    function test_quorumFollowsTheFormula() public pure {
        uint8[2][7] memory known = [[4, 3], [5, 4], [6, 4], [7, 5], [10, 7], [13, 9], [31, 21]];
        for (uint256 i = 0; i < known.length; ++i) {
            assertEq(quorum(known[i][0]), known[i][1], "quorum");
        }
    }

    function test_refusesAnotherEpochThanThePendingOne() public {
        EpochCertificate memory later = certificateOf(1);
        refused(
            abi.encodeWithSelector(Epochs.EpochNotPending.selector, 1, 0),
            later,
            0x1f,
            signedBy(0x1f, later)
        );
        record(certificate);
        refused(
            abi.encodeWithSelector(Epochs.EpochNotPending.selector, 0, 1),
            certificate,
            0x1f,
            signedBy(0x1f, certificate)
        );
    }

    function test_refusesAnEpochThatIsNotOver() public {
        vm.warp(endOf(0) - 1);
        refused(
            abi.encodeWithSelector(Epochs.EpochNotOver.selector, 0, endOf(0)),
            certificate,
            0x1f,
            signedBy(0x1f, certificate)
        );
    }

    function test_refusesEverythingBeforeGenesisIsScheduled() public {
        found();
        vm.prank(GOVERNANCE);
        controller.announceOracles(oracles(7));
        EpochCertificate memory early = certificateOf(0);
        refused(
            abi.encodeWithSelector(Oracles.TimestampBeforeStartEpoch.selector),
            early,
            0x1f,
            signedBy(0x1f, early)
        );
    }

    function test_refusesAnotherConfiguration() public {
        EpochCertificate memory other = certificate;
        bytes32 expected = other.configDigest;
        other.configDigest = keccak256("another oracle list");
        refused(
            abi.encodeWithSelector(Epochs.ConfigDigestMismatch.selector, expected),
            other,
            0x1f,
            signedBy(0x1f, other)
        );
    }

    function test_refusesADuplicateSigner() public {
        CompactSignature[] memory signatures = signedBy(0x1f, certificate);
        signatures[4] = signatures[3];
        refused(invalidAt(4), certificate, 0x1f, signatures);
    }

    function test_refusesSignersOutOfOrder() public {
        CompactSignature[] memory signatures = signedBy(0x1f, certificate);
        (signatures[0], signatures[1]) = (signatures[1], signatures[0]);
        refused(invalidAt(0), certificate, 0x1f, signatures);
    }

    function test_refusesAForeignSigner() public {
        CompactSignature[] memory signatures = signedBy(0x1f, certificate);
        (bytes32 digest,) = controller.hashesOf(certificate);
        signatures[2] = compact(0xBAD, digest);
        refused(invalidAt(2), certificate, 0x1f, signatures);
        refused(
            abi.encodeWithSelector(Quorum.ForeignSigner.selector, 0x9f),
            certificate,
            0x9f,
            signedBy(0x9f, certificate)
        );
    }

    function test_refusesARemovedOracle() public {
        vm.prank(GOVERNANCE);
        controller.announceOracles(oraclesFrom(ORACLE_KEYS + 2, 7));
        record(certificate);
        vm.warp(endOf(1));
        record(certificateOf(1));
        vm.warp(endOf(2));
        record(certificateOf(2));
        // From epoch 3 on the set begins two keys later.
        EpochCertificate memory next = certificateOf(3);
        vm.warp(endOf(3));
        refused(invalidAt(0), next, 0x1f, signedBy(0x1f, next));
        controller.submitEpoch(next, 0x1f, signedBy(0x7c, next));
    }

    function test_refusesMoreOrFewerSignaturesThanBits() public {
        refused(
            abi.encodeWithSelector(Quorum.SignatureCountMismatch.selector, 5, 0x3f),
            certificate,
            0x3f,
            signedBy(0x1f, certificate)
        );
        refused(
            abi.encodeWithSelector(Quorum.SignatureCountMismatch.selector, 6, 0x1f),
            certificate,
            0x1f,
            signedBy(0x3f, certificate)
        );
    }

    function test_refusesAMalleableSignature() public {
        CompactSignature[] memory signatures = signedBy(0x1f, certificate);
        uint256 s = uint256(signatures[1].vs) & (type(uint256).max >> 1);
        // The mirrored s has its highest bit set, so in compact form it reads as another parity
        // and a small s: it recovers to somebody else. A high s below 2²⁵⁵ cannot be the mirror.
        signatures[1].vs = bytes32(ORDER - s);
        refused(invalidAt(1), certificate, 0x1f, signatures);
        signatures[1].vs = bytes32(ORDER / 2 + 1);
        refused(invalidAt(1), certificate, 0x1f, signatures);
    }

    function test_refusesACertificateOfAnotherChain() public {
        CompactSignature[] memory signatures = signedBy(0x1f, certificate);
        vm.chainId(8453);
        refused(invalidAt(0), certificate, 0x1f, signatures);
    }

    function test_refusesACertificateOfAnotherController() public {
        CompactSignature[] memory signatures = signedBy(0x1f, certificate);
        Controller first = controller;
        begin(7);
        vm.warp(endOf(0));
        assertTrue(address(first) != address(controller), "another controller");
        EpochCertificate memory same = certificate;
        refused(
            abi.encodeWithSelector(
                Epochs.ConfigDigestMismatch.selector, controller.configDigestOf(0)
            ),
            same,
            0x1f,
            signatures
        );
        same.configDigest = controller.configDigestOf(0);
        refused(invalidAt(0), same, 0x1f, signatures);
    }

    /// Every signed member matters: changing one after signing breaks every signature.
    function test_refusesAChangedMember() public {
        CompactSignature[] memory signatures = signedBy(0x1f, certificate);
        for (uint256 i = 0; i < 11; ++i) {
            EpochCertificate memory changed = certificate;
            if (i == 0) changed.viewNumber++;
            if (i == 1) changed.observers++;
            if (i == 2) changed.excluded++;
            if (i == 3) changed.theta--;
            if (i == 4) changed.nodeCount++;
            if (i == 5) changed.registryRoot = bytes32(i);
            if (i == 6) changed.inputsDigest = bytes32(i);
            if (i == 7) changed.availabilityRoot = bytes32(i);
            if (i == 8) changed.cumulativeRoot = bytes32(i);
            if (i == 9) changed.tableHash = bytes32(i);
            if (i == 10) changed.reputationRoot = bytes32(i);
            refused(invalidAt(0), changed, 0x1f, signatures);
        }
    }

    function test_theViewIsSignedButNotPartOfTheOutcome() public view {
        EpochCertificate memory other = certificate;
        (bytes32 digest, bytes32 outcome) = controller.hashesOf(other);
        other.viewNumber = 5;
        (bytes32 otherDigest, bytes32 otherOutcome) = controller.hashesOf(other);
        assertTrue(digest != otherDigest, "the view is signed");
        assertEq(outcome, otherOutcome, "one outcome");
    }

    function invalidAt(uint256 index) private pure returns (bytes memory) {
        return abi.encodeWithSelector(Quorum.InvalidOracleSignature.selector, index);
    }

    function refused(
        bytes memory reason,
        EpochCertificate memory what,
        uint32 bitmap,
        CompactSignature[] memory signatures
    ) private {
        vm.expectRevert(reason);
        controller.submitEpoch(what, bitmap, signatures);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Discipline} from "../../src/epochs/Discipline.sol";
import {DecisionCertificate} from "../../src/epochs/DecisionCertificates.sol";
import {CompactSignature, EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {Oracles} from "../../src/epochs/Oracles.sol";
import {Quorum} from "../../src/epochs/Quorum.sol";
import {ObsCommit, ObsReveal, Prepare, Statements} from "../../src/epochs/Statements.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";
import {Said} from "../support/Said.sol";

/// Epoch 3 is the current one. The accused is the oracle with index 1.
contract EvidenceTest is NetworkFixture {
    event OracleSuspended(address indexed oracle, uint32 fromEpoch, bytes32 evidenceHash);
    event OracleReinstated(address indexed oracle, string reason);
    event OraclesAnnounced(uint32 indexed fromEpoch, address[] oracles, bytes32 configDigest);

    uint256 private constant KEY = ORACLE_KEYS + 1;
    uint8[4] private kinds = [1, 2, 7, 8];

    address private accused;
    Said private said;

    function setUp() public {
        said = new Said();
        accused = vm.addr(KEY);
        start(7);
    }

    function test_aContradictionOfEachKindSuspends() public {
        for (uint256 i = 0; i < kinds.length; ++i) {
            start(7);
            (bytes memory first, bytes memory second) = statements(kinds[i], 2);
            accuse(kinds[i], first, second);
            (uint32 from,) = controller.standingOf(accused);
            assertEq(from, 5, "two epochs later");
        }
    }

    function test_leavesTheOracleOutFromTwoEpochsLaterOn() public {
        (bytes memory first, bytes memory second) = statements(7, 2);
        address[] memory rest = new address[](6);
        for (uint256 i = 0; i < 6; ++i) {
            rest[i] = vm.addr(ORACLE_KEYS + (i < 1 ? i : i + 1));
        }
        vm.expectEmit(true, false, false, true);
        emit OracleSuspended(accused, 5, evidenceHash(7, first, second));
        vm.expectEmit(true, false, false, false);
        emit OraclesAnnounced(5, rest, bytes32(0));
        accuse(7, first, second);
        assertEq(controller.oraclesOf(4).length, 7, "the next epoch stays as it was");
        address[] memory left = controller.oraclesOf(5);
        assertEq(left.length, 6, "n from e + 2 on");
        for (uint256 i = 0; i < 6; ++i) {
            assertEq(left[i], rest[i], "the order is kept");
        }
        assertTrue(
            controller.configDigestOf(5) != controller.configDigestOf(4), "another configuration"
        );
        assertEq(controller.oracleSetOf(5).barred, 0, "nobody is barred");
    }

    function test_theLastAndTheFirstOracleCanGo() public {
        (bytes memory first, bytes memory second) = statements(7, 2);
        accuse(7, first, second);
        accuseOf(0, 2);
        accuseOf(6, 2);
        address[] memory left = controller.oraclesOf(5);
        assertEq(left.length, 4, "four remain");
        for (uint256 i = 0; i < 4; ++i) {
            assertEq(left[i], vm.addr(ORACLE_KEYS + 2 + i), "the others, in order");
        }
    }

    /// Who was suspended still counts for the epochs before.
    function test_certificatesOfEarlierEpochsAreJudgedAsBefore() public {
        (bytes memory first, bytes memory second) = statements(7, 2);
        accuse(7, first, second);
        for (uint32 e = 0; e < 5; ++e) {
            record(certificateOf(e));
        }
        assertEq(controller.pendingEpoch(), 5, "recorded with the signature of the accused");
        EpochCertificate memory next = certificateOf(5);
        vm.warp(endOf(5));
        CompactSignature[] memory signatures = signedBy(0x1f, next);
        vm.expectRevert(abi.encodeWithSelector(Quorum.InvalidOracleSignature.selector, 1));
        controller.submitEpoch(next, 0x1f, signatures);
        // Its place was taken by the next one: bits 0, 1, 2, 3, 4 are now keys 0, 2, 3, 4, 5.
        controller.submitEpoch(next, 0x1f, signedBy(0x3d, next));
    }

    function test_staysInASetOfFourButNoLongerCounts() public {
        start(4);
        (bytes memory first, bytes memory second) = statements(7, 2);
        accuse(7, first, second);
        Oracles.OracleSet memory set = controller.oracleSetOf(5);
        assertEq(set.oracles.length, 4, "four remain");
        assertEq(set.barred, 2, "one of them barred");
        assertEq(controller.oracleSetOf(4).barred, 0, "not yet");
        assertEq(set.configDigest, controller.configDigestOf(4), "one configuration");
        for (uint32 e = 0; e < 5; ++e) {
            record(certificateOf(e)); // with bits 0, 1, 2
        }
        EpochCertificate memory next = certificateOf(5);
        vm.warp(endOf(5));
        refused(abi.encodeWithSelector(Quorum.SuspendedSigners.selector, 2), next, 0x7);
        refused(abi.encodeWithSelector(Quorum.SuspendedSigners.selector, 2), next, 0xf);
        controller.submitEpoch(next, 0xd, signedBy(0xd, next));
        DecisionCertificate memory decision =
            DecisionCertificate(set.configDigest, keccak256("topic"), 1, 0, keccak256("value"));
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        vm.expectRevert(abi.encodeWithSelector(Quorum.SuspendedSigners.selector, 2));
        controller.requireDecision(decision, 0x7, signatures);
        controller.requireDecision(decision, 0xd, decidedBy(0xd, decision));
    }

    /// Five oracles: the first to go leaves four, the second and third stay and are barred.
    function test_barsOneAfterAnotherWhenFourAreLeft() public {
        start(5);
        (bytes memory first, bytes memory second) = statements(7, 2);
        accuse(7, first, second);
        accuseOf(2, 2);
        accuseOf(4, 2);
        Oracles.OracleSet memory set = controller.oracleSetOf(5);
        assertEq(set.oracles.length, 4, "four remain");
        assertEq(set.barred, 0xa, "the second and the fourth of 0, 2, 3, 4");
    }

    /// A set that was announced already, but is not in force, loses the oracle as well.
    function test_changesTheSetThatIsAnnounced() public {
        vm.prank(GOVERNANCE);
        controller.announceOracles(oracles(10)); // from epoch 5 on
        (bytes memory first, bytes memory second) = statements(7, 2);
        accuse(7, first, second);
        assertEq(controller.oraclesOf(5).length, 9, "ten less one");
    }

    function test_oneThatIsToLeaveAnywayIsSuspendedAsWell() public {
        vm.prank(GOVERNANCE);
        controller.announceOracles(oraclesFrom(0xC000, 4));
        (bytes memory first, bytes memory second) = statements(7, 2);
        accuse(7, first, second);
        assertEq(controller.oraclesOf(5).length, 4, "the announced set stays");
        (uint32 from,) = controller.standingOf(accused);
        assertEq(from, 5, "suspended");
    }

    function test_refusesEvidenceTwice() public {
        (bytes memory first, bytes memory second) = statements(7, 2);
        accuse(7, first, second);
        bytes memory reason = suspended(5);
        refusedEvidence(reason, 7, first, second);
        refusedEvidence(reason, 7, second, first);
        (first, second) = statements(1, 1);
        refusedEvidence(reason, 1, first, second);
        vm.warp(block.timestamp + 3 * EPOCH);
        refusedEvidence(reason, 1, first, second);
    }

    function test_theOrderOfTheStatementsDoesNotMatter() public {
        (bytes memory first, bytes memory second) = statements(7, 2);
        bytes32 hash = evidenceHash(7, first, second);
        vm.expectEmit(true, false, false, true);
        emit OracleSuspended(accused, 5, hash);
        accuse(7, second, first);
    }

    function test_governanceCannotAnnounceASuspendedOracle() public {
        (bytes memory first, bytes memory second) = statements(7, 2);
        accuse(7, first, second);
        vm.prank(GOVERNANCE);
        vm.expectRevert(suspended(5));
        controller.announceOracles(oracles(7));
    }

    function test_aReinstatedOracleServesAgainOnceAnnounced() public {
        (bytes memory first, bytes memory second) = statements(7, 2);
        accuse(7, first, second);
        vm.expectEmit(true, false, false, true);
        emit OracleReinstated(accused, "its key was copied");
        vm.startPrank(GOVERNANCE);
        controller.reinstate(accused, "its key was copied");
        assertEq(controller.oraclesOf(5).length, 6, "not by itself");
        controller.announceOracles(oracles(7));
        vm.stopPrank();
        assertEq(controller.oraclesOf(5).length, 7, "announced");
        vm.warp(endOf(5));
        refusedEvidence(
            abi.encodeWithSelector(Discipline.EvidenceSpent.selector, 2, 3), 7, first, second
        );
        (first, second) = statements(7, 3);
        accuse(7, first, second);
        (uint32 from,) = controller.standingOf(accused);
        assertEq(from, 8, "suspended again for what came later");
    }

    function test_aBarredOracleCountsAgainOnceAnnounced() public {
        start(4);
        (bytes memory first, bytes memory second) = statements(7, 2);
        accuse(7, first, second);
        vm.startPrank(GOVERNANCE);
        controller.reinstate(accused, "");
        assertEq(controller.oracleSetOf(5).barred, 2, "not by itself");
        controller.announceOracles(oracles(4));
        vm.stopPrank();
        assertEq(controller.oracleSetOf(5).barred, 0, "announced");
    }

    function test_governanceAloneReinstatesWhoIsSuspended() public {
        vm.prank(STRANGER);
        vm.expectRevert(
            abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, STRANGER)
        );
        controller.reinstate(accused, "");
        vm.prank(GOVERNANCE);
        vm.expectRevert(abi.encodeWithSelector(Discipline.NotSuspended.selector, accused));
        controller.reinstate(accused, "");
    }

    function test_equalStatementsAreNoContradiction() public {
        for (uint256 i = 0; i < kinds.length; ++i) {
            (bytes memory first,) = statements(kinds[i], 2);
            refusedEvidence(Discipline.NoContradiction.selector, kinds[i], first, first);
        }
    }

    /// Other bytes of the same struct: a longer head in front of the dynamic member.
    function test_anotherEncodingOfOneStatementIsNoContradiction() public {
        (bytes memory first,) = statements(2, 2);
        refusedEvidence(
            Discipline.NoContradiction.selector, 2, first, bytes.concat(first, bytes32(0))
        );
    }

    function test_statementsAboutDifferentThingsAreNoContradiction() public {
        bytes32 digest = controller.configDigestOf(2);
        Prepare memory one = prepare(digest, 2, accused, 4, "x");
        Prepare[4] memory others = [
            prepare(keccak256("another"), 2, accused, 4, "y"),
            prepare(digest, 1, accused, 4, "y"),
            prepare(digest, 2, STRANGER, 4, "y"),
            prepare(digest, 2, accused, 5, "y")
        ];
        for (uint256 i = 0; i < others.length; ++i) {
            refusedEvidence(
                Discipline.NoContradiction.selector, 7, abi.encode(one), abi.encode(others[i])
            );
        }
        EpochCertificate memory certificate = certificateOf(2);
        bytes memory first = abi.encode(certificate);
        certificate.viewNumber = 1;
        certificate.tableHash = keccak256("y");
        refusedEvidence(Discipline.NoContradiction.selector, 8, first, abi.encode(certificate));
    }

    function test_kindsThatBindNobodyAreRefused() public {
        (bytes memory first, bytes memory second) = statements(7, 2);
        for (uint8 kind = 0; kind < 15; ++kind) {
            if (kind == 1 || kind == 2 || kind == 7 || kind == 8) continue;
            refusedEvidence(
                abi.encodeWithSelector(Statements.NotBinding.selector, kind), kind, first, second
            );
        }
    }

    function test_refusesBytesThatHoldNoStatement() public {
        CompactSignature memory none;
        for (uint256 i = 0; i < kinds.length; ++i) {
            (bytes memory first,) = statements(kinds[i], 2);
            vm.expectRevert(bytes(""));
            controller.submitEvidence(accused, kinds[i], first, none, hex"01", none);
        }
        // A view of 33 bits has no uint32.
        bytes memory wide = abi.encode(
            controller.configDigestOf(2), 2, accused, uint256(1) << 32, bytes32(0), bytes32(0)
        );
        vm.expectRevert(bytes(""));
        controller.submitEvidence(accused, 7, wide, none, wide, none);
    }

    function test_refusesEvidenceAboutAnEpochThatIsNotOver() public {
        (bytes memory first, bytes memory second) = statements(7, 3);
        refusedEvidence(
            abi.encodeWithSelector(Discipline.EvidenceTooEarly.selector, 3), 7, first, second
        );
        vm.warp(endOf(3));
        accuse(7, first, second);
    }

    function test_refusesEvidenceBeforeGenesis() public {
        (bytes memory first, bytes memory second) = statements(7, 2);
        CompactSignature memory none;
        vm.warp(START - 1);
        vm.expectRevert(Oracles.TimestampBeforeStartEpoch.selector);
        controller.submitEvidence(accused, 7, first, none, second, none);
    }

    function test_onlyOraclesOfTheEpochAnswer() public {
        bytes32 digest = controller.configDigestOf(2);
        bytes memory reason =
            abi.encodeWithSelector(Discipline.NotAnOracleOf.selector, 2, vm.addr(ORACLE_KEYS + 7));
        bytes memory first = abi.encode(prepare(digest, 2, vm.addr(ORACLE_KEYS + 7), 4, "x"));
        bytes memory second = abi.encode(prepare(digest, 2, vm.addr(ORACLE_KEYS + 7), 4, "y"));
        CompactSignature[2] memory signatures = signed(7, ORACLE_KEYS + 7, first, second);
        vm.expectRevert(reason);
        controller.submitEvidence(
            vm.addr(ORACLE_KEYS + 7), 7, first, signatures[0], second, signatures[1]
        );
    }

    /// What a node of another network signed with the same key, where chain and address are equal.
    function test_refusesStatementsUnderAnotherConfiguration() public {
        bytes memory first = abi.encode(prepare(keccak256("another"), 2, accused, 4, "x"));
        bytes memory second = abi.encode(prepare(keccak256("another"), 2, accused, 4, "y"));
        refusedEvidence(
            abi.encodeWithSelector(Discipline.NotAnOracleOf.selector, 2, accused), 7, first, second
        );
    }

    /// The sender in the header is part of what is signed.
    function test_oneOracleDoesNotAnswerForWhatNamesAnother() public {
        bytes32 digest = controller.configDigestOf(2);
        address other = vm.addr(ORACLE_KEYS);
        bytes memory first = abi.encode(prepare(digest, 2, other, 4, "x"));
        bytes memory second = abi.encode(prepare(digest, 2, other, 4, "y"));
        refusedEvidence(
            abi.encodeWithSelector(Discipline.NotAnOracleOf.selector, 2, accused), 7, first, second
        );
        CompactSignature[2] memory signatures = signed(7, KEY, first, second);
        vm.expectRevert(abi.encodeWithSelector(Discipline.NotSignedBy.selector, other));
        controller.submitEvidence(other, 7, first, signatures[0], second, signatures[1]);
    }

    function test_bothStatementsMustBeSignedByTheAccused() public {
        bytes memory reason = abi.encodeWithSelector(Discipline.NotSignedBy.selector, accused);
        for (uint256 i = 0; i < kinds.length; ++i) {
            (bytes memory first, bytes memory second) = statements(kinds[i], 2);
            CompactSignature[2] memory ours = signed(kinds[i], KEY, first, second);
            CompactSignature[2] memory others = signed(kinds[i], ORACLE_KEYS, first, second);
            vm.expectRevert(reason);
            controller.submitEvidence(accused, kinds[i], first, others[0], second, ours[1]);
            vm.expectRevert(reason);
            controller.submitEvidence(accused, kinds[i], first, ours[0], second, others[1]);
            vm.expectRevert(reason);
            controller.submitEvidence(accused, kinds[i], first, ours[1], second, ours[0]);
        }
    }

    function test_refusesAMalleableSignature() public {
        (bytes memory first, bytes memory second) = statements(7, 2);
        CompactSignature[2] memory signatures = signed(7, KEY, first, second);
        signatures[1].vs =
            bytes32(0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A1);
        vm.expectRevert(abi.encodeWithSelector(Discipline.NotSignedBy.selector, accused));
        controller.submitEvidence(accused, 7, first, signatures[0], second, signatures[1]);
    }

    function test_refusesWhatWasSignedForAnotherChain() public {
        (bytes memory first, bytes memory second) = statements(7, 2);
        CompactSignature[2] memory signatures = signed(7, KEY, first, second);
        vm.chainId(8453);
        vm.expectRevert(abi.encodeWithSelector(Discipline.NotSignedBy.selector, accused));
        controller.submitEvidence(accused, 7, first, signatures[0], second, signatures[1]);
    }

    function test_refusesWhatWasSignedForAnotherController() public {
        (bytes memory first, bytes memory second) = statements(8, 2);
        CompactSignature[2] memory signatures = signed(8, KEY, first, second);
        start(7);
        vm.expectRevert(abi.encodeWithSelector(Discipline.NotAnOracleOf.selector, 2, accused));
        controller.submitEvidence(accused, 8, first, signatures[0], second, signatures[1]);
        (first, second) = statements(8, 2);
        vm.expectRevert(abi.encodeWithSelector(Discipline.NotSignedBy.selector, accused));
        controller.submitEvidence(accused, 8, first, signatures[0], second, signatures[1]);
    }

    function start(uint256 n) private {
        begin(n);
        vm.warp(START + 3 * EPOCH);
    }

    /// Two statements of the accused that exclude each other.
    function statements(uint8 kind, uint32 epoch)
        private
        view
        returns (bytes memory first, bytes memory second)
    {
        return statementsOf(kind, epoch, accused);
    }

    function statementsOf(uint8 kind, uint32 epoch, address oracle)
        private
        view
        returns (bytes memory first, bytes memory second)
    {
        bytes32 digest = controller.configDigestOf(epoch);
        if (kind == 1) {
            return (
                abi.encode(ObsCommit(digest, epoch, oracle, keccak256("x"), 255, -3)),
                abi.encode(ObsCommit(digest, epoch, oracle, keccak256("x"), 255, 3))
            );
        }
        if (kind == 2) {
            bytes32 salt = keccak256("salt");
            return (
                abi.encode(
                    ObsReveal(digest, epoch, oracle, keccak256("x"), hex"0155", 9, salt, bytes32(0))
                ),
                abi.encode(
                    ObsReveal(digest, epoch, oracle, keccak256("x"), hex"0156", 9, salt, bytes32(0))
                )
            );
        }
        if (kind == 7) {
            return (
                abi.encode(prepare(digest, epoch, oracle, 4, "x")),
                abi.encode(prepare(digest, epoch, oracle, 4, "y"))
            );
        }
        EpochCertificate memory certificate = certificateOf(epoch);
        first = abi.encode(certificate);
        certificate.cumulativeRoot = keccak256("y");
        second = abi.encode(certificate);
    }

    function prepare(
        bytes32 configDigest,
        uint32 epoch,
        address oracle,
        uint32 viewNumber,
        string memory outcome
    ) private pure returns (Prepare memory) {
        return Prepare(
            configDigest, epoch, oracle, viewNumber, keccak256("inputs"), keccak256(bytes(outcome))
        );
    }

    function accuse(uint8 kind, bytes memory first, bytes memory second) private {
        CompactSignature[2] memory signatures = signed(kind, KEY, first, second);
        controller.submitEvidence(accused, kind, first, signatures[0], second, signatures[1]);
    }

    function accuseOf(uint256 index, uint32 epoch) private {
        address oracle = vm.addr(ORACLE_KEYS + index);
        (bytes memory first, bytes memory second) = statementsOf(7, epoch, oracle);
        CompactSignature[2] memory signatures = signed(7, ORACLE_KEYS + index, first, second);
        controller.submitEvidence(oracle, 7, first, signatures[0], second, signatures[1]);
    }

    function signed(uint8 kind, uint256 key, bytes memory first, bytes memory second)
        private
        view
        returns (CompactSignature[2] memory)
    {
        return [
            compact(key, typed(said.structHash(kind, accused, first))),
            compact(key, typed(said.structHash(kind, accused, second)))
        ];
    }

    function evidenceHash(uint8 kind, bytes memory first, bytes memory second)
        private
        view
        returns (bytes32)
    {
        bytes32 one = said.structHash(kind, accused, first);
        bytes32 other = said.structHash(kind, accused, second);
        return keccak256(one < other ? abi.encode(one, other) : abi.encode(other, one));
    }

    function typed(bytes32 structHash) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domainOf(address(controller)), structHash));
    }

    function domainOf(address at) private view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,"
                    "address verifyingContract)"
                ),
                keccak256("R1Availability"),
                keccak256("1"),
                block.chainid,
                at
            )
        );
    }

    function suspended(uint32 from) private view returns (bytes memory) {
        return abi.encodeWithSelector(Oracles.OracleIsSuspended.selector, accused, from);
    }

    function refusedEvidence(bytes4 reason, uint8 kind, bytes memory first, bytes memory second)
        private
    {
        refusedEvidence(abi.encodeWithSelector(reason), kind, first, second);
    }

    function refusedEvidence(
        bytes memory reason,
        uint8 kind,
        bytes memory first,
        bytes memory second
    ) private {
        CompactSignature[2] memory signatures;
        try said.structHash(kind, accused, first) {
            signatures = signed(kind, KEY, first, second);
        } catch {} // Nobody can sign what is no statement.
        vm.expectRevert(reason);
        controller.submitEvidence(accused, kind, first, signatures[0], second, signatures[1]);
    }

    function refused(bytes memory reason, EpochCertificate memory what, uint32 bitmap) private {
        CompactSignature[] memory signatures = signedBy(bitmap, what);
        vm.expectRevert(reason);
        controller.submitEpoch(what, bitmap, signatures);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {DecisionCertificate} from "../../src/epochs/DecisionCertificates.sol";
import {CompactSignature} from "../../src/epochs/EpochCertificates.sol";
import {Epochs} from "../../src/epochs/Epochs.sol";
import {Quorum} from "../../src/epochs/Quorum.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract DecisionsTest is NetworkFixture {
    function setUp() public {
        begin(4);
        vm.warp(START + 1);
    }

    function testAQuorumDecides() public view {
        DecisionCertificate memory decision = decisionOf(0);
        controller.requireDecision(decision, 0x7, decidedBy(0x7, decision));
    }

    function testFewerThanAQuorumDoNot() public {
        DecisionCertificate memory decision = decisionOf(0);
        CompactSignature[] memory signatures = decidedBy(0x3, decision);
        vm.expectRevert(abi.encodeWithSelector(Quorum.QuorumMissed.selector, 2, 3));
        controller.requireDecision(decision, 0x3, signatures);
    }

    function testASignatureIsForOneValueAlone() public {
        DecisionCertificate memory decision = decisionOf(0);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        decision.valueHash = keccak256("another");
        vm.expectRevert(abi.encodeWithSelector(Quorum.InvalidOracleSignature.selector, 0));
        controller.requireDecision(decision, 0x7, signatures);
    }

    function testASignatureIsForOneSequenceAlone() public {
        DecisionCertificate memory decision = decisionOf(0);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        ++decision.sequence;
        vm.expectRevert(abi.encodeWithSelector(Quorum.InvalidOracleSignature.selector, 0));
        controller.requireDecision(decision, 0x7, signatures);
    }

    function testAnotherNetworksDecisionIsRefused() public {
        DecisionCertificate memory decision = decisionOf(0);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        decision.configDigest = keccak256("elsewhere");
        bytes32 ours = controller.configDigestOf(0);
        vm.expectRevert(abi.encodeWithSelector(Epochs.ConfigDigestMismatch.selector, ours));
        controller.requireDecision(decision, 0x7, signatures);
    }

    function testTheOraclesOfTheEpochBeforeMayFinishWhatTheyBegan() public {
        DecisionCertificate memory decision = decisionOf(0);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        vm.prank(GOVERNANCE);
        controller.announceOracles(oraclesFrom(0xC000, 4));
        vm.warp(endOf(2) - 1);
        controller.requireDecision(decision, 0x7, signatures);
        vm.warp(endOf(2));
        bytes32 next = controller.configDigestOf(2);
        vm.expectRevert(abi.encodeWithSelector(Epochs.ConfigDigestMismatch.selector, next));
        controller.requireDecision(decision, 0x7, signatures);
    }

    function decisionOf(uint32 epoch) private view returns (DecisionCertificate memory) {
        return DecisionCertificate(
            controller.configDigestOf(epoch), keccak256("topic"), 1, 0, keccak256("value")
        );
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {LinkedLicence} from "../../src/licences/LinkedLicence.sol";
import {Rewards} from "../../src/rewards/Rewards.sol";
import {Schedules} from "../../src/rewards/Schedules.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";
import {Tree} from "../support/Tree.sol";

contract RewardsTest is NetworkFixture {
    event RewardsClaimed(
        address indexed to,
        uint8 indexed licenceType,
        uint256 indexed licenseId,
        uint256 rewardsAmount,
        uint256 totalEpochs
    );

    uint256 private constant CAP = 1_575_188_843_457_943_925_233;

    uint256 private id;

    function setUp() public {
        begin(4);
        id = deedsFor(OWNER, 2);
        linkAs(OWNER, id, 0);
        linkAs(OWNER, id + 1, 1);
    }

    function test_constantsAreThoseOfTheGenuineContract() public view {
        assertEq(rewards.ND_MAX_RELEASE_PER_EPOCH(), RATE, "rate");
        assertEq(rewards.ND_MAX_MINING_PER_LICENSE(), CAP, "cap");
        assertLe(CAP - 1080 * RATE, 1_033 + 276, "1080 epochs fall short by dust alone");
    }

    function testFuzz_paysTheOwnerWhatTheTreeShows(uint8 first, uint8 second) public {
        vm.assume(first > 0 && second > 0);
        bytes32[] memory tree = leaves(leaf(id, first), leaf(id + 1, second));
        settle(0, Tree.root(tree));
        uint256 due = uint256(first) * RATE / 255;
        assertEq(claimable(id, first, tree, 0), due, "foretold");
        vm.expectEmit(true, true, true, true);
        emit RewardsClaimed(OWNER, 1, id, due, 1);
        vm.prank(STRANGER);
        claim(id, first, tree, 0);
        assertEq(r1.balanceOf(OWNER), due, "paid");
        assertEq(rewards.claimed(1, id), due, "noted");
        assertEq(deed.licence(id).claimed, due, "shown");
        assertEq(claimable(id, first, tree, 0), 0, "nothing left");
    }

    function test_paysNobodyTwice() public {
        bytes32[] memory tree = leaves(leaf(id, 255), leaf(id + 1, 255));
        settle(0, Tree.root(tree));
        claim(id, 255, tree, 0);
        vm.expectRevert(abi.encodeWithSelector(Rewards.NothingToClaim.selector, RATE));
        claim(id, 255, tree, 0);

        bytes32[] memory next = leaves(leaf(id, 255 + 100), leaf(id + 1, 255));
        settle(1, Tree.root(next));
        claim(id, 355, next, 0);
        assertEq(r1.balanceOf(OWNER), 355 * RATE / 255, "the difference");
        vm.expectRevert(abi.encodeWithSelector(Rewards.InvalidProof.selector, Tree.root(next)));
        claim(id, 255, tree, 0);
    }

    function test_oneClaimPaysForManyEpochs() public {
        bytes32[] memory tree = leaves(leaf(id, 255 * 10), leaf(id + 1, 1));
        for (uint32 e = 0; e < 9; ++e) {
            settle(e, bytes32(uint256(e + 1)));
        }
        settle(9, Tree.root(tree));
        claim(id, 2550, tree, 0);
        assertEq(r1.balanceOf(OWNER), 10 * RATE, "ten epochs");
    }

    function test_refusesALeafThatIsNotInTheTree() public {
        bytes32[] memory tree = leaves(leaf(id, 100), leaf(id + 1, 200));
        settle(0, Tree.root(tree));
        bytes memory refusal =
            abi.encodeWithSelector(Rewards.InvalidProof.selector, Tree.root(tree));
        vm.expectRevert(refusal);
        claim(id, 101, tree, 0);
        vm.expectRevert(refusal);
        claim(id, 200, tree, 1); // a neighbour's leaf
        vm.expectRevert(refusal);
        rewards.claim(1, id, 100, 100 * RATE, new bytes32[](0));
    }

    /// An inner node cannot pass for a leaf: their first bytes differ.
    function test_refusesAnInnerNodeAsALeaf() public {
        bytes32 root = keccak256("some inner node");
        settle(0, root);
        vm.expectRevert(abi.encodeWithSelector(Rewards.InvalidProof.selector, root));
        rewards.claim(1, id, 0, 0, new bytes32[](0));
    }

    function test_refusesAnUnknownKindOfLicence() public {
        settle(0, leaf(id, 1));
        for (uint8 kind = 0; kind < 5; kind += 4) {
            vm.expectRevert(abi.encodeWithSelector(Schedules.UnknownLicenceType.selector, kind));
            rewards.claim(kind, id, 1, RATE, new bytes32[](0));
            vm.expectRevert(abi.encodeWithSelector(Schedules.UnknownLicenceType.selector, kind));
            rewards.rateOf(kind, id, 0);
        }
    }

    // What a corrupt quorum could certify, and what it cannot make the contract pay.

    function test_boundsCreditsByTheEpochsSinceTheFirstLink() public {
        uint256 late = deedsFor(OWNER, 1);
        vm.warp(START + 1); // epoch 0 has begun: the first row can be in epoch 1
        linkAs(OWNER, late, 2);
        bytes32[] memory tree = leaves(leaf(id, 256), leaf(late, 1));
        settle(0, Tree.root(tree));
        vm.expectRevert(abi.encodeWithSelector(Schedules.CreditsExceedEpochs.selector, 256, 255));
        claim(id, 256, tree, 0);
        vm.expectRevert(abi.encodeWithSelector(Schedules.CreditsExceedEpochs.selector, 1, 0));
        claim(late, 1, tree, 1);
        tree = leaves(leaf(id, 510), leaf(late, 255));
        settle(1, Tree.root(tree));
        claim(late, 255, tree, 1);
    }

    function test_paysNothingToALicenceThatWasNeverLinked() public {
        uint256 idle = deedsFor(OWNER, 1);
        settle(0, leaf(idle, 1));
        vm.expectRevert(abi.encodeWithSelector(Schedules.CreditsExceedEpochs.selector, 1, 0));
        rewards.claim(1, idle, 1, RATE, new bytes32[](0));
    }

    function test_refusesAWeightOffTheSchedule() public {
        bytes32 root =
            keccak256(abi.encode(uint256(1), uint256(1), id, uint256(255), uint256(1e30)));
        settle(0, root);
        vm.expectRevert(
            abi.encodeWithSelector(Schedules.WeightOffSchedule.selector, 1e30, 255 * RATE)
        );
        rewards.claim(1, id, 255, 1e30, new bytes32[](0));
    }

    function test_neverPaysALicenceMoreThanItsCap() public {
        uint32 epochs = 1100;
        for (uint32 e = 0; e + 1 < epochs; ++e) {
            settle(e, bytes32(uint256(e + 1)));
        }
        uint256 credits = uint256(epochs) * 255;
        settle(epochs - 1, leaf(id, credits));
        rewards.claim(1, id, credits, credits * RATE, new bytes32[](0));
        assertEq(r1.balanceOf(OWNER), CAP, "the cap to the wei");
        assertEq(rewards.claimable(1, id, credits, credits * RATE, new bytes32[](0)), 0, "no more");
    }

    /// The bounds of licences keep mining far below the ceiling, so it takes a pretended state.
    function test_stopsAtTheEmissionCeiling() public {
        bytes32[] memory tree = leaves(leaf(id, 255), leaf(id + 1, 255));
        settle(0, Tree.root(tree));
        uint256 ceiling = 46_224 * RATE + rewards.GND_MAX_RELEASE_PER_EPOCH();
        bytes memory question = abi.encodeWithSelector(r1.totalMined.selector);
        vm.mockCall(address(r1), question, abi.encode(ceiling - RATE + 1));
        vm.expectRevert(
            abi.encodeWithSelector(Rewards.EmissionCeilingReached.selector, ceiling + 1, ceiling)
        );
        claim(id, 255, tree, 0);
        vm.mockCall(address(r1), question, abi.encode(ceiling - RATE));
        claim(id, 255, tree, 0);
    }

    function test_refusesAClaimForABannedLicence() public {
        bytes32[] memory tree = leaves(leaf(id, 255), leaf(id + 1, 255));
        settle(0, Tree.root(tree));
        vm.prank(GOVERNANCE);
        deed.ban(id, "spam");
        vm.expectRevert(LinkedLicence.LicenseBanned.selector);
        claim(id, 255, tree, 0);
        vm.prank(GOVERNANCE);
        deed.unban(id, "appeal");
        claim(id, 255, tree, 0);
    }

    function settle(uint32 epoch, bytes32 root) private {
        EpochCertificate memory certificate = certificateOf(epoch);
        certificate.cumulativeRoot = root;
        record(certificate);
    }

    function claim(uint256 licenceId, uint256 credits, bytes32[] memory tree, uint256 index)
        private
    {
        rewards.claim(1, licenceId, credits, credits * RATE, Tree.proof(tree, index));
    }

    function claimable(uint256 licenceId, uint256 credits, bytes32[] memory tree, uint256 index)
        private
        view
        returns (uint256)
    {
        return rewards.claimable(1, licenceId, credits, credits * RATE, Tree.proof(tree, index));
    }
}

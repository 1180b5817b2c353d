// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Controller} from "../../src/epochs/Controller.sol";
import {Oracles} from "../../src/epochs/Oracles.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract ControllerTest is NetworkFixture {
    function setUp() public {
        vm.warp(START - 1 hours);
        found();
    }

    function test_refusesTimingThatMakesNoSlots() public {
        Oracles.Timing[3] memory broken = [timing(), timing(), timing()];
        broken[0].epochDuration = 0;
        broken[1].slotMillis = 0;
        broken[2].slotMillis = 7_000;
        for (uint256 i = 0; i < broken.length; ++i) {
            vm.expectRevert(Oracles.InvalidTiming.selector);
            new Controller(bytes32(0), GOVERNANCE, broken[i], VOID_AFTER, contracts());
        }
    }

    function test_showsTheWholeNetworkInOneCall() public {
        begin(4);
        Controller.Network memory network = controller.network();
        assertEq(network.networkId, keccak256("network"), "id");
        assertEq(network.startEpochTimestamp, START, "genesis");
        assertEq(network.timing.epochDuration, EPOCH, "epoch");
        assertEq(network.timing.slotMillis, 20_000, "slot");
        assertEq(network.timing.toleranceMillis, 5_000, "tolerance");
        assertEq(network.timing.lateMillis, 30_000, "late");
        assertEq(network.timing.commitMillis, 2_000, "commit");
        assertEq(network.theta, 250, "theta");
        assertEq(network.protocolVersion, 1, "version");
        assertEq(network.governance, GOVERNANCE, "governance");
        assertEq(address(network.contracts.r1), address(r1), "r1");
        assertEq(address(network.contracts.nodeRegistry), address(nodeRegistry), "registry");
        assertEq(address(network.contracts.nodeDeed), address(deed), "deed");
        assertEq(address(network.contracts.masterDeed), address(masterDeed), "Master deed");
        assertEq(address(network.contracts.genesisDeed), address(genesisDeed), "genesis deed");
        assertEq(address(network.contracts.rewards), address(rewards), "rewards");
        assertEq(address(network.contracts.devMinter), address(devMinter), "faucet");
    }

    function test_schedulesGenesisOnceAndInTheFuture() public {
        vm.startPrank(GOVERNANCE);
        vm.expectRevert(Oracles.NoOracles.selector);
        controller.scheduleGenesis(START);
        controller.announceOracles(oracles(4));
        uint64 now_ = uint64(block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(Oracles.GenesisNotInFuture.selector, now_));
        controller.scheduleGenesis(now_);
        controller.scheduleGenesis(START);
        vm.expectRevert(abi.encodeWithSelector(Oracles.GenesisAlreadyScheduled.selector, START));
        controller.scheduleGenesis(START + 1);
        vm.stopPrank();
    }

    function test_servesGovernanceAlone() public {
        bytes memory refusal =
            abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, STRANGER);
        vm.startPrank(STRANGER);
        vm.expectRevert(refusal);
        controller.announceOracles(oracles(4));
        vm.expectRevert(refusal);
        controller.scheduleGenesis(START);
        vm.stopPrank();
    }

    function testFuzz_countsEpochs(uint64 offset) public {
        begin(4);
        vm.expectRevert(Oracles.TimestampBeforeStartEpoch.selector);
        controller.currentEpoch();
        offset = uint64(bound(offset, 0, 100 * 365 days));
        vm.warp(START + offset);
        assertEq(controller.currentEpoch(), offset / EPOCH, "epoch");
    }

    function test_hasNoEpochBeforeGenesisIsScheduled() public {
        vm.expectRevert(Oracles.TimestampBeforeStartEpoch.selector);
        controller.currentEpoch();
        vm.expectRevert(Oracles.NoOracles.selector);
        controller.getOracles();
    }

    function test_refusesABadOracleSet() public {
        address[] memory twice = oracles(5);
        twice[4] = twice[1];
        address[] memory nobody = oracles(4);
        nobody[2] = address(0);
        vm.startPrank(GOVERNANCE);
        vm.expectRevert(abi.encodeWithSelector(Oracles.InvalidOracleCount.selector, 3));
        controller.announceOracles(oracles(3));
        vm.expectRevert(abi.encodeWithSelector(Oracles.InvalidOracleCount.selector, 32));
        controller.announceOracles(oracles(32));
        vm.expectRevert(abi.encodeWithSelector(Oracles.InvalidOracle.selector, twice[1]));
        controller.announceOracles(twice);
        vm.expectRevert(abi.encodeWithSelector(Oracles.InvalidOracle.selector, address(0)));
        controller.announceOracles(nobody);
        vm.stopPrank();
    }

    function test_anOracleSetTakesEffectTwoEpochsLater() public {
        begin(4);
        announceFrom(0xC000, 7); // before epoch 0: from epoch 1
        assertEq(controller.oraclesOf(0).length, 4, "epoch 0 stays as it was");
        assertEq(controller.oraclesOf(1).length, 7, "epoch 1");
        vm.warp(START + EPOCH / 2);
        announceFrom(0xD000, 10);
        announceFrom(0xE000, 13); // replaces
        assertEq(controller.oraclesOf(1).length, 7, "decided when epoch 0 began");
        assertEq(controller.oraclesOf(2).length, 13, "epoch 2");
        assertEq(controller.oraclesOf(1_000_000).length, 13, "until the next set");
        assertEq(controller.oraclesOf(0)[3], vm.addr(ORACLE_KEYS + 3), "order is kept");
        assertEq(controller.getOracles().length, 4, "current");
        vm.warp(START + 2 * EPOCH);
        assertEq(controller.getOracles().length, 13, "current");
    }

    function test_theConfigDigestCoversEverything() public {
        begin(4);
        bytes32 expected = keccak256(
            abi.encode(
                keccak256("network"),
                uint256(31337),
                address(controller),
                oracles(4),
                uint256(86_400_000),
                uint256(20_000),
                uint256(5_000),
                uint256(30_000),
                uint256(2_000),
                uint256(250),
                uint256(1)
            )
        );
        assertEq(controller.configDigestOf(0), expected, "digest");
        Oracles.OracleSet memory set = controller.oracleSetOf(0);
        assertEq(set.configDigest, expected, "with the set");
        assertEq(set.oracles[3], vm.addr(ORACLE_KEYS + 3), "the set");
        announceFrom(0xC000, 4);
        assertTrue(controller.configDigestOf(1) != expected, "another set, another digest");
    }

    function test_governanceChangesHandsInTwoSteps() public {
        vm.prank(GOVERNANCE);
        controller.transferOwnership(OWNER);
        assertEq(controller.owner(), GOVERNANCE, "until it is accepted");
        vm.prank(OWNER);
        controller.acceptOwnership();
        assertEq(controller.owner(), OWNER, "accepted");
    }

    function announceFrom(uint256 firstKey, uint256 n) private {
        vm.prank(GOVERNANCE);
        controller.announceOracles(oraclesFrom(firstKey, n));
    }
}

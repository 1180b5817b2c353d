// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {NetworkFixture} from "../support/NetworkFixture.sol";
import {Epochs} from "../../src/epochs/Epochs.sol";

contract BeaconTest is NetworkFixture {
    function setUp() public {
        begin(4);
    }

    function test_theFirstTwoEpochsRestOnTheConfigurationAlone() public view {
        assertEq(controller.beacon(0, START - 1), expected(0, bytes32(0)), "epoch 0");
        assertEq(controller.beacon(1, START), expected(1, bytes32(0)), "epoch 1");
    }

    function test_isNotDecidedBeforeTheOracleSetIs() public {
        vm.expectRevert(abi.encodeWithSelector(Epochs.NotDecided.selector, 1));
        controller.beacon(1, START - 1);
        vm.expectRevert(abi.encodeWithSelector(Epochs.NotDecided.selector, 2));
        controller.beacon(2, START + EPOCH - 1);
        found();
        vm.expectRevert(abi.encodeWithSelector(Epochs.NotDecided.selector, 0));
        controller.beacon(0, START);
    }

    function test_isDecidedAsSoonAsTheEpochTwoBeforeIsRecorded() public {
        vm.warp(endOf(0) + 100);
        uint64 now_ = uint64(block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(Epochs.NotDecided.selector, 2));
        controller.beacon(2, now_);
        record(certificateOf(0));
        assertEq(controller.beacon(2, now_), expected(2, controller.outcomeHash(0)), "decided");
        vm.expectRevert(abi.encodeWithSelector(Epochs.NotDecided.selector, 2));
        controller.beacon(2, now_ - 1); // the record is newer than what the reader trusts
    }

    function test_aLateRecordDoesNotChangeIt() public {
        uint64 cut = uint64(endOf(1));
        vm.warp(cut);
        vm.expectRevert(abi.encodeWithSelector(Epochs.NotDecided.selector, 2));
        controller.beacon(2, cut); // another block may carry this very second
        vm.warp(cut + 1);
        bytes32 without = expected(2, bytes32(0));
        assertEq(controller.beacon(2, cut + 1), without, "nothing was recorded in time");
        record(certificateOf(0));
        record(certificateOf(1));
        assertEq(controller.beacon(2, cut + 1), without, "and it stays so");
        bytes32 third = expected(3, controller.outcomeHash(1));
        assertEq(controller.beacon(3, cut + 1), third, "the next one sees both");
    }

    function test_countsARecordInTheLastSecond() public {
        vm.warp(endOf(1));
        record(certificateOf(0));
        vm.warp(endOf(1) + 1);
        bytes32 with = expected(2, controller.outcomeHash(0));
        assertEq(controller.beacon(2, uint64(endOf(1) + 1)), with, "in time");
    }

    /// Against a plain restatement of the rule, with epochs recorded at random times.
    /// forge-config: default.fuzz.runs = 32
    function testFuzz_isTheNewestOutcomeInTime(uint256 seed) public {
        uint32 count = 20;
        for (uint32 e = 0; e < count; ++e) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 at = endOf(e) + (seed % 4 == 0 ? seed % (5 * EPOCH) : seed % EPOCH);
            if (at > block.timestamp) vm.warp(at);
            record(certificateOf(e));
        }
        uint64 asOf = uint64(block.timestamp);
        for (uint32 e = 2; e <= count + 1 && endOf(e - 1) < asOf; ++e) {
            bytes32 newest = bytes32(0);
            for (uint32 k = 0; k + 2 <= e && k < count; ++k) {
                if (controller.recordedAt(k) <= endOf(e - 1)) newest = controller.outcomeHash(k);
            }
            assertEq(controller.beacon(e, asOf), expected(e, newest), "beacon");
        }
    }

    function expected(uint32 epoch, bytes32 outcome) private view returns (bytes32) {
        return keccak256(abi.encode(controller.configDigestOf(epoch), uint256(epoch), outcome));
    }
}

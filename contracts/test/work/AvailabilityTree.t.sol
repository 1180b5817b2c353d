// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AvailabilityTree} from "../../src/work/AvailabilityTree.sol";
import {Test} from "../support/Test.sol";

/// The same numbers as the Java test `AvailabilityLeafTest` of `bundles/chain`: both read the
/// fixture.
contract AvailabilityTreeTest is Test {
    string private json;

    function setUp() public {
        json = vm.readFile("test/fixtures/availability.json");
    }

    function test_leavesAreThoseOfTheFixture() public view {
        check(".rows[0]");
        check(".rows[1]");
    }

    function test_aTreeOfOneLeafHasItForRoot() public view {
        bytes32 root = vm.parseJsonBytes32(json, ".rows[0].leaf");
        assertTrue(this.contains(root, 4_000_000_000, row(".rows[0]")), "the leaf");
        assertTrue(!this.contains(root, 3_999_999_999, row(".rows[0]")), "another epoch");
        assertTrue(!this.contains(root, 4_000_000_000, row(".rows[1]")), "another row");
    }

    function check(string memory key) private view {
        uint32 epoch = uint32(vm.parseJsonUint(json, string.concat(key, ".epoch")));
        bytes32 expected = vm.parseJsonBytes32(json, string.concat(key, ".leaf"));
        assertEq(this.leaf(epoch, row(key)), expected, key);
    }

    function row(string memory key) private view returns (AvailabilityTree.Entry memory) {
        return AvailabilityTree.Entry(
            uint8(vm.parseJsonUint(json, string.concat(key, ".licenceType"))),
            vm.parseJsonUint(json, string.concat(key, ".licenceId")),
            vm.parseJsonAddress(json, string.concat(key, ".node")),
            uint8(vm.parseJsonUint(json, string.concat(key, ".availability"))),
            new bytes32[](0)
        );
    }

    function leaf(uint32 epoch, AvailabilityTree.Entry calldata entry)
        external
        pure
        returns (bytes32)
    {
        return AvailabilityTree.leaf(epoch, entry);
    }

    function contains(bytes32 root, uint32 epoch, AvailabilityTree.Entry calldata entry)
        external
        pure
        returns (bool)
    {
        return AvailabilityTree.contains(root, epoch, entry);
    }
}

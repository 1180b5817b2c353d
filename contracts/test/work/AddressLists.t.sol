// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AddressLists} from "../../src/work/AddressLists.sol";
import {Test} from "../support/Test.sol";

contract AddressListsTest is Test {
    function testFuzz_aUnionIsAscendingDistinctAndWhole(
        address[] memory one,
        address[] memory other
    ) public pure {
        shorten(one);
        shorten(other);
        one = AddressLists.union(new address[](0), one);
        address[] memory list = AddressLists.union(one, other);
        for (uint256 i = 0; i < list.length; ++i) {
            assertTrue(list[i] > (i == 0 ? address(0) : list[i - 1]), "ascending without zero");
            assertEq(AddressLists.indexOf(list, list[i]), i, "found");
        }
        containsAll(list, one);
        containsAll(list, other);
        assertLe(list.length, one.length + other.length, "nothing else");
    }

    function test_whatIsNotThereHasTheLengthForIndex() public pure {
        address[] memory one = new address[](2);
        (one[0], one[1]) = (address(4), address(2));
        address[] memory list = AddressLists.union(AddressLists.union(new address[](0), one), one);
        assertEq(list.length, 2, "each once");
        assertEq(AddressLists.indexOf(list, address(1)), 2, "before all");
        assertEq(AddressLists.indexOf(list, address(3)), 2, "between");
        assertEq(AddressLists.indexOf(list, address(5)), 2, "after all");
        assertEq(AddressLists.indexOf(new address[](0), address(5)), 0, "in none");
    }

    /// Long lists show nothing that short ones do not, and take their time.
    function shorten(address[] memory list) private pure {
        uint256 length = list.length % 32;
        assembly ("memory-safe") {
            mstore(list, length)
        }
    }

    function containsAll(address[] memory list, address[] memory part) private pure {
        for (uint256 i = 0; i < part.length; ++i) {
            if (part[i] == address(0)) continue;
            assertTrue(AddressLists.indexOf(list, part[i]) < list.length, "nothing is lost");
        }
    }
}

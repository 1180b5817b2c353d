// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {CodeStore} from "../epochs/CodeStore.sol";

/// @title Ascending lists of distinct addresses
library AddressLists {
    /// @notice Reads a list that is kept as code.
    /// @param pointer the account that holds it; zero for an empty one
    function read(address pointer) internal view returns (address[] memory) {
        if (pointer == address(0)) return new address[](0);
        return abi.decode(CodeStore.read(pointer), (address[]));
    }

    /// @notice Where an address is in a list.
    /// @param list the list
    /// @param sought the address
    /// @return index its index; the length of the list when it is not there
    function indexOf(address[] memory list, address sought) internal pure returns (uint256 index) {
        uint256 high = list.length;
        while (index < high) {
            uint256 middle = (index + high) / 2;
            if (list[middle] < sought) index = middle + 1;
            else high = middle;
        }
        if (index < list.length && list[index] != sought) index = list.length;
    }

    /// @notice A list of everything in two arrays but zero.
    /// @param one an array in any order
    /// @param other another
    function union(address[] memory one, address[] memory other)
        internal
        pure
        returns (address[] memory list)
    {
        list = new address[](one.length + other.length);
        for (uint256 i = 0; i < list.length; ++i) {
            list[i] = i < one.length ? one[i] : other[i - one.length];
        }
        Arrays.sort(list);
        uint256 length = 0;
        address last = address(0);
        for (uint256 i = 0; i < list.length; ++i) {
            if (list[i] == last) continue;
            last = list[i];
            list[length++] = last;
        }
        // Shortens the array in place.
        assembly ("memory-safe") {
            mstore(list, length)
        }
    }
}

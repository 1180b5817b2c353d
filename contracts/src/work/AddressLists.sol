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

    /// @notice A list of everything in a list and an array but zero. Sorting takes the square of the
    /// length of what is sorted already, so only the array is; the list may be long.
    /// @param list a list
    /// @param more an array in any order, which is sorted in place
    function union(address[] memory list, address[] memory more)
        internal
        pure
        returns (address[] memory all)
    {
        Arrays.sort(more);
        all = new address[](list.length + more.length);
        uint256 length = 0;
        uint256 i = 0;
        uint256 k = 0;
        address last = address(0);
        while (i < list.length || k < more.length) {
            bool fromList = k == more.length || (i < list.length && list[i] < more[k]);
            address next = fromList ? list[i++] : more[k++];
            if (next == last) continue;
            last = next;
            all[length++] = next;
        }
        // Shortens the array in place.
        assembly ("memory-safe") {
            mstore(all, length)
        }
    }
}

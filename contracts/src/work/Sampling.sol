// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Numbers drawn from a seed
/// @notice Anybody can repeat the draw off chain from the seed alone.
library Sampling {
    /// @notice The index-th number of a seed, uniform in [0, n).
    /// @param seed the seed
    /// @param index which number
    /// @param n how many there are to choose from; not zero
    /// @dev A word at or above the largest multiple of n would favour small numbers, so it is
    /// hashed again until one is below.
    function below(bytes32 seed, uint256 index, uint256 n) internal pure returns (uint256) {
        uint256 word = uint256(keccak256(abi.encode(seed, index)));
        // 2²⁵⁶ mod n: how many words at the top are too many.
        uint256 excess = (type(uint256).max % n + 1) % n;
        while (word > type(uint256).max - excess) {
            word = uint256(keccak256(abi.encode(word)));
        }
        return word % n;
    }
}

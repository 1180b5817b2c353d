// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {RewardTree} from "../../src/rewards/RewardTree.sol";

/// @notice Builds reward trees as oracles do: a node without a sibling moves up unchanged.
library Tree {
    function root(bytes32[] memory leaves) internal pure returns (bytes32) {
        if (leaves.length == 0) return bytes32(0);
        bytes32[] memory level = leaves;
        while (level.length > 1) level = above(level);
        return level[0];
    }

    function proof(bytes32[] memory leaves, uint256 index)
        internal
        pure
        returns (bytes32[] memory path)
    {
        path = new bytes32[](32);
        uint256 length = 0;
        bytes32[] memory level = leaves;
        while (level.length > 1) {
            uint256 sibling = index ^ 1;
            if (sibling < level.length) path[length++] = level[sibling];
            level = above(level);
            index /= 2;
        }
        assembly ("memory-safe") {
            mstore(path, length)
        }
    }

    /// @dev The root that a leaf and its path lead to.
    function climb(bytes32 leaf, bytes32[] memory path) internal pure returns (bytes32 hash) {
        hash = leaf;
        for (uint256 i = 0; i < path.length; ++i) {
            hash = RewardTree.inner(hash, path[i]);
        }
    }

    function above(bytes32[] memory level) private pure returns (bytes32[] memory up) {
        up = new bytes32[]((level.length + 1) / 2);
        for (uint256 i = 0; i < up.length; ++i) {
            up[i] = 2 * i + 1 < level.length
                ? RewardTree.inner(level[2 * i], level[2 * i + 1])
                : level[2 * i];
        }
    }
}

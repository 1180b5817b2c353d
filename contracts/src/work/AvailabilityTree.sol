// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {RewardTree} from "../rewards/RewardTree.sol";

/// @title The Merkle tree of one epoch's availability
/// @notice Its leaves and those of the cumulative tree carry different first words; its inner nodes
/// are the same.
library AvailabilityTree {
    /// @notice A row of the epoch, and the siblings from its leaf up.
    struct Entry {
        /// Kind of licence: 1 Node Deed, 2 Master, 3 Genesis.
        uint8 licenceType;
        /// Token id.
        uint256 licenceId;
        /// The node it was linked to throughout the epoch.
        address node;
        /// A: 0 to 255.
        uint8 availability;
        bytes32[] proof;
    }

    uint256 private constant AVAILABILITY_LEAF = 0;

    /// @notice Hash of the leaf (0x00, e, licenceType, licenceId, node, A).
    /// @param epoch the epoch
    /// @param entry the row
    function leaf(uint32 epoch, Entry calldata entry) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                AVAILABILITY_LEAF,
                epoch,
                entry.licenceType,
                entry.licenceId,
                entry.node,
                entry.availability
            )
        );
    }

    /// @notice Whether a row is in the tree of an epoch.
    /// @param root root of the tree
    /// @param epoch the epoch
    /// @param entry the row
    function contains(bytes32 root, uint32 epoch, Entry calldata entry)
        internal
        pure
        returns (bool)
    {
        return RewardTree.contains(entry.proof, root, leaf(epoch, entry));
    }
}

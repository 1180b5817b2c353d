// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

/// @title The Merkle tree of cumulative rewards
/// @notice Leaves and inner nodes carry different first bytes, so neither can pass for the other.
library RewardTree {
    uint256 private constant CUMULATIVE_LEAF = 1;
    bytes1 private constant INNER_NODE = 0x02;

    /// @notice Hash of the leaf (0x01, licenceType, licenceId, C, W).
    /// @param licenceType kind of licence
    /// @param licenceId token id
    /// @param credits C: the sum of its availability bytes
    /// @param weight W: the sum of rate · availability byte
    function leaf(uint8 licenceType, uint256 licenceId, uint256 credits, uint256 weight)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(CUMULATIVE_LEAF, licenceType, licenceId, credits, weight));
    }

    /// @notice Whether a leaf is in the tree.
    /// @param proof sibling hashes from the leaf up
    /// @param root root of the tree
    /// @param leafHash hash of the leaf
    function contains(bytes32[] calldata proof, bytes32 root, bytes32 leafHash)
        internal
        view
        returns (bool)
    {
        return MerkleProof.processProofCalldata(proof, leafHash, inner) == root;
    }

    /// @notice keccak256(0x02 ‖ min ‖ max).
    /// @param one a child
    /// @param other its sibling
    function inner(bytes32 one, bytes32 other) internal pure returns (bytes32) {
        return one <= other
            ? keccak256(abi.encodePacked(INNER_NODE, one, other))
            : keccak256(abi.encodePacked(INNER_NODE, other, one));
    }
}

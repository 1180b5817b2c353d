// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title The Merkle tree of cumulative rewards
/// @notice Leaves and inner nodes carry different first bytes, so neither can pass for the other.
library RewardTree {
    uint256 private constant CUMULATIVE_LEAF = 1;
    uint256 private constant INNER_NODE = 2;

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
    /// @dev {inner} once per level, in free memory without taking it: a claim pays for every level.
    function contains(bytes32[] calldata proof, bytes32 root, bytes32 leafHash)
        internal
        pure
        returns (bool found)
    {
        assembly ("memory-safe") {
            let free := mload(0x40)
            let hash := leafHash
            mstore8(free, INNER_NODE)
            let end := add(proof.offset, shl(5, proof.length))
            for { let at := proof.offset } lt(at, end) { at := add(at, 32) } {
                let sibling := calldataload(at)
                let swapped := shl(5, gt(hash, sibling))
                mstore(add(free, add(1, swapped)), hash)
                mstore(add(free, sub(33, swapped)), sibling)
                hash := keccak256(free, 65)
            }
            found := eq(hash, root)
        }
    }

    /// @notice keccak256(0x02 ‖ min ‖ max).
    /// @param one a child
    /// @param other its sibling
    function inner(bytes32 one, bytes32 other) internal pure returns (bytes32) {
        (bytes32 low, bytes32 high) = one <= other ? (one, other) : (other, one);
        // A constant of one byte.
        // forge-lint: disable-next-line(unsafe-typecast)
        return keccak256(abi.encodePacked(uint8(INNER_NODE), low, high));
    }
}

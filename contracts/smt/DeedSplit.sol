// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Proof: what a purchase of deeds is split into adds up
/// @notice 20 % burned and 30 % for operations, both rounded down; liquidity takes the rest.
/// @dev Between the marks stand lines of the contract itself; the proof fails when they differ.
contract DeedSplit {
    // lines of src/licences/DeedSale.sol
    uint256 public constant BURNED_PERCENT = 20;
    uint256 public constant OPERATIONS_PERCENT = 30;

    // end of lines

    /// @notice Holds for every cost that the supply of R1 can pay.
    /// @param cost in 10⁻¹⁸ R1
    function prove(uint256 cost) external pure {
        if (cost > 161_803_398e18) return;
        // lines of src/licences/DeedSale.sol
        uint256 burned = cost * BURNED_PERCENT / 100;
        uint256 operations = cost * OPERATIONS_PERCENT / 100;
        // end of lines
        uint256 liquidity = cost - burned - operations;
        assert(burned + operations + liquidity == cost);
        assert(burned <= cost);
        assert(operations <= cost);
        // The dust of both roundings, less than 2 · 10⁻¹⁸ R1, is liquidity.
        assert(liquidity * 2 >= cost);
        assert(liquidity * 2 <= cost + 4);
    }
}

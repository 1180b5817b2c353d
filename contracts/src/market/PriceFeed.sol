// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title What R1 is worth
/// @notice Licences and jobs have prices in USD and are paid in R1. A feed must never give a spot
/// price, which one transaction can move.
interface PriceFeed {
    /// @notice The feed has no price that may be used now.
    error NoPrice();

    /// @notice USD per R1, in 10⁻¹⁸ USD; never zero.
    /// @dev Reverts with {NoPrice} when the price is stale or was never known.
    function usdPrice() external view returns (uint256);
}

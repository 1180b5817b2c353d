// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title How the assignment of a Master deed is released
/// @notice Nothing for a cliff of seven months of 30 epochs, then an S: the share released after k of
/// the following 690 epochs is F = 4x³ − 3x⁴ with x = k/690. The rate 12x²·(1 − x) starts at zero, is
/// highest at x = 2/3 (month 22) and is zero again at the end of month 30.
/// @dev A polynomial in integers: exact, so there is no error to bound. Whatever is assigned first,
/// F grows no faster for those who come later: 1 − F(x + y) ≤ (1 − F(x))·(1 − F(y)).
library VestingCurve {
    /// @notice Epochs before anything is released.
    uint256 internal constant CLIFF_EPOCHS = 210;

    /// @notice Epochs over which everything is released.
    uint256 internal constant RELEASE_EPOCHS = 690;

    /// @notice What is released after k epochs, rounded down; after the last, everything.
    /// @param assigned what is assigned, in 10⁻¹⁸ R1; below 2¹²⁸
    /// @param k how many epochs have passed since the cliff
    function released(uint256 assigned, uint256 k) internal pure returns (uint256) {
        if (k >= RELEASE_EPOCHS) return assigned;
        return assigned * (k ** 3 * (4 * RELEASE_EPOCHS - 3 * k)) / RELEASE_EPOCHS ** 4;
    }

    /// @notice What is released by the end of the epochs before one, rounded down.
    /// @param assigned what is assigned, in 10⁻¹⁸ R1; below 2¹²⁸
    /// @param firstMiningEpoch the first epoch after the cliff
    /// @param epoch the epoch
    function releasedBefore(uint256 assigned, uint256 firstMiningEpoch, uint256 epoch)
        internal
        pure
        returns (uint256)
    {
        return epoch <= firstMiningEpoch ? 0 : released(assigned, epoch - firstMiningEpoch);
    }
}

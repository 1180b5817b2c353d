// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Proof: what a job pays is split into what adds up
/// @notice 15 % burned, rounded down; operators take the rest, so 85 % and the dust.
/// @dev Between the marks stand lines of the contract itself; the proof fails when they differ.
contract JobSplit {
    // lines of src/work/Settlement.sol
    uint256 public constant BURNED_PERCENT = 15;

    // end of lines

    /// @notice Holds for everything that the supply of R1 can pay.
    /// @param due in 10⁻¹⁸ R1
    function prove(uint256 due) external pure {
        if (due > 161_803_398e18) return;
        // lines of src/work/Settlement.sol
        uint256 burned = due * BURNED_PERCENT / 100;
        // end of lines
        uint256 operators = due - burned;
        assert(burned + operators == due);
        assert(burned <= due);
        // The dust of the rounding, less than 10⁻¹⁸ R1, is the operators'.
        assert(operators * 100 >= due * 85);
        assert(operators * 100 < due * 85 + 100);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {R1} from "../token/R1.sol";

/// @title Money that waits for whom it belongs to
/// @notice Nothing is sent to anybody who did not ask for it, so nobody's refusal stops others. R1
/// sent here by a plain transfer belongs to nobody.
abstract contract Deposits is ReentrancyGuard {
    using SafeERC20 for R1;

    /// @notice The token of all deposits.
    R1 public immutable r1;

    /// @notice What future jurors are paid from, in 10⁻¹⁸ R1.
    uint256 public juryFund;

    /// @notice What an account can withdraw, in 10⁻¹⁸ R1.
    mapping(address account => uint256) public owed;

    /// @notice Somebody gave to the fund that pays jurors.
    event JuryFundEndowed(address indexed from, uint256 amount);

    /// @notice An account took what it was owed.
    event Withdrawn(address indexed account, uint256 amount);

    /// @notice There is nothing to withdraw or to give.
    error NothingToMove();

    /// @dev Fixes the token.
    /// @param r1_ the token of all deposits
    constructor(R1 r1_) {
        r1 = r1_;
    }

    /// @notice Sends the caller everything it is owed.
    function withdraw() external nonReentrant {
        uint256 amount = owed[msg.sender];
        if (amount == 0) revert NothingToMove();
        owed[msg.sender] = 0;
        emit Withdrawn(msg.sender, amount);
        r1.safeTransfer(msg.sender, amount);
    }

    /// @notice Gives to the fund that pays jurors. The caller must have allowed this contract to
    /// take the amount.
    /// @param amount in 10⁻¹⁸ R1
    function endow(uint256 amount) external nonReentrant {
        if (amount == 0) revert NothingToMove();
        juryFund += amount;
        emit JuryFundEndowed(msg.sender, amount);
        _take(amount);
    }

    /// @dev Takes R1 from the caller.
    function _take(uint256 amount) internal {
        r1.safeTransferFrom(msg.sender, address(this), amount);
    }
}

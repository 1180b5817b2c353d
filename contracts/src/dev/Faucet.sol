// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {R1} from "../token/R1.sol";
import {DevMinter} from "./DevMinter.sol";

/// @title Gives everybody a little R1 on a development chain
/// @notice Governance fills it through {DevMinter}; anybody claims from it, each address once per
/// cooldown. It can neither be deployed nor used on any chain but 31337.
/// @dev Names follow the genuine contract (`TestnetFaucet`). Its settings are fixed here: another
/// faucet costs nothing on a development chain.
contract Faucet {
    using SafeERC20 for R1;

    /// @notice Chain id of development chains.
    uint256 private constant DEVELOPMENT_CHAIN = 31337;

    /// @notice The token.
    R1 public immutable token;

    /// @notice What a claim gives, in 10⁻¹⁸ R1.
    uint256 public immutable amountPerClaim;

    /// @notice Seconds between two claims of an address.
    uint256 public immutable cooldown;

    /// @notice When an address claimed last; zero when it never did.
    mapping(address account => uint256) public lastRequestTime;

    /// @notice An address was given R1.
    event Claimed(address indexed account, uint256 amount);

    /// @notice This is no development chain.
    error DevelopmentChainOnly(uint256 chainId);

    /// @notice The address claimed a short while ago.
    error CooldownNotOver(uint256 nextClaimTimestamp);

    modifier onDevelopmentChain() {
        if (block.chainid != DEVELOPMENT_CHAIN) revert DevelopmentChainOnly(block.chainid);
        _;
    }

    /// @notice Joins the faucet to the token of a development chain.
    /// @param minter mints what governance puts into the faucet
    /// @param amountPerClaim_ what a claim gives, in 10⁻¹⁸ R1
    /// @param cooldown_ seconds between two claims of an address
    constructor(DevMinter minter, uint256 amountPerClaim_, uint256 cooldown_) onDevelopmentChain {
        token = minter.r1();
        amountPerClaim = amountPerClaim_;
        cooldown = cooldown_;
    }

    /// @notice Gives the caller R1.
    function claim() external onDevelopmentChain {
        uint256 next = getNextClaimTimestamp(msg.sender);
        if (block.timestamp < next) revert CooldownNotOver(next);
        lastRequestTime[msg.sender] = block.timestamp;
        emit Claimed(msg.sender, amountPerClaim);
        token.safeTransfer(msg.sender, amountPerClaim);
    }

    /// @notice The first second in which an address can claim; zero when it never claimed.
    /// @param account the address
    function getNextClaimTimestamp(address account) public view returns (uint256) {
        uint256 last = lastRequestTime[account];
        return last == 0 ? 0 : last + cooldown;
    }
}

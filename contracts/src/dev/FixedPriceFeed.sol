// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {PriceFeed} from "../market/PriceFeed.sol";

/// @title The price of R1 on a development chain
/// @notice Stands in for a market where there is none. It can neither be deployed nor asked on any
/// chain but 31337, not even when a development chain is forked into another id.
contract FixedPriceFeed is PriceFeed {
    /// @notice Chain id of development chains.
    uint256 private constant DEVELOPMENT_CHAIN = 31337;

    uint256 private immutable _usdPrice;

    /// @notice This is no development chain.
    error DevelopmentChainOnly(uint256 chainId);

    modifier onDevelopmentChain() {
        if (block.chainid != DEVELOPMENT_CHAIN) revert DevelopmentChainOnly(block.chainid);
        _;
    }

    /// @notice Fixes the price for ever.
    /// @param usdPrice_ USD per R1, in 10⁻¹⁸ USD; not zero
    constructor(uint256 usdPrice_) onDevelopmentChain {
        if (usdPrice_ == 0) revert NoPrice();
        _usdPrice = usdPrice_;
    }

    /// @inheritdoc PriceFeed
    function usdPrice() external view onDevelopmentChain returns (uint256) {
        return _usdPrice;
    }
}

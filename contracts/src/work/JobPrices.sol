// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {JobTypes} from "./JobTypes.sol";
import {PriceFeed} from "../market/PriceFeed.sol";

/// @title What jobs cost in R1
contract JobPrices {
    /// @notice Tells what R1 is worth.
    PriceFeed public immutable priceFeed;

    /// @notice Joins the prices to a feed, for ever.
    /// @param priceFeed_ tells what R1 is worth
    constructor(PriceFeed priceFeed_) {
        priceFeed = priceFeed_;
    }

    /// @notice Price of a job type, in 10⁻⁶ USD per node and epoch.
    /// @param jobType number of the type
    function usdPrice(uint256 jobType) external pure returns (uint256) {
        return JobTypes.usdPrice(jobType);
    }

    /// @notice The same at this moment, in 10⁻¹⁸ R1, rounded up.
    /// @param jobType number of the type
    function r1Price(uint256 jobType) external view returns (uint256) {
        return JobTypes.r1Price(jobType, priceFeed.usdPrice());
    }
}

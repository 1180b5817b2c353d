// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {PriceFeed} from "../../src/market/PriceFeed.sol";

/// @notice A price that the test sets; zero means that there is none.
contract StubFeed is PriceFeed {
    uint256 private _price;

    constructor(uint256 price) {
        _price = price;
    }

    function set(uint256 price) external {
        _price = price;
    }

    function usdPrice() external view returns (uint256) {
        if (_price == 0) revert NoPrice();
        return _price;
    }
}

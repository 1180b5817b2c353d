// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {FixedPriceFeed} from "../../src/dev/FixedPriceFeed.sol";
import {PriceFeed} from "../../src/market/PriceFeed.sol";
import {Test} from "../support/Test.sol";

contract FixedPriceFeedTest is Test {
    function test_keepsItsPrice() public {
        assertEq(new FixedPriceFeed(3e17).usdPrice(), 3e17, "price");
        vm.expectRevert(PriceFeed.NoPrice.selector);
        new FixedPriceFeed(0);
    }

    function test_existsOnDevelopmentChainsAlone() public {
        FixedPriceFeed feed = new FixedPriceFeed(1e18);
        vm.chainId(8453);
        bytes memory refusal =
            abi.encodeWithSelector(FixedPriceFeed.DevelopmentChainOnly.selector, 8453);
        vm.expectRevert(refusal);
        feed.usdPrice();
        vm.expectRevert(refusal);
        new FixedPriceFeed(1e18);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {JobPrices} from "../../src/work/JobPrices.sol";
import {JobTypes} from "../../src/work/JobTypes.sol";
import {PriceFeed} from "../../src/market/PriceFeed.sol";
import {StubFeed} from "../support/StubFeed.sol";
import {Test} from "../support/Test.sol";

contract JobTypesTest is Test {
    StubFeed private feed;
    JobPrices private prices;

    function setUp() public {
        feed = new StubFeed(0);
        prices = new JobPrices(feed);
    }

    /// Base types and surcharges in 10⁻⁶ USD; what a combination costs is their sum.
    function test_pricesAreThoseOfTheGenuineContract() public view {
        uint32[9] memory containers = [
            uint32(375_000),
            750_000,
            1_000_000,
            1_916_666,
            2_916_666,
            3_750_000,
            5_333_333,
            8_333_333,
            12_500_000
        ];
        for (uint256 i = 0; i < 9; ++i) {
            assertEq(prices.usdPrice(i + 1), containers[i], "container");
        }
        uint32[5] memory natives = [uint32(2_500_000), 3_750_000, 6_000_000, 9_000_000, 13_333_333];
        for (uint256 i = 0; i < 5; ++i) {
            assertEq(prices.usdPrice(i + 16), natives[i], "native");
        }
        uint32[5] memory services = [uint32(450_000), 2_300_000, 4_500_000, 100_000, 166_666];
        for (uint256 i = 0; i < 5; ++i) {
            assertEq(prices.usdPrice(i + 50), services[i], "service");
        }
    }

    function test_aGpuCostsItsSurcharge() public view {
        uint8[20] memory bases =
            [4, 5, 16, 17, 5, 6, 7, 8, 17, 18, 19, 7, 8, 9, 18, 19, 20, 8, 9, 20];
        for (uint256 i = 0; i < 20; ++i) {
            uint256 surcharge = i < 4 ? 1_200_000 : i < 11 ? 2_400_000 : 4_800_000;
            if (i >= 17) surcharge = 30_000_000;
            assertEq(prices.usdPrice(21 + i), prices.usdPrice(bases[i]) + surcharge, "sum");
        }
    }

    function test_refusesWhatIsNotSoldAnyMore() public {
        for (uint256 jobType = 10; jobType <= 15; ++jobType) {
            vm.expectRevert(abi.encodeWithSelector(JobTypes.DeprecatedJobType.selector, jobType));
            prices.usdPrice(jobType);
        }
    }

    function testFuzz_refusesWhatThereIsNot(uint256 jobType) public {
        if (jobType % 2 == 0) jobType = [0, 41, 45, 49, 55][jobType % 5];
        else jobType = bound(jobType, 55, type(uint256).max - 1);
        vm.expectRevert(abi.encodeWithSelector(JobTypes.UnknownJobType.selector, jobType));
        prices.usdPrice(jobType);
    }

    function testFuzz_r1IsRoundedUpByLessThanOneUnit(uint256 usdPerR1) public {
        usdPerR1 = bound(usdPerR1, 1, 1e30);
        feed.set(usdPerR1);
        uint256 price = prices.r1Price(4);
        uint256 worth = 1_916_666e12 * uint256(1e18);
        assertLe(worth, price * usdPerR1, "never too little");
        assertLe((price - 1) * usdPerR1 + 1, worth, "never a unit too much");
    }

    function test_withoutAPriceThereIsNone() public {
        vm.expectRevert(PriceFeed.NoPrice.selector);
        prices.r1Price(1);
    }
}

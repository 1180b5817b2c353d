// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {PriceFeed} from "../../src/market/PriceFeed.sol";
import {TwapPriceFeed} from "../../src/market/TwapPriceFeed.sol";
import {MockPair, MockQuote} from "./MockPair.sol";
import {Test} from "../support/Test.sol";

contract TwapPriceFeedTest is Test {
    event Observed(uint256 timestamp, uint256 cumulative);

    address private constant R1 = address(0x0100);
    uint256 private constant WINDOW = 2 hours;
    uint256 private constant T0 = 1_750_000_000;
    /// What rounds a price down: the pair's own division, which is as fine as 10⁻²¹ USD here.
    uint256 private constant DUST = 2;

    MockQuote private usdc;
    MockPair private pair;
    TwapPriceFeed private feed;

    function setUp() public {
        vm.warp(T0);
        usdc = new MockQuote(6);
        pair = new MockPair(R1, address(usdc));
        feed = new TwapPriceFeed(pair, R1, WINDOW);
        pair.trade(1_000_000e18, 250_000e6); // 0.25 USD
    }

    function test_refusesAShortWindowAndAnUnsuitablePair() public {
        vm.expectRevert(abi.encodeWithSelector(TwapPriceFeed.WindowTooShort.selector, 3599, 3600));
        new TwapPriceFeed(pair, R1, 3599);
        assertEq(new TwapPriceFeed(pair, R1, 3600).window(), 3600, "window");
        bytes memory refusal =
            abi.encodeWithSelector(TwapPriceFeed.UnsuitablePair.selector, address(pair));
        vm.expectRevert(refusal);
        new TwapPriceFeed(pair, address(0x0200), WINDOW);
        MockPair fine = new MockPair(address(new MockQuote(19)), R1);
        vm.expectRevert(
            abi.encodeWithSelector(TwapPriceFeed.UnsuitablePair.selector, address(fine))
        );
        new TwapPriceFeed(fine, R1, WINDOW);
    }

    function test_hasNoPriceUntilAnObservationIsAWindowOld() public {
        expectNoPrice();
        vm.expectEmit(false, false, false, true);
        emit Observed(T0, 0);
        feed.observe();
        vm.warp(T0 + WINDOW - 1);
        expectNoPrice();
        vm.warp(T0 + WINDOW);
        expectPrice(0.25e18);
    }

    function test_hasNoPriceWhenNobodyObserves() public {
        feed.observe();
        vm.warp(T0 + 3 * WINDOW);
        expectPrice(0.25e18);
        vm.warp(T0 + 3 * WINDOW + 1);
        expectNoPrice();
        // Observing again begins a new window: the old observation stays too old.
        feed.observe();
        expectNoPrice();
        vm.warp(block.timestamp + WINDOW);
        expectPrice(0.25e18);
    }

    function test_observesOnceAWindowAndAlwaysKeepsAPrice() public {
        feed.observe();
        vm.expectRevert(abi.encodeWithSelector(TwapPriceFeed.ObservedAlready.selector, T0 + WINDOW));
        feed.observe();
        for (uint256 i = 1; i < 6; ++i) {
            vm.warp(T0 + i * WINDOW);
            feed.observe();
            expectPrice(0.25e18);
            vm.warp(T0 + i * WINDOW + WINDOW / 2);
            expectPrice(0.25e18);
        }
    }

    function test_isTheAverageOverTime() public {
        feed.observe();
        vm.warp(T0 + WINDOW / 4);
        pair.trade(1_000_000e18, 1_000_000e6); // 1 USD for three quarters
        vm.warp(T0 + WINDOW);
        expectPrice((0.25e18 + 3 * 1e18) / 4);
        vm.warp(T0 + 2 * WINDOW);
        expectPrice((0.25e18 + 7 * 1e18) / 8);
        feed.observe();
        vm.warp(T0 + 3 * WINDOW);
        expectPrice(1e18);
    }

    /// A flash loan moves the spot price within a transaction, and with it nothing here.
    function test_aSpotPriceOfThisBlockCountsForNothing() public {
        feed.observe();
        vm.warp(T0 + WINDOW);
        pair.trade(1e18, 1_000_000_000e6);
        expectPrice(0.25e18);
        pair.trade(1_000_000_000e18, 1);
        expectPrice(0.25e18);
        feed.observe();
        pair.trade(1_000_000e18, 250_000e6);
        vm.warp(T0 + 2 * WINDOW);
        expectPrice(0.25e18);
    }

    /// Whoever holds a manipulated price for a block of two seconds moves the average by its share.
    function test_aManipulatedBlockWeighsNoMoreThanItsTime() public {
        feed.observe();
        vm.warp(T0 + WINDOW - 2);
        pair.trade(1_000_000e18, 2_500_000e6); // ten times the price
        vm.warp(T0 + WINDOW);
        expectPrice((0.25e18 * (WINDOW - 2) + 2.5e18 * 2) / WINDOW);
    }

    function testFuzz_servesAnyDecimalsAndEitherOrder(
        uint8 decimals,
        bool r1First,
        uint256 r1Reserve,
        uint256 price
    ) public {
        decimals = uint8(bound(decimals, 2, 18));
        r1Reserve = bound(r1Reserve, 1_000e18, 100_000_000e18);
        price = bound(price, 0.01e18, 1_000e18);
        uint256 quote = r1Reserve * price / 1e18 / 10 ** (18 - decimals);
        address other = address(new MockQuote(decimals));
        pair = r1First ? new MockPair(R1, other) : new MockPair(other, R1);
        feed = new TwapPriceFeed(pair, R1, WINDOW);
        if (r1First) pair.trade(uint112(r1Reserve), uint112(quote));
        else pair.trade(uint112(quote), uint112(r1Reserve));
        feed.observe();
        vm.warp(T0 + WINDOW);
        expectPrice(quote * 10 ** (18 - decimals) * 1e18 / r1Reserve);
    }

    function test_theCountersMayWrap() public {
        pair = new MockPair(R1, address(usdc));
        feed = new TwapPriceFeed(pair, R1, WINDOW);
        pair.beginAt(type(uint256).max - 1);
        pair.trade(1_000_000e18, 250_000e6);
        // The first second of this pair goes back to 1970: begin after it.
        pair.beginAt(type(uint256).max - 1);
        feed.observe();
        vm.warp(T0 + WINDOW / 2);
        pair.trade(1_000_000e18, 750_000e6);
        assertTrue(pair.price0CumulativeLast() < 2 ** 255, "wrapped");
        vm.warp(T0 + WINDOW);
        expectPrice(0.5e18);
    }

    function test_thePairsClockMayWrap() public {
        uint256 wrap = 2 ** 32;
        vm.warp(wrap - WINDOW / 2);
        pair.trade(1_000_000e18, 250_000e6);
        feed.observe();
        vm.warp(wrap + WINDOW / 2);
        expectPrice(0.25e18); // no trade since before the wrap
        pair.trade(1_000_000e18, 750_000e6);
        vm.warp(wrap + WINDOW / 2 + WINDOW);
        expectPrice(0.5e18);
    }

    function test_anEmptyPairHasNoPrice() public {
        pair = new MockPair(R1, address(usdc));
        feed = new TwapPriceFeed(pair, R1, WINDOW);
        vm.expectRevert(PriceFeed.NoPrice.selector);
        feed.observe();
        pair.trade(1, 0);
        vm.expectRevert(PriceFeed.NoPrice.selector);
        feed.observe();
    }

    function test_aWorthlessTokenHasNoPrice() public {
        pair.trade(type(uint112).max, 1);
        feed.observe();
        vm.warp(T0 + WINDOW);
        expectNoPrice();
    }

    function expectPrice(uint256 expected) private view {
        uint256 actual = feed.usdPrice();
        assertLe(actual, expected, "rounded down");
        assertLe(expected - actual, DUST, "by dust alone");
    }

    function expectNoPrice() private {
        vm.expectRevert(PriceFeed.NoPrice.selector);
        feed.usdPrice();
    }
}

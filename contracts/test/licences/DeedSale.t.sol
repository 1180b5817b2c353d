// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {AttestedOwners} from "../../src/licences/AttestedOwners.sol";
import {DeedSale} from "../../src/licences/DeedSale.sol";
import {PriceFeed} from "../../src/market/PriceFeed.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract DeedSaleTest is NetworkFixture {
    event LicensesCreated(
        address indexed to,
        bytes32 indexed invoiceUuid,
        uint256 tokenCount,
        uint256 unitUsdPrice,
        uint256 totalR1Cost
    );

    bytes32 private constant PERMIT_TYPEHASH = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
    );
    uint256 private constant BUYER_KEY = 0xB0B;
    /// Where the licences keep how many there are.
    bytes32 private constant SUPPLY_SLOT = bytes32(uint256(8));

    address private buyer;
    uint256 private deadline;

    function setUp() public {
        vm.warp(START - 1 hours);
        found();
        deadline = block.timestamp + 10;
        buyer = vm.addr(BUYER_KEY);
        verify(buyer);
        fund(buyer, 1_000_000e18);
    }

    function test_theTiersAreThoseOfTheGenuineContract() public view {
        uint16[12] memory usd =
            [500, 750, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 5000, 7000, 9500];
        uint16[12] memory units =
            [89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946, 17711];
        DeedSale.PriceTier[] memory tiers = deed.getPriceTiers();
        assertEq(tiers.length, 12, "tiers");
        uint256 sum = 0;
        for (uint256 i = 0; i < 12; ++i) {
            assertEq(tiers[i].usdPrice, usd[i], "price");
            assertEq(tiers[i].totalUnits, units[i], "units");
            assertEq(tiers[i].soldUnits, 0, "sold");
            sum += units[i];
        }
        assertEq(sum, 46_224, "all deeds");
        assertEq(deed.MAX_LICENSE_SUPPLY(), sum, "supply");
    }

    function test_sellsOneTierAfterTheOther() public {
        assertEq(deed.currentPriceTier(), 1, "first");
        assertEq(deed.getLicensePriceInUSD(), 500, "USD");
        assertEq(deed.getLicenseTokenPrice(), PRICE, "500 USD at 5 USD per R1");
        uint256 id = buy(89, 1);
        assertEq(id, 1, "ids begin at 1");
        assertEq(deed.currentPriceTier(), 2, "second");
        assertEq(deed.getLicensePriceInUSD(), 750, "USD");
        vm.expectRevert(abi.encodeWithSelector(DeedSale.WrongPriceTier.selector, 2, 1));
        buy(1, 1);
        vm.expectRevert(abi.encodeWithSelector(DeedSale.WrongPriceTier.selector, 2, 3));
        buy(1, 3);
        assertEq(buy(1, 2), 90, "ids go on");
        DeedSale.PriceTier[] memory tiers = deed.getPriceTiers();
        assertEq(tiers[0].soldUnits, 89, "tier 1");
        assertEq(tiers[1].soldUnits, 1, "tier 2");
        assertEq(tiers[2].soldUnits, 0, "tier 3");
    }

    function test_neverTruncatesAtTheEdgeOfATier() public {
        buy(80, 1);
        vm.expectRevert(abi.encodeWithSelector(DeedSale.PriceTierExceeded.selector, 1, 9));
        buy(10, 1);
        buy(9, 1);
        assertEq(deed.balanceOf(buyer), 89, "deeds");
    }

    function test_sellsTheLastDeedAndNoneAfterIt() public {
        pretendSold(46_223);
        assertEq(deed.currentPriceTier(), 12, "last tier");
        assertEq(deed.getLicensePriceInUSD(), 9500, "USD");
        vm.expectRevert(abi.encodeWithSelector(DeedSale.PriceTierExceeded.selector, 12, 1));
        buy(2, 12);
        assertEq(buy(1, 12), 46_224, "the last");
        assertEq(deed.currentPriceTier(), 13, "beyond the last");
        vm.expectRevert(DeedSale.AllLicensesSold.selector);
        buy(1, 12);
        vm.expectRevert(DeedSale.AllLicensesSold.selector);
        buy(1, 13);
        vm.expectRevert(DeedSale.AllLicensesSold.selector);
        deed.getLicensePriceInUSD();
        vm.expectRevert(DeedSale.AllLicensesSold.selector);
        deed.getLicenseTokenPrice();
        assertEq(deed.getPriceTiers()[11].soldUnits, 17_711, "sold");
    }

    function testFuzz_findsTheTierOfEveryDeed(uint256 sold) public {
        sold = bound(sold, 0, 46_223);
        pretendSold(sold);
        DeedSale.PriceTier[] memory tiers = deed.getPriceTiers();
        uint256 sum = 0;
        for (uint256 i = 0; i < 12; ++i) {
            sum += tiers[i].soldUnits;
        }
        assertEq(sum, sold, "sold");
        uint8 tier = deed.currentPriceTier();
        DeedSale.PriceTier memory now_ = tiers[tier - 1];
        assertTrue(now_.soldUnits < now_.totalUnits, "has some left");
        assertTrue(tier == 1 || tiers[tier - 2].soldUnits == tiers[tier - 2].totalUnits, "in turn");
        assertEq(deed.getLicensePriceInUSD(), now_.usdPrice, "its price");
    }

    function testFuzz_roundsThePriceUp(uint256 usdPerR1) public {
        usdPerR1 = bound(usdPerR1, 1, 1e30);
        feed.set(usdPerR1);
        uint256 price = deed.getLicenseTokenPrice();
        assertLe(500e36, price * usdPerR1, "never less than 500 USD");
        assertTrue((price - 1) * usdPerR1 < 500e36, "and less than a wei more");
    }

    function testFuzz_splitsThePriceWithoutLosingAWei(uint256 usdPerR1, uint256 count) public {
        feed.set(bound(usdPerR1, 1e14, 1e24));
        count = bound(count, 1, 5);
        uint256 cost = deed.getLicenseTokenPrice() * count;
        fund(STRANGER, cost);
        verify(STRANGER);
        uint256 supply = r1.totalSupply();
        vm.expectEmit(true, true, false, true);
        emit LicensesCreated(STRANGER, bytes32(0), count, 500, cost);
        vm.prank(STRANGER);
        deed.buy(count, 1, cost / count, deadline);

        uint256 burned = supply - r1.totalSupply();
        uint256 company = r1.balanceOf(COMPANY);
        uint256 liquidity = r1.balanceOf(LIQUIDITY);
        assertEq(burned, cost / 5, "20 % burned, rounded down");
        assertEq(company, cost * 3 / 10, "30 % operations, rounded down");
        assertEq(liquidity + burned + company, cost, "nothing is lost");
        assertLe(liquidity - cost / 2, 2, "50 % and at most 2 wei of rounding");
        assertEq(r1.balanceOf(address(deed)), 0, "nothing stays");
        assertEq(r1.balanceOf(STRANGER), 0, "the price and no more");
        assertEq(deed.balanceOf(STRANGER), count, "deeds");
    }

    function test_refusesToSellNothingTooDearOrTooLate() public {
        vm.startPrank(buyer);
        vm.expectRevert(DeedSale.InvalidLicenseCount.selector);
        deed.buy(0, 1, PRICE, deadline);
        vm.expectRevert(
            abi.encodeWithSelector(DeedSale.PriceExceedsMaxAccepted.selector, PRICE, PRICE - 1)
        );
        deed.buy(1, 1, PRICE - 1, deadline);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(DeedSale.PurchaseExpired.selector, deadline));
        deed.buy(1, 1, PRICE, deadline);
        vm.warp(deadline);
        deed.buy(1, 1, PRICE, deadline);
        vm.stopPrank();
    }

    function test_sellsNothingWithoutAPrice() public {
        feed.set(0);
        vm.expectRevert(PriceFeed.NoPrice.selector);
        buy(1, 1);
    }

    function test_refusesToSellWithoutMoney() public {
        verify(STRANGER);
        vm.prank(STRANGER);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        deed.buy(1, 1, PRICE, deadline);
        assertEq(deed.totalSupply(), 0, "no deed");
        assertEq(deed.usdSpent(entity(STRANGER)), 0, "nothing spent");
    }

    function test_sellsToVerifiedBuyersAlone() public {
        fund(STRANGER, PRICE);
        vm.expectRevert(abi.encodeWithSelector(AttestedOwners.NotAttested.selector, STRANGER));
        vm.prank(STRANGER);
        deed.buy(1, 1, PRICE, deadline);
        vm.prank(GOVERNANCE);
        entities.revoke(buyer);
        vm.expectRevert(abi.encodeWithSelector(AttestedOwners.NotAttested.selector, buyer));
        buy(1, 1);
    }

    function test_theAccountsOfAnEntityShareItsLimit() public {
        bytes32 acme = keccak256("acme");
        attest(buyer, acme, 1_999);
        attest(STRANGER, acme, 1_999);
        fund(STRANGER, PRICE * 10);
        buy(2, 1);
        assertEq(deed.usdSpent(acme), 1_000, "spent");
        vm.startPrank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(DeedSale.ExceedsMintLimit.selector, 2_000, 1_999));
        deed.buy(2, 1, PRICE, deadline);
        deed.buy(1, 1, PRICE, deadline);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(DeedSale.ExceedsMintLimit.selector, 2_000, 1_999));
        buy(1, 1);
        // A new attestation changes the limit, and forgets nothing that was spent.
        attest(buyer, acme, 2_000);
        buy(1, 1);
        assertEq(deed.usdSpent(acme), 2_000, "spent");
        vm.expectRevert(abi.encodeWithSelector(DeedSale.ExceedsMintLimit.selector, 2_500, 2_000));
        buy(1, 1);
    }

    function test_aPermitReplacesTheAllowance() public {
        vm.prank(buyer);
        r1.approve(address(deed), 0);
        (uint8 v, bytes32 r, bytes32 s) = permit(2 * PRICE);
        vm.prank(buyer);
        deed.buyWithPermit(2, 1, PRICE, deadline, v, r, s);
        assertEq(deed.balanceOf(buyer), 2, "deeds");
        assertEq(r1.allowance(buyer, address(deed)), 0, "used up");
    }

    function test_aPermitThatSomebodyUsedBeforeHarmsNobody() public {
        (uint8 v, bytes32 r, bytes32 s) = permit(2 * PRICE);
        vm.prank(STRANGER);
        r1.permit(buyer, address(deed), 2 * PRICE, deadline, v, r, s);
        vm.prank(buyer);
        deed.buyWithPermit(2, 1, PRICE, deadline, v, r, s);
        assertEq(deed.balanceOf(buyer), 2, "deeds");
    }

    function test_aWorthlessPermitFallsBackToTheAllowance() public {
        vm.prank(buyer);
        deed.buyWithPermit(1, 1, type(uint256).max, deadline, 27, bytes32("r"), bytes32("s"));
        assertEq(deed.balanceOf(buyer), 1, "by allowance");
        vm.startPrank(buyer);
        r1.approve(address(deed), 0);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        deed.buyWithPermit(1, 1, PRICE, deadline, 27, bytes32("r"), bytes32("s"));
        vm.stopPrank();
    }

    /// Somebody else's permit pays for nobody but its signer.
    function test_aForeignPermitBuysNothing() public {
        vm.prank(buyer);
        r1.approve(address(deed), 0);
        verify(STRANGER);
        (uint8 v, bytes32 r, bytes32 s) = permit(PRICE);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        vm.prank(STRANGER);
        deed.buyWithPermit(1, 1, PRICE, deadline, v, r, s);
    }

    function buy(uint256 count, uint8 tier) private returns (uint256) {
        vm.prank(buyer);
        return deed.buy(count, tier, type(uint256).max, deadline);
    }

    function fund(address account, uint256 amount) private {
        vm.prank(GOVERNANCE);
        devMinter.mint(account, amount);
        vm.prank(account);
        r1.approve(address(deed), amount);
    }

    function pretendSold(uint256 count) private {
        vm.store(address(deed), SUPPLY_SLOT, bytes32(count));
        assertEq(deed.totalSupply(), count, "the slot of the supply");
    }

    function permit(uint256 value) private view returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 content = keccak256(
            abi.encode(PERMIT_TYPEHASH, buyer, address(deed), value, r1.nonces(buyer), deadline)
        );
        return
            vm.sign(
                BUYER_KEY, keccak256(abi.encodePacked("\x19\x01", r1.DOMAIN_SEPARATOR(), content))
            );
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {
    ERC721Enumerable
} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Enumerable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {PriceFeed} from "../market/PriceFeed.sol";
import {R1} from "../token/R1.sol";
import {AttestedOwners} from "./AttestedOwners.sol";

/// @title The sale of Node Deeds
/// @notice Deeds have prices in USD that rise in twelve tiers, and are paid in R1 by verified
/// entities, each up to its own limit.
/// @dev Deeds are never destroyed, so their number tells what each tier has sold.
abstract contract DeedSale is ERC721Enumerable, AttestedOwners {
    using SafeERC20 for R1;

    /// @notice Deeds that cost the same.
    struct PriceTier {
        /// Price of one, in whole USD.
        uint256 usdPrice;
        uint256 totalUnits;
        uint256 soldUnits;
    }

    /// @notice How many deeds there can be.
    uint256 public constant MAX_LICENSE_SUPPLY = 46_224;

    /// @notice The number of the last tier; the first is 1.
    uint8 public constant LAST_PRICE_TIER = 12;

    /// @notice Share of a purchase that is burned, in per cent, rounded down.
    uint256 public constant BURNED_PERCENT = 20;

    /// @notice Share of a purchase that pays for operations, in per cent, rounded down. The rest,
    /// 50 % and the rounding of both others, is liquidity.
    uint256 public constant OPERATIONS_PERCENT = 30;

    /// @dev Units of tiers 1 and 2; each later tier has as many as the two before it together.
    uint256 private constant UNITS_1 = 89;
    uint256 private constant UNITS_2 = 144;

    /// @dev Whole USD per deed by tier, 16 bits each, tier 1 lowest.
    uint256 private constant USD_PRICES = 500 | 750 << 16 | 1000 << 32 | 1500 << 48 | 2000 << 64
        | 2500 << 80 | 3000 << 96 | 3500 << 112 | 4000 << 128 | 5000 << 144 | 7000 << 160 | 9500
        << 176;

    /// @notice The token that pays for deeds.
    R1 public immutable r1;

    /// @notice What R1 is worth.
    PriceFeed public immutable feed;

    /// @notice Receives the liquidity share.
    address public immutable lpWallet;

    /// @notice Receives the operations share.
    address public immutable companyWallet;

    /// @notice What an entity has spent on deeds so far through all its accounts, in whole USD.
    mapping(bytes32 entityId => uint256) public usdSpent;

    /// @notice Deeds were bought. Their ids are in the transfers of the same transaction; there are
    /// no invoices, so `invoiceUuid` is zero.
    event LicensesCreated(
        address indexed to,
        bytes32 indexed invoiceUuid,
        uint256 tokenCount,
        uint256 unitUsdPrice,
        uint256 totalR1Cost
    );

    /// @notice The tiers do not add up.
    error InvalidLicenseSupply();

    /// @notice Nothing was to be bought.
    error InvalidLicenseCount();

    /// @notice There are no deeds left.
    error AllLicensesSold();

    /// @notice Another tier is sold now.
    error WrongPriceTier(uint8 current, uint8 requested);

    /// @notice The tier has fewer deeds left than were to be bought.
    error PriceTierExceeded(uint8 tier, uint256 left);

    /// @notice A deed costs more than the buyer accepts.
    error PriceExceedsMaxAccepted(uint256 price, uint256 max);

    /// @notice The time of the purchase is over.
    error PurchaseExpired(uint256 deadline);

    /// @notice The entity behind the buyer would have spent more than it may, in whole USD.
    error ExceedsMintLimit(uint256 wouldBe, uint256 limit);

    /// @dev Fixes what is sold for what, and who receives it.
    /// @param r1_ the token
    /// @param feed_ what R1 is worth
    /// @param lpWallet_ receives the liquidity share
    /// @param companyWallet_ receives the operations share
    constructor(R1 r1_, PriceFeed feed_, address lpWallet_, address companyWallet_) {
        uint256 units = 0;
        for (uint8 tier = 1; tier <= LAST_PRICE_TIER; ++tier) {
            units += _unitsOf(tier);
        }
        if (units != MAX_LICENSE_SUPPLY) revert InvalidLicenseSupply();
        r1 = r1_;
        feed = feed_;
        lpWallet = lpWallet_;
        companyWallet = companyWallet_;
    }

    /// @notice Buys deeds of one tier. An entity stands behind the buyer, who must have allowed
    /// this contract to take the price.
    /// @param count how many, at least 1; what the tier cannot serve is refused as a whole
    /// @param requestedTier the tier the buyer means
    /// @param maxPricePerDeed the most to pay for one, in 10⁻¹⁸ R1
    /// @param deadline last second in which the purchase may happen
    /// @return firstId the first new licence; the others follow it
    function buy(uint256 count, uint8 requestedTier, uint256 maxPricePerDeed, uint256 deadline)
        public
        returns (uint256 firstId)
    {
        if (block.timestamp > deadline) revert PurchaseExpired(deadline);
        uint256 usd = _requireOnSale(count, requestedTier);
        uint256 price = _inR1(usd);
        if (price > maxPricePerDeed) revert PriceExceedsMaxAccepted(price, maxPricePerDeed);
        _countSpending(count * usd);
        firstId = totalSupply() + 1;
        for (uint256 id = firstId; id < firstId + count; ++id) {
            _mint(msg.sender, id);
        }
        emit LicensesCreated(msg.sender, bytes32(0), count, usd, price * count);
        _collect(price * count);
    }

    /// @notice The same with an ERC-2612 permit of the buyer for this contract, over `count` times
    /// the highest accepted price, with the same deadline. It is tried first; where it fails, as
    /// when somebody has used it already, the allowance must do.
    /// @param count how many, at least 1
    /// @param requestedTier the tier the buyer means
    /// @param maxPricePerDeed the most to pay for one, in 10⁻¹⁸ R1
    /// @param deadline last second in which the purchase may happen
    /// @param v of the permit
    /// @param r of the permit
    /// @param s of the permit
    /// @return firstId the first new licence; the others follow it
    function buyWithPermit(
        uint256 count,
        uint8 requestedTier,
        uint256 maxPricePerDeed,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 firstId) {
        uint256 most = Math.saturatingMul(maxPricePerDeed, count);
        try r1.permit(msg.sender, address(this), most, deadline, v, r, s) {} catch {}
        return buy(count, requestedTier, maxPricePerDeed, deadline);
    }

    /// @notice All tiers, the first first.
    function getPriceTiers() external view returns (PriceTier[] memory tiers) {
        tiers = new PriceTier[](LAST_PRICE_TIER);
        uint256 sold = totalSupply();
        for (uint8 tier = 1; tier <= LAST_PRICE_TIER; ++tier) {
            uint256 units = _unitsOf(tier);
            uint256 soldHere = Math.min(sold, units);
            tiers[tier - 1] = PriceTier(_usdPriceOf(tier), units, soldHere);
            sold -= soldHere;
        }
    }

    /// @notice The tier that is sold now; the last + 1 when everything is sold.
    function currentPriceTier() external view returns (uint8 tier) {
        // slither-disable-next-line unused-return
        (tier,) = _current();
    }

    /// @notice What one deed costs now, in 10⁻¹⁸ R1, rounded up.
    function getLicenseTokenPrice() external view returns (uint256) {
        return _inR1(getLicensePriceInUSD());
    }

    /// @notice What one deed costs now, in whole USD.
    function getLicensePriceInUSD() public view returns (uint256) {
        // slither-disable-next-line unused-return
        (uint8 tier,) = _current();
        if (tier > LAST_PRICE_TIER) revert AllLicensesSold();
        return _usdPriceOf(tier);
    }

    function _countSpending(uint256 usd) private {
        bytes32 entityId = _requireEntity(msg.sender);
        uint256 limit = entities.usdLimitOf(msg.sender);
        uint256 spent = usdSpent[entityId] + usd;
        if (spent > limit) revert ExceedsMintLimit(spent, limit);
        usdSpent[entityId] = spent;
    }

    function _collect(uint256 cost) private {
        uint256 burned = cost * BURNED_PERCENT / 100;
        uint256 operations = cost * OPERATIONS_PERCENT / 100;
        r1.safeTransferFrom(msg.sender, lpWallet, cost - burned - operations);
        r1.safeTransferFrom(msg.sender, companyWallet, operations);
        r1.safeTransferFrom(msg.sender, address(this), burned);
        r1.burn(burned);
    }

    function _requireOnSale(uint256 count, uint8 requestedTier) private view returns (uint256) {
        (uint8 tier, uint256 left) = _current();
        if (tier > LAST_PRICE_TIER) revert AllLicensesSold();
        if (requestedTier != tier) revert WrongPriceTier(tier, requestedTier);
        if (count == 0) revert InvalidLicenseCount();
        if (count > left) revert PriceTierExceeded(tier, left);
        return _usdPriceOf(tier);
    }

    /// @dev The tier that is sold now and what it has left.
    function _current() private view returns (uint8 tier, uint256 left) {
        uint256 sold = totalSupply();
        uint256 edge = 0;
        for (tier = 1; tier <= LAST_PRICE_TIER; ++tier) {
            edge += _unitsOf(tier);
            if (sold < edge) return (tier, edge - sold);
        }
    }

    /// @dev Both factors are below 2¹²⁰; rounded up, so the wei of rounding is the buyer's.
    function _inR1(uint256 usd) private view returns (uint256) {
        return Math.ceilDiv(usd * 1e36, feed.usdPrice());
    }

    function _usdPriceOf(uint8 tier) private pure returns (uint256) {
        // The price is the lowest 16 bits, the others belong to higher tiers.
        // forge-lint: disable-next-line(unsafe-typecast)
        return uint16(USD_PRICES >> (16 * (tier - 1)));
    }

    function _unitsOf(uint8 tier) private pure returns (uint256 units) {
        units = UNITS_1;
        uint256 next = UNITS_2;
        for (uint8 t = 1; t < tier; ++t) {
            (units, next) = (next, units + next);
        }
    }
}

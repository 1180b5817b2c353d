// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {PriceFeed} from "./PriceFeed.sol";
import {UniswapV2Pair} from "./UniswapV2Pair.sol";

/// @title What R1 was worth on average lately
/// @notice The average price of R1 in a USD stablecoin over at least one window up to now. Who would
/// move it has to hold the pair at a wrong price for much of that time, against everybody who trades.
/// @dev Somebody has to observe about once a window; two observations are kept, so that one of them
/// is always old enough. The stablecoin counts as a USD.
contract TwapPriceFeed is PriceFeed {
    /// @dev The pair's counter at a moment.
    struct Observation {
        /// Seconds since 1970; zero when there is none.
        uint256 timestamp;
        uint256 cumulative;
    }

    /// @notice The shortest window, in seconds.
    uint256 public constant MIN_WINDOW = 1 hours;

    /// @notice An average over more windows than these says too little of today.
    uint256 public constant MAX_WINDOWS = 3;

    /// @dev The pair's prices are multiples of 2⁻¹¹².
    uint256 private constant Q112 = 2 ** 112;

    /// @notice The pair of R1 and the stablecoin.
    UniswapV2Pair public immutable pair;

    /// @notice The shortest time an average is taken over, in seconds.
    uint256 public immutable window;

    bool private immutable _r1IsToken0;

    /// @dev 10¹⁸ smallest units of R1 are one R1, and 10⁻¹⁸ USD the unit of the answer.
    uint256 private immutable _scale;

    Observation private _older;
    Observation private _newer;

    /// @notice The pair was observed.
    event Observed(uint256 timestamp, uint256 cumulative);

    /// @notice The window is too short.
    error WindowTooShort(uint256 window, uint256 least);

    /// @notice The pair does not trade R1 against a token of at most 18 decimals.
    error UnsuitablePair(address pair);

    /// @notice The newest observation is not a window old.
    error ObservedAlready(uint256 next);

    /// @notice Joins the feed to its pair.
    /// @param pair_ the pair of R1 and a USD stablecoin
    /// @param r1 the token
    /// @param window_ the shortest time an average is taken over, in seconds; at least an hour
    constructor(UniswapV2Pair pair_, address r1, uint256 window_) {
        if (window_ < MIN_WINDOW) revert WindowTooShort(window_, MIN_WINDOW);
        address token0 = pair_.token0();
        address token1 = pair_.token1();
        if (token0 != r1 && token1 != r1) revert UnsuitablePair(address(pair_));
        uint256 decimals = IERC20Metadata(token0 == r1 ? token1 : token0).decimals();
        if (decimals > 18) revert UnsuitablePair(address(pair_));
        pair = pair_;
        window = window_;
        _r1IsToken0 = token0 == r1;
        _scale = 10 ** (36 - decimals);
    }

    /// @notice Remembers the pair's counter. Anyone may call it, once a window.
    function observe() external {
        uint256 last = _newer.timestamp;
        if (block.timestamp < last + window) revert ObservedAlready(last + window);
        Observation memory now_ = Observation(block.timestamp, _cumulative());
        _older = _newer;
        _newer = now_;
        emit Observed(now_.timestamp, now_.cumulative);
    }

    /// @inheritdoc PriceFeed
    /// @dev Rounded down: who pays in R1 pays the rounding.
    function usdPrice() external view returns (uint256 price) {
        Observation memory from = _newer;
        if (block.timestamp < from.timestamp + window) from = _older;
        uint256 elapsed = block.timestamp - from.timestamp;
        if (from.timestamp == 0 || elapsed > MAX_WINDOWS * window) revert NoPrice();
        uint256 grown;
        unchecked {
            // The counter wraps, so only its growth means something.
            grown = _cumulative() - from.cumulative;
        }
        price = Math.mulDiv(grown / elapsed, _scale, Q112);
        if (price == 0) revert NoPrice();
    }

    /// @dev The counter as it would be if the pair had changed in this block. A change in this very
    /// block, such as a manipulated one, has lasted no time and adds nothing.
    function _cumulative() private view returns (uint256 counter) {
        (uint112 reserve0, uint112 reserve1, uint32 changed) = pair.getReserves();
        if (reserve0 == 0 || reserve1 == 0) revert NoPrice();
        counter = _r1IsToken0 ? pair.price0CumulativeLast() : pair.price1CumulativeLast();
        (uint256 r1, uint256 quote) = _r1IsToken0 ? (reserve0, reserve1) : (reserve1, reserve0);
        unchecked {
            // The pair's clock wraps at 2³², and the counter at 2²⁵⁶.
            uint32 elapsed = uint32(block.timestamp) - changed;
            // The price is rounded as the pair rounds it, before it is counted.
            // forge-lint: disable-next-line(divide-before-multiply)
            counter += (quote * Q112 / r1) * elapsed;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {UniswapV2Pair} from "../../src/market/UniswapV2Pair.sol";

/// @notice A token of so many decimals.
contract MockQuote {
    uint8 public decimals;

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }
}

/// @notice Counts as pairs of Uniswap V2 do: at each change the old price, for as long as it held.
contract MockPair is UniswapV2Pair {
    address public token0;
    address public token1;
    uint256 public price0CumulativeLast;
    uint256 public price1CumulativeLast;

    uint112 private _reserve0;
    uint112 private _reserve1;
    uint32 private _changed;

    constructor(address token0_, address token1_) {
        token0 = token0_;
        token1 = token1_;
    }

    /// @dev Lets the counters begin anywhere, such as just before they wrap.
    function beginAt(uint256 counter) external {
        (price0CumulativeLast, price1CumulativeLast) = (counter, counter);
    }

    function trade(uint112 reserve0, uint112 reserve1) external {
        unchecked {
            uint32 now_ = uint32(block.timestamp);
            uint256 elapsed = uint32(now_ - _changed);
            if (elapsed > 0 && _reserve0 != 0 && _reserve1 != 0) {
                price0CumulativeLast += (uint256(_reserve1) << 112) / _reserve0 * elapsed;
                price1CumulativeLast += (uint256(_reserve0) << 112) / _reserve1 * elapsed;
            }
            (_reserve0, _reserve1, _changed) = (reserve0, reserve1, now_);
        }
    }

    function getReserves() external view returns (uint112, uint112, uint32) {
        return (_reserve0, _reserve1, _changed);
    }
}

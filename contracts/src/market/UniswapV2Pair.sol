// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title What is read of a pair of tokens on an exchange of the Uniswap V2 kind
interface UniswapV2Pair {
    /// @notice The token with the lower address.
    function token0() external view returns (address);

    /// @notice The other token.
    function token1() external view returns (address);

    /// @notice What the pair holds since the block of the last change.
    /// @return reserve0 of token 0, in its smallest unit
    /// @return reserve1 of token 1, in its smallest unit
    /// @return blockTimestampLast when that changed last, in seconds since 1970 modulo 2³²
    function getReserves()
        external
        view
        returns (uint112 reserve0, uint112 reserve1, uint32 blockTimestampLast);

    /// @notice Sum over every second up to the last change of the price of token 0 in token 1, as
    /// UQ112x112; wraps at 2²⁵⁶.
    function price0CumulativeLast() external view returns (uint256);

    /// @notice The same for the price of token 1 in token 0.
    function price1CumulativeLast() external view returns (uint256);
}

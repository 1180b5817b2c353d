// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Who is behind an account
/// @notice One person or company may hold many accounts; rules about people count entities.
interface Entities {
    /// @notice The verified entity of an account; zero while there is none.
    /// @param account the account
    function entityOf(address account) external view returns (bytes32);
}

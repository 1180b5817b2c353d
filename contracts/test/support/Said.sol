// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Statements} from "../../src/epochs/Statements.sol";

/// @notice Statements are read from call data, which only an external call has.
contract Said {
    function structHash(uint8 kind, address oracle, bytes calldata content)
        external
        pure
        returns (bytes32)
    {
        return Statements.read(kind, oracle, content).structHash;
    }
}

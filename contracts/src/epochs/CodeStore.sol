// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Bytes kept as the code of an account
/// @notice Reading n words costs one cold account instead of n cold storage slots, and writing them
/// costs a third. The code begins with STOP, so calling it does nothing.
library CodeStore {
    /// @notice The account could not be created.
    error NotStored();

    /// @notice Keeps bytes for ever.
    /// @param content at most 24,575 bytes
    /// @return pointer the account that holds them
    function write(bytes memory content) internal returns (address pointer) {
        // Constructor: returns everything that follows it, here STOP and the content.
        bytes memory creation = abi.encodePacked(hex"600b5981380380925939f3", hex"00", content);
        assembly ("memory-safe") {
            pointer := create(0, add(creation, 32), mload(creation))
        }
        if (pointer == address(0)) revert NotStored();
    }

    /// @notice Reads what was kept.
    /// @param pointer the account that holds it
    function read(address pointer) internal view returns (bytes memory content) {
        uint256 length = pointer.code.length - 1;
        content = new bytes(length);
        assembly ("memory-safe") {
            extcodecopy(pointer, add(content, 32), 1, length)
        }
    }
}

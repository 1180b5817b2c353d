// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Entities} from "./Entities.sol";

/// @title What asks who stands behind an account
/// @notice Licences are bought and linked by verified entities alone.
abstract contract AttestedOwners {
    /// @notice Who may buy and link, and how much.
    Entities public immutable entities;

    /// @notice No verified entity stands behind the account.
    error NotAttested(address account);

    /// @dev Fixes the registry for ever.
    /// @param entities_ who stands behind an account
    constructor(Entities entities_) {
        entities = entities_;
    }

    /// @dev The entity behind an account; reverts when there is none.
    /// @param account the account
    function _requireEntity(address account) internal view returns (bytes32 entityId) {
        entityId = entities.entityOf(account);
        if (entityId == bytes32(0)) revert NotAttested(account);
    }
}

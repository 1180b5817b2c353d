// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Controller} from "../epochs/Controller.sol";
import {LinkedLicence} from "./LinkedLicence.sol";
import {NodeRegistry} from "./NodeRegistry.sol";

/// @title Genesis Node Deed
/// @notice The one licence that governance holds. Its node fills the published pools; whoever holds
/// it says which node that is and receives nothing.
contract GenesisDeed is LinkedLicence {
    /// @notice The one token.
    uint256 public constant GND_TOKEN_ID = 1;

    /// @notice The licence belongs to governance.
    error HeldByGovernance(address to);

    /// @notice Makes the licence.
    /// @param controller_ the network
    /// @param nodeRegistry_ knows the licence of every node
    /// @param governance who governs the network
    constructor(Controller controller_, NodeRegistry nodeRegistry_, address governance)
        LinkedLicence(controller_, nodeRegistry_, 3, "GNDLicense", "GND")
    {
        _mint(governance, GND_TOKEN_ID);
    }

    /// @inheritdoc LinkedLicence
    function licenceCount() public pure override returns (uint256) {
        return 1;
    }

    /// @dev Follows governance, and goes nowhere else.
    function _update(address to, uint256 tokenId, address auth)
        internal
        override
        returns (address from)
    {
        from = super._update(to, tokenId, auth);
        if (from != address(0) && to != controller.owner()) revert HeldByGovernance(to);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Controller} from "../epochs/Controller.sol";
import {Entities} from "./Entities.sol";
import {LinkConsents} from "./LinkConsents.sol";
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
    /// @param entities_ who may link
    /// @param relinkSeconds_ how long a licence stays with a node before it can be linked again
    /// @param governance who governs the network
    constructor(
        Controller controller_,
        NodeRegistry nodeRegistry_,
        Entities entities_,
        uint256 relinkSeconds_,
        address governance
    )
        ERC721("GNDLicense", "GND")
        LinkConsents(3)
        LinkedLicence(controller_, nodeRegistry_, entities_, relinkSeconds_)
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

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {
    ERC721Enumerable
} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Enumerable.sol";
import {Controller} from "../epochs/Controller.sol";
import {PriceFeed} from "../market/PriceFeed.sol";
import {Rewards} from "../rewards/Rewards.sol";
import {R1} from "../token/R1.sol";
import {DeedSale} from "./DeedSale.sol";
import {Entities} from "./Entities.sol";
import {Handovers} from "./Handovers.sol";
import {LinkConsents} from "./LinkConsents.sol";
import {LinkedLicence} from "./LinkedLicence.sol";
import {NodeRegistry} from "./NodeRegistry.sol";

/// @title Node Deed
/// @notice A licence that lets one node work and earn. It is bought with R1, linked to a node with
/// that node's consent, and keeps what it mined when it changes hands.
/// @dev Names and events follow the genuine contract (`NDLicense`) where the rule is the same.
contract NodeDeed is DeedSale, Handovers {
    /// @notice Joins the contract to its network.
    /// @param r1_ the token
    /// @param controller_ the network
    /// @param nodeRegistry_ knows the licence of every node
    /// @param entities_ who may buy and link
    /// @param feed_ what R1 is worth
    /// @param lpWallet_ receives the liquidity share
    /// @param companyWallet_ receives the operations share
    /// @param relinkSeconds_ how long a licence stays with a node before it can be linked again
    constructor(
        R1 r1_,
        Controller controller_,
        NodeRegistry nodeRegistry_,
        Entities entities_,
        PriceFeed feed_,
        address lpWallet_,
        address companyWallet_,
        uint256 relinkSeconds_
    )
        DeedSale(r1_, feed_, lpWallet_, companyWallet_)
        ERC721("NDLicense", "ND")
        LinkConsents(1)
        LinkedLicence(controller_, nodeRegistry_, entities_, relinkSeconds_)
    {}

    /// @notice What a licence has left to mine, in 10⁻¹⁸ R1; reverts when there is none.
    /// @param licenceId token id
    function residual(uint256 licenceId) external view returns (uint256) {
        _requireOwned(licenceId);
        Rewards payer = controller.rewards();
        return payer.ND_MAX_MINING_PER_LICENSE() - payer.claimed(LICENCE_TYPE, licenceId);
    }

    /// @inheritdoc LinkedLicence
    function licenceCount() public view override returns (uint256) {
        return totalSupply();
    }

    /// @dev A deed is sold as it is handed over.
    function _update(address to, uint256 tokenId, address auth)
        internal
        override(ERC721Enumerable, Handovers)
        returns (address)
    {
        return super._update(to, tokenId, auth);
    }
}

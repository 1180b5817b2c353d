// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Controller} from "../epochs/Controller.sol";
import {Handovers} from "./Handovers.sol";
import {LinkedLicence} from "./LinkedLicence.sol";
import {NodeRegistry} from "./NodeRegistry.sol";
import {R1} from "../token/R1.sol";

/// @title Node Deed
/// @notice A licence that lets one node work and earn. It is bought with R1, linked to a node with
/// that node's consent, and keeps what it mined when it changes hands.
/// @dev Names and events follow the genuine contract (`NDLicense`) where the rule is the same.
contract NodeDeed is Handovers {
    using SafeERC20 for R1;

    /// @notice How many deeds there can be.
    uint256 public constant MAX_LICENSE_SUPPLY = 46_224;

    /// @notice Share of a purchase that is burned, in per cent, rounded down.
    uint256 public constant BURNED_PERCENT = 20;

    /// @notice Share of a purchase that pays for operations, in per cent, rounded down. The rest,
    /// 50 % and the rounding of both others, is liquidity.
    uint256 public constant OPERATIONS_PERCENT = 30;

    /// @notice The token that pays for deeds.
    R1 public immutable r1;

    /// @notice Price of one deed, in 10⁻¹⁸ R1.
    uint256 public immutable price;

    /// @notice Receives the liquidity share.
    address public immutable lpWallet;

    /// @notice Receives the operations share.
    address public immutable companyWallet;

    /// @notice Deeds were bought; their ids follow each other.
    event LicensesCreated(
        address indexed to, uint256 firstLicenseId, uint256 tokenCount, uint256 totalR1Cost
    );

    /// @notice Nothing was to be bought.
    error InvalidLicenseCount();

    /// @notice There are not so many deeds left.
    error MaxTokenSupplyReached();

    /// @notice A deed costs more than the buyer accepts.
    error PriceExceedsMaxAccepted(uint256 price, uint256 max);

    /// @notice Joins the contract to its network.
    /// @param r1_ the token
    /// @param controller_ the network
    /// @param nodeRegistry_ knows the licence of every node
    /// @param price_ price of one deed, in 10⁻¹⁸ R1
    /// @param lpWallet_ receives the liquidity share
    /// @param companyWallet_ receives the operations share
    constructor(
        R1 r1_,
        Controller controller_,
        NodeRegistry nodeRegistry_,
        uint256 price_,
        address lpWallet_,
        address companyWallet_
    ) LinkedLicence(controller_, nodeRegistry_, 1, "NDLicense", "ND") {
        r1 = r1_;
        price = price_;
        lpWallet = lpWallet_;
        companyWallet = companyWallet_;
    }

    /// @notice Buys deeds. The buyer must have allowed this contract to take the price.
    /// @param count how many, at least 1
    /// @param maxPricePerDeed the most to pay for one, in 10⁻¹⁸ R1
    /// @return firstId the first new licence; the others follow it
    function buy(uint256 count, uint256 maxPricePerDeed) external returns (uint256 firstId) {
        if (count == 0) revert InvalidLicenseCount();
        if (price > maxPricePerDeed) revert PriceExceedsMaxAccepted(price, maxPricePerDeed);
        uint256 supply = totalSupply();
        if (count > MAX_LICENSE_SUPPLY - supply) revert MaxTokenSupplyReached();
        firstId = supply + 1;
        uint256 cost = price * count;
        for (uint256 id = firstId; id < firstId + count; ++id) {
            _mint(msg.sender, id);
        }
        emit LicensesCreated(msg.sender, firstId, count, cost);
        _collect(cost);
    }

    /// @inheritdoc LinkedLicence
    function licenceCount() public view override returns (uint256) {
        return totalSupply();
    }

    function _collect(uint256 cost) private {
        uint256 burned = cost * BURNED_PERCENT / 100;
        uint256 operations = cost * OPERATIONS_PERCENT / 100;
        r1.safeTransferFrom(msg.sender, lpWallet, cost - burned - operations);
        r1.safeTransferFrom(msg.sender, companyWallet, operations);
        r1.safeTransferFrom(msg.sender, address(this), burned);
        r1.burn(burned);
    }
}

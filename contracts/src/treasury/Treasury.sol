// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Controller} from "../epochs/Controller.sol";
import {R1} from "../token/R1.sol";
import {LockedPool} from "./LockedPool.sol";

/// @title The pools that the genesis deed fills
/// @notice Liquidity and operations are accounts; marketing, grants and social responsibility are
/// locked pools that are made here. Nothing of this can change.
contract Treasury {
    /// @notice What a pool gets.
    struct Share {
        address pool;
        uint256 amount;
    }

    /// @notice Share of liquidity in 1/10,000; it gets the rounding of the others in addition.
    uint256 public constant LIQUIDITY_SHARE = 26_71;

    /// @notice Share of operations in 1/10,000, rounded down.
    uint256 public constant OPERATIONS_SHARE = 13_84;

    /// @notice Share of marketing in 1/10,000, rounded down.
    uint256 public constant MARKETING_SHARE = 7_54;

    /// @notice Share of grants in 1/10,000, rounded down.
    uint256 public constant GRANTS_SHARE = 34_60;

    /// @notice Share of social responsibility in 1/10,000, rounded down.
    uint256 public constant SOCIAL_SHARE = 17_31;

    /// @notice Epochs for which marketing and grants are dormant: twelve months.
    uint32 public constant DORMANT_EPOCHS = 365;

    /// @notice Epochs for which social responsibility is dormant: it is unlocked last.
    uint32 public constant SOCIAL_DORMANT_EPOCHS = 730;

    uint256 private constant WHOLE = 100_00;

    /// @notice The token.
    R1 public immutable r1;

    /// @notice The network.
    Controller public immutable controller;

    /// @notice Receives the share of liquidity.
    address public immutable liquidity;

    /// @notice Receives the share of operations.
    address public immutable operations;

    /// @notice Pays for marketing.
    LockedPool public immutable marketing;

    /// @notice Pays grants.
    LockedPool public immutable grants;

    /// @notice Pays for social responsibility.
    LockedPool public immutable socialResponsibility;

    /// @notice Somebody must receive.
    error InvalidPool();

    /// @notice Makes the locked pools.
    /// @param r1_ the token
    /// @param controller_ the network
    /// @param liquidity_ receives the share of liquidity
    /// @param operations_ receives the share of operations
    /// @param administrator who announces and pays milestones; meant to be a multisig
    constructor(
        R1 r1_,
        Controller controller_,
        address liquidity_,
        address operations_,
        address administrator
    ) {
        if (liquidity_ == address(0) || operations_ == address(0) || administrator == address(0)) {
            revert InvalidPool();
        }
        r1 = r1_;
        controller = controller_;
        liquidity = liquidity_;
        operations = operations_;
        marketing = new LockedPool(r1_, controller_, administrator, DORMANT_EPOCHS);
        grants = new LockedPool(r1_, controller_, administrator, DORMANT_EPOCHS);
        socialResponsibility =
            new LockedPool(r1_, controller_, administrator, SOCIAL_DORMANT_EPOCHS);
    }

    /// @notice What each pool gets of an amount; together the amount.
    /// @param amount in 10⁻¹⁸ R1
    function split(uint256 amount) external view returns (Share[5] memory shares) {
        shares[1] = Share(operations, amount * OPERATIONS_SHARE / WHOLE);
        shares[2] = Share(address(marketing), amount * MARKETING_SHARE / WHOLE);
        shares[3] = Share(address(grants), amount * GRANTS_SHARE / WHOLE);
        shares[4] = Share(address(socialResponsibility), amount * SOCIAL_SHARE / WHOLE);
        uint256 rest =
            amount - shares[1].amount - shares[2].amount - shares[3].amount - shares[4].amount;
        shares[0] = Share(liquidity, rest);
    }
}

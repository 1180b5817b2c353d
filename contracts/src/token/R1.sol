// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title The R1 token
/// @notice Enters circulation by mining alone: only the reward contract mints. On a development
/// chain a faucet stands in for the genesis deed, and exists nowhere else.
/// @dev The cap bounds everything ever minted, so burning makes no room for new tokens.
contract R1 is ERC20, ERC20Permit {
    /// @notice The most that is ever minted, in 10⁻¹⁸ R1.
    uint256 public constant MAX_SUPPLY = 161_803_398e18;

    /// @notice Chain id of development chains.
    uint256 private constant DEVELOPMENT_CHAIN = 31337;

    /// @notice The contract that pays rewards.
    address public immutable rewards;

    /// @notice The faucet of a development chain; zero everywhere else.
    address public immutable devMinter;

    /// @notice What was mined so far, whether burned since or not, in 10⁻¹⁸ R1.
    uint128 public totalMined;

    /// @dev What the faucet gave; shares a word with what was mined.
    uint128 private _given;

    /// @notice The caller may not mint.
    error NotMinter(address caller);

    /// @notice More would be minted than ever may be.
    error CumulativeCapExceeded(uint256 wouldBe, uint256 cap);

    /// @notice A faucet was named on a chain that is not for development.
    error DevelopmentChainOnly(uint256 chainId);

    /// @notice Fixes the minters for ever.
    /// @param rewards_ the contract that pays rewards
    /// @param devMinter_ the faucet of a development chain, or zero
    constructor(address rewards_, address devMinter_) ERC20("Ratio1", "R1") ERC20Permit("Ratio1") {
        if (devMinter_ != address(0) && block.chainid != DEVELOPMENT_CHAIN) {
            revert DevelopmentChainOnly(block.chainid);
        }
        rewards = rewards_;
        devMinter = devMinter_;
    }

    /// @notice Mints; for the minters alone.
    /// @param to who receives
    /// @param amount in 10⁻¹⁸ R1
    function mint(address to, uint256 amount) external {
        bool mined = msg.sender == rewards;
        if (!mined && msg.sender != devMinter) revert NotMinter(msg.sender);
        uint256 minted = totalMinted() + amount;
        if (minted > MAX_SUPPLY) revert CumulativeCapExceeded(minted, MAX_SUPPLY);
        // Both are below the cap, and the cap is below 2¹²⁸.
        // forge-lint: disable-next-line(unsafe-typecast)
        uint128 fits = uint128(amount);
        if (mined) totalMined += fits;
        else _given += fits;
        _mint(to, amount);
    }

    /// @notice Destroys tokens of the caller. Nobody can burn what another holds.
    /// @param amount in 10⁻¹⁸ R1
    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }

    /// @notice Everything ever minted, whether burned since or not, in 10⁻¹⁸ R1.
    function totalMinted() public view returns (uint256) {
        return uint256(totalMined) + _given;
    }
}

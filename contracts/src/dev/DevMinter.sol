// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Controller} from "../epochs/Controller.sol";
import {R1} from "../token/R1.sol";

/// @title The faucet of a development chain
/// @notice Stands in for the genesis deed where there is no economy. It can neither be deployed nor
/// used on any chain but 31337, not even when a development chain is forked into another id.
contract DevMinter {
    /// @notice Chain id of development chains.
    uint256 private constant DEVELOPMENT_CHAIN = 31337;

    /// @notice The token.
    R1 public immutable r1;

    /// @notice The network, whose governance may mint.
    Controller public immutable controller;

    /// @notice This is no development chain.
    error DevelopmentChainOnly(uint256 chainId);

    /// @notice The caller is not governance.
    error NotGovernance(address caller);

    modifier onDevelopmentChain() {
        if (block.chainid != DEVELOPMENT_CHAIN) revert DevelopmentChainOnly(block.chainid);
        _;
    }

    /// @notice Joins the faucet to its network.
    /// @param r1_ the token
    /// @param controller_ the network
    constructor(R1 r1_, Controller controller_) onDevelopmentChain {
        r1 = r1_;
        controller = controller_;
    }

    /// @notice Mints R1 on a development chain.
    /// @param to who receives
    /// @param amount in 10⁻¹⁸ R1
    function mint(address to, uint256 amount) external onDevelopmentChain {
        if (msg.sender != controller.owner()) revert NotGovernance(msg.sender);
        r1.mint(to, amount);
    }
}

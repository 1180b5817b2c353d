// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {GenesisDeed} from "../../src/licences/GenesisDeed.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract GenesisDeedTest is NetworkFixture {
    function setUp() public {
        vm.warp(START - 1 hours);
        found();
    }

    function test_isOneAndHeldByGovernance() public view {
        assertEq(genesisDeed.ownerOf(1), GOVERNANCE, "owner");
        assertEq(genesisDeed.totalSupply(), 1, "one");
        assertEq(genesisDeed.licenceCount(), 1, "one");
        assertEq(genesisDeed.LICENCE_TYPE(), 3, "type");
        assertEq(genesisDeed.licences(0, 10).length, 1, "page");
        assertEq(genesisDeed.licencesOf(GOVERNANCE, 0, 10)[0].licenceType, 3, "page");
    }

    function test_followsGovernanceAndGoesNowhereElse() public {
        vm.expectRevert(abi.encodeWithSelector(GenesisDeed.HeldByGovernance.selector, STRANGER));
        vm.prank(GOVERNANCE);
        genesisDeed.transferFrom(GOVERNANCE, STRANGER, 1);
        linkAs(genesisDeed, GOVERNANCE, 1, 3);

        vm.prank(GOVERNANCE);
        controller.transferOwnership(OWNER);
        vm.prank(OWNER);
        controller.acceptOwnership();
        vm.expectPartialRevert(IERC721Errors.ERC721InsufficientApproval.selector);
        vm.prank(OWNER);
        genesisDeed.transferFrom(GOVERNANCE, OWNER, 1);
        vm.prank(GOVERNANCE);
        genesisDeed.transferFrom(GOVERNANCE, OWNER, 1);
        assertEq(genesisDeed.ownerOf(1), OWNER, "moved");
        assertTrue(!controller.isNodeActive(node(3)), "its node is free");
    }
}

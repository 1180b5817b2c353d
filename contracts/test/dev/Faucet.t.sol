// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Faucet} from "../../src/dev/Faucet.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract FaucetTest is NetworkFixture {
    uint256 private constant AMOUNT = 100e18;
    uint256 private constant COOLDOWN = 1 days;

    Faucet private faucet;

    event Claimed(address indexed account, uint256 amount);

    function setUp() public {
        begin(4);
        faucet = new Faucet(devMinter, AMOUNT, COOLDOWN);
        vm.prank(GOVERNANCE);
        devMinter.mint(address(faucet), 2 * AMOUNT);
    }

    function test_namesAreThoseOfTheGenuineFaucet() public view {
        assertEq(address(faucet.token()), address(r1), "token");
        assertEq(faucet.amountPerClaim(), AMOUNT, "amountPerClaim");
        assertEq(faucet.cooldown(), COOLDOWN, "cooldown");
    }

    function test_givesEveryAddressOncePerCooldown() public {
        assertEq(faucet.getNextClaimTimestamp(OWNER), 0, "never claimed");
        vm.expectEmit(true, true, true, true);
        emit Claimed(OWNER, AMOUNT);
        vm.prank(OWNER);
        faucet.claim();
        assertEq(r1.balanceOf(OWNER), AMOUNT, "given");
        uint256 next = block.timestamp + COOLDOWN;
        assertEq(faucet.getNextClaimTimestamp(OWNER), next, "next");
        assertEq(faucet.lastRequestTime(OWNER), block.timestamp, "last");

        vm.warp(next - 1);
        vm.prank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(Faucet.CooldownNotOver.selector, next));
        faucet.claim();
        vm.warp(next);
        vm.prank(OWNER);
        faucet.claim();
        assertEq(r1.balanceOf(OWNER), 2 * AMOUNT, "given again");
    }

    function test_anotherAddressDoesNotWait() public {
        vm.prank(OWNER);
        faucet.claim();
        vm.prank(STRANGER);
        faucet.claim();
        assertEq(r1.balanceOf(STRANGER), AMOUNT, "given");
    }

    function test_anEmptyFaucetGivesNothing() public {
        faucet = new Faucet(devMinter, AMOUNT, COOLDOWN);
        vm.prank(OWNER);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientBalance.selector, address(faucet), 0, AMOUNT
            )
        );
        faucet.claim();
        assertEq(faucet.getNextClaimTimestamp(OWNER), 0, "and makes nobody wait");
    }

    function test_existsOnDevelopmentChainsAlone() public {
        vm.chainId(8453);
        vm.expectRevert(abi.encodeWithSelector(Faucet.DevelopmentChainOnly.selector, 8453));
        new Faucet(devMinter, AMOUNT, COOLDOWN);
        vm.prank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(Faucet.DevelopmentChainOnly.selector, 8453));
        faucet.claim(); // a fork of a development chain keeps its code
    }
}

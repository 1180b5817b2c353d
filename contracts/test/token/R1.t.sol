// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Controller} from "../../src/epochs/Controller.sol";
import {DevMinter} from "../../src/dev/DevMinter.sol";
import {R1} from "../../src/token/R1.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract R1Test is NetworkFixture {
    bytes4 private constant MINT = R1.mint.selector;

    function setUp() public {
        vm.warp(START - 1 hours);
        found();
    }

    function test_isNamedAsTheGenuineToken() public view {
        assertEq(keccak256(bytes(r1.name())), keccak256("Ratio1"), "name");
        assertEq(keccak256(bytes(r1.symbol())), keccak256("R1"), "symbol");
        assertEq(r1.decimals(), 18, "decimals");
        assertEq(r1.totalSupply(), 0, "nothing before mining");
    }

    function test_refusesMintingByAnyoneButRewardsAndFaucet() public {
        address[6] memory callers =
            [GOVERNANCE, address(this), address(r1), address(controller), address(deed), STRANGER];
        for (uint256 i = 0; i < callers.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(R1.NotMinter.selector, callers[i]));
            vm.prank(callers[i]);
            r1.mint(STRANGER, 1);
        }
    }

    /// Walks the code of every contract of the network for the selector of `mint`.
    function test_onlyRewardsAndFaucetContainACallToMint() public view {
        assertTrue(mentions(address(r1), MINT), "the token answers to it");
        assertTrue(mentions(address(rewards), MINT), "rewards mint");
        assertTrue(mentions(address(devMinter), MINT), "the faucet mints");
        assertTrue(!mentions(address(deed), MINT), "deeds must not mint");
        assertTrue(!mentions(address(masterDeed), MINT), "nor Master deeds");
        assertTrue(!mentions(address(genesisDeed), MINT), "nor the genesis deed");
        assertTrue(!mentions(address(treasury), MINT), "nor the treasury");
        assertTrue(!mentions(address(controller), MINT), "the controller must not mint");
    }

    function test_hasNoFaucetOutsideDevelopmentChains() public {
        vm.chainId(8453);
        vm.expectRevert(abi.encodeWithSelector(R1.DevelopmentChainOnly.selector, 8453));
        new R1(address(1), address(2));
        found();
        assertEq(r1.devMinter(), address(0), "no faucet");
        vm.expectRevert(abi.encodeWithSelector(R1.NotMinter.selector, GOVERNANCE));
        vm.prank(GOVERNANCE);
        r1.mint(GOVERNANCE, 1);
    }

    function test_refusesToDeployTheFaucetOutsideDevelopmentChains() public {
        vm.chainId(1);
        vm.expectRevert(abi.encodeWithSelector(DevMinter.DevelopmentChainOnly.selector, 1));
        new DevMinter(r1, controller);
    }

    function test_faucetOfAForkedDevelopmentChainIsDry() public {
        vm.chainId(8453);
        vm.expectRevert(abi.encodeWithSelector(DevMinter.DevelopmentChainOnly.selector, 8453));
        vm.prank(GOVERNANCE);
        devMinter.mint(OWNER, 1);
    }

    function test_faucetServesGovernanceAlone() public {
        vm.expectRevert(abi.encodeWithSelector(DevMinter.NotGovernance.selector, STRANGER));
        vm.prank(STRANGER);
        devMinter.mint(STRANGER, 1);
        vm.prank(GOVERNANCE);
        devMinter.mint(OWNER, 5);
        assertEq(r1.balanceOf(OWNER), 5, "minted");
    }

    function testFuzz_burningMakesNoRoomUnderTheCap(uint256 first, uint256 burned) public {
        uint256 cap = r1.MAX_SUPPLY();
        first = bound(first, 1, cap);
        burned = bound(burned, 0, first);
        vm.prank(GOVERNANCE);
        devMinter.mint(OWNER, first);
        vm.prank(OWNER);
        r1.burn(burned);
        assertEq(r1.totalSupply(), first - burned, "a true burn");
        assertEq(r1.totalMinted(), first, "what was minted stays minted");

        uint256 tooMuch = cap - first + 1;
        vm.expectRevert(abi.encodeWithSelector(R1.CumulativeCapExceeded.selector, cap + 1, cap));
        vm.prank(GOVERNANCE);
        devMinter.mint(OWNER, tooMuch);
        vm.prank(GOVERNANCE);
        devMinter.mint(OWNER, tooMuch - 1);
        assertEq(r1.totalMinted(), cap, "exactly the cap");
    }

    function test_hasNoWayToBurnWhatAnotherHolds() public {
        vm.prank(GOVERNANCE);
        devMinter.mint(OWNER, 10);
        bytes[2] memory attempts = [
            abi.encodeWithSignature("burn(address,uint256)", OWNER, 1),
            abi.encodeWithSignature("burnFrom(address,uint256)", OWNER, 1)
        ];
        for (uint256 i = 0; i < attempts.length; ++i) {
            vm.prank(GOVERNANCE);
            (bool accepted,) = address(r1).call(attempts[i]);
            assertTrue(!accepted, "no such function");
        }
        assertEq(r1.balanceOf(OWNER), 10, "untouched");
    }

    function test_permitSpendsOnce() public {
        uint256 key = 0xC0FFEE;
        address holder = vm.addr(key);
        vm.prank(GOVERNANCE);
        devMinter.mint(holder, 10);
        uint256 deadline = block.timestamp + 1;
        bytes32 permit = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        bytes32 content = keccak256(abi.encode(permit, holder, STRANGER, 7, 0, deadline));
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", r1.DOMAIN_SEPARATOR(), content));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        r1.permit(holder, STRANGER, 7, deadline, v, r, s);
        assertEq(r1.allowance(holder, STRANGER), 7, "allowed");
        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        r1.permit(holder, STRANGER, 7, deadline, v, r, s);
    }

    function test_refusesANetworkThatIsNotWired() public {
        R1 other = new R1(address(rewards), address(devMinter));
        Controller.Contracts memory parts = contracts();
        parts.r1 = other;
        vm.expectRevert(abi.encodeWithSelector(Controller.NotWired.selector, address(deed)));
        new Controller(bytes32(0), GOVERNANCE, timing(), VOID_AFTER, parts);
        R1 stranger = new R1(STRANGER, address(devMinter));
        parts.r1 = stranger;
        vm.expectRevert(abi.encodeWithSelector(Controller.NotWired.selector, address(stranger)));
        new Controller(bytes32(0), GOVERNANCE, timing(), VOID_AFTER, parts);
    }

    function mentions(address target, bytes4 selector) private view returns (bool) {
        bytes memory code = target.code;
        for (uint256 i = 0; i + 4 < code.length; ++i) {
            bytes4 word;
            assembly ("memory-safe") {
                word := mload(add(add(code, 33), i))
            }
            // PUSH4 selector
            if (code[i] == 0x63 && word == selector) return true;
        }
        return false;
    }
}

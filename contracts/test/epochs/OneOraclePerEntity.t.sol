// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Oracles} from "../../src/epochs/Oracles.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

/// Nothing is pretended here: the oracles hold licences that were sold, attested and linked.
contract OneOraclePerEntityTest is NetworkFixture {
    address[] private nodes;

    function setUp() public {
        vm.warp(START - 1 hours);
        found();
        for (uint256 i = 0; i < 5; ++i) {
            linkAs(owner(i), deedsFor(owner(i), 1), i);
        }
        for (uint256 i = 0; i < 4; ++i) {
            nodes.push(node(i));
        }
    }

    function test_announcesOraclesOfFourEntities() public {
        announce();
        assertEq(controller.oraclesOf(0).length, 4, "oracles");
    }

    function test_refusesAnOracleWithoutALicence() public {
        nodes[2] = node(9);
        expectUnverified(node(9));
        vm.prank(owner(2));
        deed.unlink(3);
        nodes[2] = node(2);
        expectUnverified(node(2));
        linkAs(owner(2), 3, 2);
        announce();
    }

    function test_refusesAnOracleWhoseLicenceIsBanned() public {
        vm.prank(GOVERNANCE);
        deed.ban(4, "spam");
        expectUnverified(node(3));
    }

    function test_refusesAnOracleWhoseOwnerIsNoEntity() public {
        vm.prank(GOVERNANCE);
        entities.revoke(owner(1));
        expectUnverified(node(1));
    }

    function test_refusesTwoOraclesOfOneOwner() public {
        linkAs(owner(0), deedsFor(owner(0), 1), 7);
        nodes[3] = node(7);
        expectSecond(node(7), entity(owner(0)));
    }

    function test_refusesTwoOraclesOfOneEntityThroughTwoAccounts() public {
        attest(owner(3), entity(owner(1)), 1e9);
        expectSecond(node(3), entity(owner(1)));
        nodes[3] = node(4);
        announce();
    }

    function test_acceptsAnOracleUnderAMasterDeed() public {
        vm.prank(owner(2));
        deed.unlink(3);
        linkAs(masterDeed, owner(2), masterDeedFor(owner(2), 1_000e18), 2);
        announce();
        linkAs(masterDeed, owner(1), masterDeedFor(owner(1), 1_000e18), 7);
        nodes[3] = node(7);
        expectSecond(node(7), entity(owner(1)));
    }

    function announce() private {
        vm.prank(GOVERNANCE);
        controller.announceOracles(nodes);
    }

    function expectUnverified(address oracle) private {
        vm.expectRevert(abi.encodeWithSelector(Oracles.OracleNotVerified.selector, oracle));
        announce();
    }

    function expectSecond(address oracle, bytes32 entityId) private {
        vm.expectRevert(
            abi.encodeWithSelector(Oracles.SecondOracleOfEntity.selector, oracle, entityId)
        );
        announce();
    }

    function owner(uint256 index) private pure returns (address) {
        return address(uint160(0x1000 + index));
    }
}

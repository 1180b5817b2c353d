// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Directory} from "../../src/directory/Directory.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract DirectoryTest is NetworkFixture {
    function setUp() public {
        begin(4);
    }

    function testAnEntryIsFoundByItsName() public {
        vm.startPrank(GOVERNANCE);
        directory.enter("R1", address(r1));
        directory.enter("NodeDeed", address(deed));
        vm.stopPrank();
        assertEq(directory.addressOf("R1"), address(r1), "R1");
        assertEq(directory.addressOf("Nothing"), address(0), "unknown");
        assertEq(directory.entries().length, 2, "entries");
        assertEq(directory.entries()[1].at, address(deed), "second");
    }

    function testAnEntryCannotBeExchanged() public {
        vm.startPrank(GOVERNANCE);
        directory.enter("R1", address(r1));
        vm.expectRevert(
            abi.encodeWithSelector(Directory.AlreadyEntered.selector, "R1", address(r1))
        );
        directory.enter("R1", address(deed));
        vm.stopPrank();
    }

    function testOnlyGovernanceEnters() public {
        vm.expectRevert(abi.encodeWithSelector(Directory.NotGovernance.selector, address(this)));
        directory.enter("R1", address(r1));
    }

    function testAnEntryNeedsANameAndAContract() public {
        vm.startPrank(GOVERNANCE);
        vm.expectRevert(abi.encodeWithSelector(Directory.InvalidEntry.selector, "Nobody", STRANGER));
        directory.enter("Nobody", STRANGER);
        vm.expectRevert(abi.encodeWithSelector(Directory.InvalidEntry.selector, "", address(r1)));
        directory.enter("", address(r1));
        vm.stopPrank();
    }

    function testKnowsFromTheBeginningWhatIsDeployedWithIt() public {
        address later = next(1);
        Directory.Entry[] memory founding = new Directory.Entry[](2);
        founding[0] = Directory.Entry("R1", address(r1));
        founding[1] = Directory.Entry("Later", later);
        directory = new Directory(controller, founding);
        assertEq(later.code.length, 0, "not there yet");
        assertEq(directory.addressOf("Later"), later, "later");
        assertEq(
            keccak256(abi.encode(directory.entries())), keccak256(abi.encode(founding)), "in order"
        );
        vm.prank(GOVERNANCE);
        vm.expectRevert(abi.encodeWithSelector(Directory.AlreadyEntered.selector, "Later", later));
        directory.enter("Later", address(r1));
    }

    function testRefusesAFoundingEntryThatIsNone() public {
        Directory.Entry[] memory founding = new Directory.Entry[](1);
        founding[0] = Directory.Entry("Nobody", address(0));
        vm.expectRevert(
            abi.encodeWithSelector(Directory.InvalidEntry.selector, "Nobody", address(0))
        );
        new Directory(controller, founding);
        founding[0] = Directory.Entry("", address(r1));
        vm.expectRevert(abi.encodeWithSelector(Directory.InvalidEntry.selector, "", address(r1)));
        new Directory(controller, founding);
        founding = new Directory.Entry[](2);
        founding[0] = founding[1] = Directory.Entry("R1", address(r1));
        vm.expectRevert(
            abi.encodeWithSelector(Directory.AlreadyEntered.selector, "R1", address(r1))
        );
        new Directory(controller, founding);
    }
}

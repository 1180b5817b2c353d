// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Handovers} from "../../src/licences/Handovers.sol";
import {LinkedLicence} from "../../src/licences/LinkedLicence.sol";
import {MasterDeed} from "../../src/licences/MasterDeed.sol";
import {VestingCurve} from "../../src/licences/VestingCurve.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract MasterDeedTest is NetworkFixture {
    event LicenseCreated(address indexed to, uint256 indexed tokenId, uint256 totalAssignedAmount);
    event TransferInitiated(address indexed from, address indexed to);
    event BurnInitiated(address indexed from);

    uint256 private constant LIMIT = 3_236_067.96e18;
    uint256 private constant TOTAL = 42_230_686.878e18;
    uint256 private constant ASSIGNED = 100_000e18;

    function setUp() public {
        begin(4);
    }

    function test_isNamedAsTheGenuineLicence() public view {
        assertEq(keccak256(bytes(masterDeed.name())), keccak256("MNDLicense"), "name");
        assertEq(keccak256(bytes(masterDeed.symbol())), keccak256("MND"), "symbol");
        assertEq(masterDeed.LICENCE_TYPE(), 2, "type");
        assertEq(masterDeed.MND_MAX_TOKENS_ASSIGNED_PER_LICENSE(), LIMIT, "2 %");
        assertEq(masterDeed.MND_MAX_TOTAL_ASSIGNED_TOKENS(), TOTAL, "26.1 %");
        assertEq(LIMIT, r1.MAX_SUPPLY() * 2 / 100, "2 %");
        assertEq(TOTAL, r1.MAX_SUPPLY() * 261 / 1000, "26.1 %");
    }

    function test_isMadeByGovernanceAlone() public {
        vm.expectRevert(abi.encodeWithSelector(LinkedLicence.NotGovernance.selector, STRANGER));
        vm.prank(STRANGER);
        masterDeed.addLicense(OWNER, 1);
        vm.expectEmit(true, true, false, true);
        emit LicenseCreated(OWNER, 1, ASSIGNED);
        assertEq(masterDeedFor(OWNER, ASSIGNED), 1, "ids start at 1");
        assertEq(masterDeed.ownerOf(1), OWNER, "owner");
        assertEq(masterDeed.assignment(1).amount, ASSIGNED, "amount");
        assertEq(masterDeed.assignment(1).firstMiningEpoch, 210, "after the cliff");
        assertEq(masterDeed.assignedTo(OWNER), ASSIGNED, "of the owner");
        assertEq(masterDeed.totalLicensesAssignedTokensAmount(), ASSIGNED, "of all");
    }

    function test_keepsTheLimitsOfALicenceAndAnOwner() public {
        vm.startPrank(GOVERNANCE);
        vm.expectRevert(abi.encodeWithSelector(MasterDeed.InvalidLicensePower.selector, 0));
        masterDeed.addLicense(OWNER, 0);
        vm.expectRevert(abi.encodeWithSelector(MasterDeed.InvalidLicensePower.selector, LIMIT + 1));
        masterDeed.addLicense(OWNER, LIMIT + 1);
        masterDeed.addLicense(OWNER, LIMIT - 5);
        vm.expectRevert(
            abi.encodeWithSelector(MasterDeed.AssignedAmountExceedsLimit.selector, OWNER, LIMIT + 1)
        );
        masterDeed.addLicense(OWNER, 6);
        masterDeed.addLicense(OWNER, 5);
        vm.stopPrank();
        assertEq(masterDeed.assignedTo(OWNER), LIMIT, "exactly");
    }

    function test_keepsTheLimitOfAllLicences() public {
        vm.startPrank(GOVERNANCE);
        for (uint160 i = 1; i <= 13; ++i) {
            masterDeed.addLicense(address(i), LIMIT);
        }
        uint256 rest = TOTAL - 13 * LIMIT;
        vm.expectRevert(
            abi.encodeWithSelector(MasterDeed.MaxTotalAssignedTokensReached.selector, TOTAL + 1)
        );
        masterDeed.addLicense(OWNER, rest + 1);
        masterDeed.addLicense(OWNER, rest);
        vm.stopPrank();
        assertEq(masterDeed.totalLicensesAssignedTokensAmount(), TOTAL, "exactly");
    }

    function test_makesFiveHundredAtMostAndNeverReplacesOne() public {
        for (uint256 i = 0; i < 500; ++i) {
            masterDeedFor(OWNER, 1);
        }
        vm.prank(GOVERNANCE);
        masterDeed.initiateBurn(OWNER);
        vm.prank(OWNER);
        masterDeed.burn(500);
        vm.expectRevert(MasterDeed.MaxTokenSupplyReached.selector);
        vm.prank(GOVERNANCE);
        masterDeed.addLicense(OWNER, 1);
    }

    function test_theCurveOfALateLicenceBeginsWhenItIsMade() public {
        vm.warp(endOf(209) - 1);
        uint256 early = masterDeedFor(OWNER, ASSIGNED);
        vm.warp(START + 300 * EPOCH + 5);
        uint256 late = masterDeedFor(OWNER, ASSIGNED);
        assertEq(masterDeed.assignment(early).firstMiningEpoch, 210, "within the cliff");
        assertEq(masterDeed.assignment(late).firstMiningEpoch, 300, "after it");
        assertEq(rewards.rateOf(2, late, 299), 0, "not before");
        assertEq(rewards.rateOf(2, late, 300), VestingCurve.released(ASSIGNED, 1), "from then on");
        assertEq(masterDeed.releasedBetween(late, 300, 990), ASSIGNED, "all of it");
    }

    function testFuzz_ratesAddUp(uint256 from, uint256 length) public {
        uint256 id = masterDeedFor(OWNER, ASSIGNED);
        from = bound(from, 0, 1000);
        length = bound(length, 0, 40);
        uint256 sum = 0;
        for (uint256 e = from; e < from + length; ++e) {
            sum += rewards.rateOf(2, id, uint32(e));
        }
        assertEq(sum, masterDeed.releasedBetween(id, from, from + length), "sum of rates");
    }

    function test_isSoulboundUnlessGovernanceAgrees() public {
        uint256 id = masterDeedFor(OWNER, ASSIGNED);
        bytes memory refusal = abi.encodeWithSelector(
            MasterDeed.SoulboundNonTransferableToken.selector, OWNER, STRANGER
        );
        vm.expectRevert(refusal);
        vm.prank(OWNER);
        masterDeed.transferFrom(OWNER, STRANGER, id);
        vm.expectEmit(true, true, false, true);
        emit TransferInitiated(OWNER, STRANGER);
        vm.prank(GOVERNANCE);
        masterDeed.initiateTransfer(OWNER, STRANGER);
        vm.expectRevert(
            abi.encodeWithSelector(
                MasterDeed.SoulboundNonTransferableToken.selector, OWNER, COMPANY
            )
        );
        vm.prank(OWNER);
        masterDeed.transferFrom(OWNER, COMPANY, id);
        vm.prank(OWNER);
        masterDeed.transferFrom(OWNER, STRANGER, id);
        assertEq(masterDeed.assignedTo(OWNER), 0, "given away");
        assertEq(masterDeed.assignedTo(STRANGER), ASSIGNED, "received");

        uint256 another = masterDeedFor(OWNER, ASSIGNED);
        vm.expectRevert(refusal); // one agreement, one transfer
        vm.prank(OWNER);
        masterDeed.transferFrom(OWNER, STRANGER, another);
    }

    function test_onlyGovernanceAgreesAndOnlyTheOwnerActs() public {
        uint256 id = masterDeedFor(OWNER, ASSIGNED);
        bytes memory refusal = abi.encodeWithSelector(LinkedLicence.NotGovernance.selector, OWNER);
        vm.startPrank(OWNER);
        vm.expectRevert(refusal);
        masterDeed.initiateTransfer(OWNER, STRANGER);
        vm.expectRevert(refusal);
        masterDeed.initiateBurn(OWNER);
        vm.stopPrank();
        vm.startPrank(GOVERNANCE);
        vm.expectRevert(abi.encodeWithSelector(MasterDeed.InvalidReceiver.selector, address(0)));
        masterDeed.initiateTransfer(OWNER, address(0));
        masterDeed.initiateTransfer(OWNER, STRANGER);
        masterDeed.initiateBurn(OWNER);
        vm.expectRevert(LinkedLicence.NotLicenseOwner.selector);
        masterDeed.burn(id);
        vm.expectPartialRevert(IERC721Errors.ERC721InsufficientApproval.selector);
        masterDeed.transferFrom(OWNER, STRANGER, id);
        vm.stopPrank();
    }

    function test_aReceiverKeepsTheLimitToo() public {
        uint256 id = masterDeedFor(OWNER, 6);
        masterDeedFor(STRANGER, LIMIT - 5);
        vm.prank(GOVERNANCE);
        masterDeed.initiateTransfer(OWNER, STRANGER);
        vm.expectRevert(
            abi.encodeWithSelector(
                MasterDeed.AssignedAmountExceedsLimit.selector, STRANGER, LIMIT + 1
            )
        );
        vm.prank(OWNER);
        masterDeed.transferFrom(OWNER, STRANGER, id);
    }

    function test_aBurnedAssignmentCanBeGivenAgainAndRatesStay() public {
        uint256 id = masterDeedFor(OWNER, ASSIGNED);
        uint256 kept = masterDeedFor(OWNER, 7);
        linkAs(masterDeed, OWNER, id, 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                MasterDeed.SoulboundNonTransferableToken.selector, OWNER, address(0)
            )
        );
        vm.prank(OWNER);
        masterDeed.burn(id);
        vm.expectEmit(true, false, false, true);
        emit BurnInitiated(OWNER);
        vm.prank(GOVERNANCE);
        masterDeed.initiateBurn(OWNER);
        uint256 rate = rewards.rateOf(2, id, 500);
        vm.warp(block.timestamp + 1);
        vm.prank(OWNER);
        masterDeed.burn(id);
        assertEq(masterDeed.totalLicensesAssignedTokensAmount(), 7, "free again");
        assertEq(masterDeed.assignedTo(OWNER), 7, "of the owner");
        assertEq(rewards.rateOf(2, id, 500), rate, "rates never change");
        assertTrue(!controller.isNodeActive(node(1)), "its node is free");
        assertEq(masterDeed.nodeAt(id, uint96(block.timestamp - 1)), node(1), "history stays");

        vm.expectRevert(
            abi.encodeWithSelector(
                MasterDeed.SoulboundNonTransferableToken.selector, OWNER, address(0)
            )
        );
        vm.prank(OWNER);
        masterDeed.burn(kept); // one agreement, one end
        assertEq(masterDeed.licenceCount(), 2, "ids stay");
        LinkedLicence.Licence[] memory page = masterDeed.licences(0, 10);
        assertEq(page.length, 1, "those that exist");
        assertEq(page[0].licenceId, kept, "by id");
        assertEq(masterDeed.rowsAt(0, 0, 0, 10).length, 0, "rows look at all ids");
    }

    function test_bannedLicencesNeitherMoveNorEnd() public {
        uint256 id = masterDeedFor(OWNER, ASSIGNED);
        vm.startPrank(GOVERNANCE);
        masterDeed.initiateTransfer(OWNER, STRANGER);
        masterDeed.initiateBurn(OWNER);
        masterDeed.ban(id, "spam");
        vm.stopPrank();
        vm.startPrank(OWNER);
        vm.expectRevert(LinkedLicence.LicenseBanned.selector);
        masterDeed.transferFrom(OWNER, STRANGER, id);
        vm.expectRevert(LinkedLicence.LicenseBanned.selector);
        masterDeed.burn(id);
        vm.stopPrank();
    }

    function test_aSellerMustBeSettledWithBeforeALicenceEnds() public {
        uint256 id = masterDeedFor(OWNER, ASSIGNED);
        linkAs(masterDeed, OWNER, id, 1);
        vm.warp(endOf(3));
        vm.startPrank(GOVERNANCE);
        masterDeed.initiateTransfer(OWNER, STRANGER);
        masterDeed.initiateBurn(STRANGER);
        vm.stopPrank();
        vm.prank(OWNER);
        masterDeed.transferFrom(OWNER, STRANGER, id);
        vm.expectRevert(abi.encodeWithSelector(Handovers.HandoverUnsettled.selector, OWNER, 3));
        vm.prank(STRANGER);
        masterDeed.burn(id);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Delegates} from "../../src/work/Delegates.sol";
import {Escrow} from "../../src/work/Escrow.sol";
import {EscrowFixture} from "./EscrowFixture.sol";
import {JobLedger} from "../../src/work/JobLedger.sol";
import {Jobs} from "../../src/work/Jobs.sol";
import {JobTypes} from "../../src/work/JobTypes.sol";
import {Orders} from "../../src/work/Orders.sol";
import {PriceFeed} from "../../src/market/PriceFeed.sol";

contract OrdersTest is EscrowFixture {
    event JobCreated(
        uint256 indexed jobId, address indexed owner, uint256 jobType, uint256 pricePerEpoch
    );
    event JobDurationExtended(
        uint256 indexed jobId, uint256 newLastExecutionEpoch, uint256 additionalAmount
    );
    event JobNodesExtended(
        uint256 indexed jobId, uint256 newNumberOfNodesRequested, uint256 additionalAmount
    );
    event JobRedeemed(uint256 indexed jobId, address indexed owner, uint256 refund);
    event DelegatePermissionsUpdated(
        address indexed payer, address indexed delegate, uint256 permissions
    );
    event DelegateRemoved(address indexed payer, address indexed delegate);

    bytes32 private constant PERMIT_TYPEHASH = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
    );

    function setUp() public {
        beginEscrow();
    }

    function test_aJobIsPaidForInAdvance() public {
        uint256 before = r1.balanceOf(PAYER);
        vm.expectEmit(true, true, false, true);
        emit JobCreated(1, PAYER, ENTRY, NODE_PRICE);
        uint256 jobId = order(40, 3);
        uint256 cost = NODE_PRICE * 3 * 40;
        assertEq(jobId, 1, "the first");
        assertEq(before - r1.balanceOf(PAYER), cost, "taken");
        assertEq(r1.balanceOf(address(escrow)), cost, "held");

        Escrow.JobDetails memory details = escrow.getJobDetails(jobId);
        assertEq(details.id, 1, "id");
        assertEq(details.projectHash, keccak256("project"), "project");
        assertEq(details.requestTimestamp, block.timestamp, "requested");
        assertEq(details.startTimestamp, 0, "not started");
        assertEq(details.lastNodesChangeTimestamp, 0, "no nodes");
        assertEq(details.jobType, ENTRY, "type");
        assertEq(details.pricePerEpoch, NODE_PRICE, "price");
        assertEq(details.lastExecutionEpoch, 40, "end");
        assertEq(details.numberOfNodesRequested, 3, "nodes");
        assertEq(uint256(details.balance), cost, "balance");
        assertEq(details.lastAllocatedEpoch, 0, "nothing settled");
        assertEq(details.activeNodes.length, 0, "nobody");
    }

    function test_severalJobsArePaidForAtOnce() public {
        Orders.JobCreationRequest[] memory requests = new Orders.JobCreationRequest[](2);
        requests[0] = request(ENTRY, 30, 1)[0];
        requests[1] = request(53, 31, 2)[0];
        uint256 cost = NODE_PRICE * 30 + 0.2e18 * 2 * 31;
        vm.prank(PAYER);
        uint256[] memory ids =
            escrow.createJobs(PAYER, requests, Orders.Funding(cost, block.timestamp, 0, 0, 0));
        assertEq(ids[1], 2, "numbers follow each other");
        assertEq(r1.balanceOf(address(escrow)), cost, "all of it");
        assertEq(escrow.getActiveJobs(PAYER).length, 2, "listed");
        assertEq(escrow.getActiveJobs(PAYER)[1], 2, "in order");
        assertEq(escrow.getActiveJobsCount(PAYER), 2, "counted");
        assertEq(escrow.getClosedJobs(PAYER).length, 0, "none is closed");
        assertEq(escrow.getJobs(1, 5).length, 1, "a page");
        assertEq(escrow.getJobs(1, 5)[0].id, 2, "the second");
        assertEq(escrow.getJobs(0, 1)[0].id, 1, "the first");
        assertEq(escrow.getJobs(2, 5).length, 0, "beyond the end");
        assertEq(escrow.getPriceForJobType(53), 100_000, "price");
    }

    function test_refusesWhatIsNoJob() public {
        Orders.Funding memory funding = anything();
        vm.startPrank(PAYER);
        vm.expectRevert(Orders.NoJobs.selector);
        escrow.createJobs(PAYER, new Orders.JobCreationRequest[](0), funding);
        vm.expectRevert(
            abi.encodeWithSelector(Orders.InvalidLastExecutionEpoch.selector, 29, 30, 65_535)
        );
        escrow.createJobs(PAYER, request(ENTRY, 29, 1), funding);
        vm.expectRevert(
            abi.encodeWithSelector(Orders.InvalidLastExecutionEpoch.selector, 65_536, 30, 65_535)
        );
        escrow.createJobs(PAYER, request(ENTRY, 65_536, 1), funding);
        vm.expectRevert(abi.encodeWithSelector(Orders.InvalidNodeCount.selector, 0, 1, 100));
        escrow.createJobs(PAYER, request(ENTRY, 30, 0), funding);
        vm.expectRevert(abi.encodeWithSelector(Orders.InvalidNodeCount.selector, 101, 1, 100));
        escrow.createJobs(PAYER, request(ENTRY, 30, 101), funding);
        vm.expectRevert(abi.encodeWithSelector(JobTypes.DeprecatedJobType.selector, 12));
        escrow.createJobs(PAYER, request(12, 30, 1), funding);
        jobFeed.set(0);
        vm.expectRevert(PriceFeed.NoPrice.selector);
        escrow.createJobs(PAYER, request(ENTRY, 30, 1), funding);
    }

    function test_neverTakesMoreThanAcceptedOrLater() public {
        uint256 cost = NODE_PRICE * 30;
        Orders.JobCreationRequest[] memory requests = request(ENTRY, 30, 1);
        vm.startPrank(PAYER);
        vm.expectRevert(abi.encodeWithSelector(Orders.CostExceedsMaximum.selector, cost, cost - 1));
        escrow.createJobs(PAYER, requests, Orders.Funding(cost - 1, block.timestamp, 0, 0, 0));
        uint256 deadline = block.timestamp - 1;
        vm.expectRevert(abi.encodeWithSelector(Orders.OrderExpired.selector, deadline));
        escrow.createJobs(PAYER, requests, Orders.Funding(cost, deadline, 0, 0, 0));
        escrow.createJobs(PAYER, requests, Orders.Funding(cost, block.timestamp, 0, 0, 0));
    }

    function test_aPermitStandsInForAnAllowance() public {
        vm.prank(PAYER);
        r1.approve(address(escrow), 0);
        uint256 cost = NODE_PRICE * 30;
        Orders.Funding memory funding = permit(PAYER_KEY, cost);
        vm.prank(PAYER);
        escrow.createJobs(PAYER, request(ENTRY, 30, 1), funding);
        assertEq(r1.allowance(PAYER, address(escrow)), 0, "to the last unit");
    }

    /// Somebody who saw the permit uses it first, so that it does not hold any more.
    function test_aPermitThatWasUsedDoesNoHarm() public {
        vm.prank(PAYER);
        r1.approve(address(escrow), 0);
        Orders.Funding memory funding = permit(PAYER_KEY, NODE_PRICE * 30);
        r1.permit(
            PAYER,
            address(escrow),
            funding.maximum,
            funding.deadline,
            funding.v,
            funding.r,
            funding.s
        );
        vm.prank(PAYER);
        escrow.createJobs(PAYER, request(ENTRY, 30, 1), funding);
        assertEq(r1.balanceOf(address(escrow)), NODE_PRICE * 30, "paid");
    }

    function test_aForeignPermitTakesNothing() public {
        vm.prank(PAYER);
        r1.approve(address(escrow), 0);
        Orders.Funding memory funding = permit(0xBAD, NODE_PRICE * 30);
        vm.prank(PAYER);
        vm.expectPartialRevert(
            bytes4(keccak256("ERC20InsufficientAllowance(address,uint256,uint256)"))
        );
        escrow.createJobs(PAYER, request(ENTRY, 30, 1), funding);
    }

    function test_nobodySpendsForAnother() public {
        Orders.Funding memory funding = anything();
        vm.expectRevert(
            abi.encodeWithSelector(Delegates.NotAuthorized.selector, PAYER, STRANGER, 1)
        );
        vm.prank(STRANGER);
        escrow.createJobs(PAYER, request(ENTRY, 30, 1), funding);
    }

    function test_delegatesDoWhatTheyMayWithThePayersMoney() public {
        vm.expectEmit(true, true, false, true);
        emit DelegatePermissionsUpdated(PAYER, STRANGER, 1);
        vm.prank(PAYER);
        escrow.setDelegatePermissions(STRANGER, 1);
        assertEq(escrow.getDelegatePermissions(PAYER, STRANGER), 1, "may create");
        assertEq(escrow.getDelegatePermissions(PAYER, PAYER), 15, "the payer may everything");
        assertEq(escrow.getDelegatedAddresses(PAYER)[0], STRANGER, "listed");

        uint256 before = r1.balanceOf(PAYER);
        Orders.Funding memory funding = anything();
        vm.prank(STRANGER);
        uint256 jobId = escrow.createJobs(PAYER, request(ENTRY, 30, 1), funding)[0];
        assertEq(before - r1.balanceOf(PAYER), NODE_PRICE * 30, "of the payer");

        vm.startPrank(STRANGER);
        expectNotAuthorized(2);
        escrow.extendJobDuration(jobId, 31, funding);
        expectNotAuthorized(4);
        escrow.extendJobNodes(jobId, 2, funding);
        expectNotAuthorized(8);
        escrow.redeemUnusedJob(jobId);
        vm.stopPrank();

        vm.prank(PAYER);
        escrow.setDelegatePermissions(STRANGER, 14);
        vm.startPrank(STRANGER);
        expectNotAuthorized(1);
        escrow.createJobs(PAYER, request(ENTRY, 30, 1), funding);
        escrow.extendJobDuration(jobId, 31, funding);
        escrow.extendJobNodes(jobId, 2, funding);
        vm.warp(block.timestamp + 1 hours);
        escrow.redeemUnusedJob(jobId);
        vm.stopPrank();
        assertEq(escrow.withdrawable(STRANGER), 0, "the money is not the delegate's");
        assertEq(escrow.withdrawable(PAYER), NODE_PRICE * 31 * 2, "but the payer's");

        vm.expectEmit(true, true, false, false);
        emit DelegateRemoved(PAYER, STRANGER);
        vm.prank(PAYER);
        escrow.removeDelegate(STRANGER);
        assertEq(escrow.getDelegatePermissions(PAYER, STRANGER), 0, "nothing any more");
        assertEq(escrow.getDelegatedAddresses(PAYER).length, 0, "not listed");
    }

    function test_refusesWhatIsNoDelegate() public {
        vm.startPrank(PAYER);
        vm.expectRevert(abi.encodeWithSelector(Delegates.InvalidDelegate.selector, address(0)));
        escrow.setDelegatePermissions(address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(Delegates.InvalidDelegate.selector, PAYER));
        escrow.setDelegatePermissions(PAYER, 1);
        vm.expectRevert(abi.encodeWithSelector(Delegates.InvalidPermissions.selector, 0));
        escrow.setDelegatePermissions(STRANGER, 0);
        vm.expectRevert(abi.encodeWithSelector(Delegates.InvalidPermissions.selector, 16));
        escrow.setDelegatePermissions(STRANGER, 16);
        vm.expectRevert(abi.encodeWithSelector(Delegates.InvalidDelegate.selector, STRANGER));
        escrow.removeDelegate(STRANGER);
    }

    function test_addedEpochsHaveThePriceOfTheMoment() public {
        uint256 jobId = order(30, 2);
        jobFeed.set(JOB_USD_PER_R1 / 2);
        uint256 added = 2 * NODE_PRICE * 2 * 10;
        vm.expectEmit(true, false, false, true);
        emit JobDurationExtended(jobId, 40, added);
        extendTo(jobId, 40);
        Escrow.JobDetails memory details = escrow.getJobDetails(jobId);
        assertEq(uint256(details.balance), NODE_PRICE * 2 * 30 + added, "balance");
        assertEq(details.lastExecutionEpoch, 40, "end");
        assertEq(details.pricePerEpoch, NODE_PRICE, "the first epochs cost what they did");
        place(jobId, 0, first(1));
        vm.warp(endOf(29));
        assertEq(escrow.getJobDetails(jobId).pricePerEpoch, 2 * NODE_PRICE, "the later ones more");
        vm.warp(endOf(60));
        assertEq(escrow.getJobDetails(jobId).pricePerEpoch, 2 * NODE_PRICE, "the last price stays");
    }

    function test_refusesToExtendByNothingOrForEver() public {
        uint256 jobId = order(30, 1);
        Orders.Funding memory funding = anything();
        vm.startPrank(PAYER);
        bytes4 refusal = Orders.InvalidLastExecutionEpoch.selector;
        vm.expectRevert(abi.encodeWithSelector(refusal, 30, 31, 65_535));
        escrow.extendJobDuration(jobId, 30, funding);
        vm.expectRevert(abi.encodeWithSelector(refusal, 65_536, 31, 65_535));
        escrow.extendJobDuration(jobId, 65_536, funding);
        escrow.extendJobDuration(jobId, 65_535, funding);
        vm.expectRevert(abi.encodeWithSelector(Orders.InvalidNodeCount.selector, 1, 2, 100));
        escrow.extendJobNodes(jobId, 1, funding);
        vm.expectRevert(abi.encodeWithSelector(Orders.InvalidNodeCount.selector, 101, 2, 100));
        escrow.extendJobNodes(jobId, 101, funding);
    }

    function test_refusesToExtendWhatHasEnded() public {
        uint256 jobId = order(30, 1);
        Orders.Funding memory funding = anything();
        vm.expectRevert(abi.encodeWithSelector(Jobs.UnknownJob.selector, 9));
        vm.prank(PAYER);
        escrow.extendJobDuration(9, 31, funding);
        place(jobId, 0, first(1));
        vm.warp(endOf(29));
        vm.startPrank(PAYER);
        vm.expectRevert(abi.encodeWithSelector(JobLedger.JobHasEnded.selector, jobId));
        escrow.extendJobDuration(jobId, 31, funding);
        vm.expectRevert(abi.encodeWithSelector(JobLedger.JobHasEnded.selector, jobId));
        escrow.extendJobNodes(jobId, 2, funding);
    }

    /// A node more costs what the others cost in every epoch that is left, this one included.
    function test_anAddedNodeCostsEveryEpochThatIsLeft() public {
        uint256 jobId = order(30, 1);
        jobFeed.set(JOB_USD_PER_R1 * 100 / 110 + 1);
        extendTo(jobId, 40);
        uint256 later = NODE_PRICE * 110 / 100;
        assertEq(escrow.prices().r1Price(ENTRY), later, "just within the tolerance");
        place(jobId, 0, first(1));
        vm.warp(endOf(24));
        uint256 added = (5 * NODE_PRICE + 10 * later) * 2;
        vm.expectEmit(true, false, false, true);
        emit JobNodesExtended(jobId, 3, added);
        addNodes(jobId, 3);
        assertEq(escrow.getJobDetails(jobId).numberOfNodesRequested, 3, "nodes");
        vm.warp(endOf(34));
        added = 5 * later;
        vm.expectEmit(true, false, false, true);
        emit JobNodesExtended(jobId, 4, added);
        addNodes(jobId, 4);
    }

    function test_addedNodesNeverCostMuchLessThanNow() public {
        uint256 jobId = order(30, 1);
        jobFeed.set(JOB_USD_PER_R1 * 100 / 111);
        extendTo(jobId, 40);
        uint256 priceNow = escrow.prices().r1Price(ENTRY);
        Orders.Funding memory funding = anything();
        vm.expectRevert(abi.encodeWithSelector(Orders.PriceTooOld.selector, NODE_PRICE, priceNow));
        vm.prank(PAYER);
        escrow.extendJobNodes(jobId, 2, funding);
        // The epochs of the old price are over: they do not count.
        place(jobId, 0, first(1));
        vm.warp(endOf(29));
        addNodes(jobId, 2);
        assertEq(
            uint256(escrow.getJobDetails(jobId).balance),
            NODE_PRICE * 30 + priceNow * 10 * 2,
            "ten epochs of two nodes"
        );
    }

    function test_whatNeverStartedIsTakenBackWhole() public {
        uint256 jobId = order(30, 1);
        extendTo(jobId, 35);
        vm.startPrank(PAYER);
        vm.expectRevert(abi.encodeWithSelector(Orders.NotRedeemable.selector, jobId));
        escrow.redeemUnusedJob(jobId);
        vm.warp(block.timestamp + 1 hours - 1);
        vm.expectRevert(abi.encodeWithSelector(Orders.NotRedeemable.selector, jobId));
        escrow.redeemUnusedJob(jobId);
        vm.warp(block.timestamp + 1);
        uint256 cost = NODE_PRICE * 35;
        vm.expectEmit(true, true, false, true);
        emit JobRedeemed(jobId, PAYER, cost);
        assertEq(escrow.redeemUnusedJob(jobId), cost, "all of it");
        assertEq(escrow.withdraw(PAYER), cost, "withdrawn");
        vm.expectRevert(abi.encodeWithSelector(Jobs.UnknownJob.selector, jobId));
        escrow.redeemUnusedJob(jobId);
        vm.stopPrank();
        assertEq(r1.balanceOf(address(escrow)), 0, "nothing is left");
        assertEq(escrow.getActiveJobs(PAYER).length, 0, "not listed");
        assertEq(escrow.getJobs(0, 5).length, 0, "on no page");
        vm.expectRevert(abi.encodeWithSelector(Jobs.UnknownJob.selector, jobId));
        escrow.getJobDetails(jobId);
    }

    function test_whatHasStartedIsNotTakenBack() public {
        uint256 jobId = order(30, 1);
        place(jobId, 0, first(1));
        vm.warp(block.timestamp + 1 hours);
        vm.expectRevert(abi.encodeWithSelector(Orders.NotRedeemable.selector, jobId));
        vm.prank(PAYER);
        escrow.redeemUnusedJob(jobId);
    }

    function permit(uint256 key, uint256 value) private view returns (Orders.Funding memory) {
        bytes32 content = keccak256(
            abi.encode(
                PERMIT_TYPEHASH, PAYER, address(escrow), value, r1.nonces(PAYER), block.timestamp
            )
        );
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, keccak256(abi.encodePacked(hex"1901", r1.DOMAIN_SEPARATOR(), content)));
        return Orders.Funding(value, block.timestamp, v, r, s);
    }

    function expectNotAuthorized(uint256 permission) private {
        vm.expectRevert(
            abi.encodeWithSelector(Delegates.NotAuthorized.selector, PAYER, STRANGER, permission)
        );
    }

    function extendTo(uint256 jobId, uint256 end) private {
        Orders.Funding memory funding = anything();
        vm.prank(PAYER);
        escrow.extendJobDuration(jobId, end, funding);
    }

    function addNodes(uint256 jobId, uint256 count) private {
        Orders.Funding memory funding = anything();
        vm.prank(PAYER);
        escrow.extendJobNodes(jobId, count, funding);
    }
}

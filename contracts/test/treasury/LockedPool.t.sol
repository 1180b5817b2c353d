// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Oracles} from "../../src/epochs/Oracles.sol";
import {LockedPool} from "../../src/treasury/LockedPool.sol";
import {Treasury} from "../../src/treasury/Treasury.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract LockedPoolTest is NetworkFixture {
    event MilestoneAnnounced(
        uint256 indexed milestone,
        address indexed recipient,
        uint256 amount,
        string purpose,
        bytes32 documentHash,
        uint32 payableFrom
    );
    event MilestonePaid(
        uint256 indexed milestone, address indexed recipient, uint256 amount, bytes32 reportHash
    );
    event MilestoneCancelled(uint256 indexed milestone, string reason);

    bytes32 private constant DOCUMENT = keccak256("document");
    bytes32 private constant REPORT = keccak256("report");

    LockedPool private pool;

    function setUp() public {
        begin(4);
        pool = treasury.grants();
        vm.prank(GOVERNANCE);
        devMinter.mint(address(pool), 1_000e18);
    }

    function test_theTreasuryMakesThreeThatUnlockSocialResponsibilityLast() public view {
        assertEq(treasury.marketing().unlockEpoch(), 365, "marketing");
        assertEq(treasury.grants().unlockEpoch(), 365, "grants");
        assertEq(treasury.socialResponsibility().unlockEpoch(), 730, "social responsibility");
        assertEq(pool.administrator(), ADMINISTRATOR, "administrator");
        assertEq(address(pool.r1()), address(r1), "token");
        assertEq(address(pool.controller()), address(controller), "network");
        assertEq(treasury.liquidity(), LIQUIDITY, "liquidity");
        assertEq(treasury.operations(), COMPANY, "operations");
    }

    function test_theTreasuryNeedsRecipients() public {
        vm.expectRevert(Treasury.InvalidPool.selector);
        new Treasury(r1, controller, address(0), COMPANY, ADMINISTRATOR);
        vm.expectRevert(Treasury.InvalidPool.selector);
        new Treasury(r1, controller, LIQUIDITY, address(0), ADMINISTRATOR);
        vm.expectRevert(Treasury.InvalidPool.selector);
        new Treasury(r1, controller, LIQUIDITY, COMPANY, address(0));
    }

    function test_paysAnAnnouncedMilestoneAfterTheWait() public {
        vm.warp(START + 400 * EPOCH + 7);
        vm.expectEmit(true, true, false, true);
        emit MilestoneAnnounced(0, OWNER, 300e18, "a wallet", DOCUMENT, 415);
        assertEq(announce(OWNER, 300e18), 0, "number");
        assertEq(pool.milestoneCount(), 1, "count");
        assertEq(uint256(pool.milestoneOf(0).status), 1, "announced");
        assertEq(pool.milestoneOf(0).documentHash, DOCUMENT, "document");
        vm.warp(START + 415 * EPOCH - 1); // at least 14 whole epochs
        refusesToPay(LockedPool.MilestoneWaits.selector, 0);
        vm.warp(START + 415 * EPOCH);
        vm.expectEmit(true, true, false, true);
        emit MilestonePaid(0, OWNER, 300e18, REPORT);
        pay(0);
        assertEq(r1.balanceOf(OWNER), 300e18, "paid");
        assertEq(r1.balanceOf(address(pool)), 700e18, "the rest stays");
        assertEq(pool.totalPaid(), 300e18, "noted");
        assertEq(pool.milestoneOf(0).reportHash, REPORT, "report");
        refusesToPay(LockedPool.MilestoneNotOpen.selector, 0);
    }

    function test_isDormantForAYearWhateverWasAnnounced() public {
        vm.warp(START + 10 * EPOCH);
        announce(OWNER, 1);
        assertEq(pool.milestoneOf(0).payableFrom, 365, "the end of dormancy");
        vm.warp(START + 365 * EPOCH - 1);
        refusesToPay(LockedPool.MilestoneWaits.selector, 0);
        vm.warp(START + 365 * EPOCH);
        pay(0);

        LockedPool social = treasury.socialResponsibility();
        vm.startPrank(ADMINISTRATOR);
        social.announce(OWNER, 1, "trees", DOCUMENT);
        assertEq(social.milestoneOf(0).payableFrom, 730, "unlocked last");
        vm.warp(START + 730 * EPOCH - 1);
        vm.expectRevert(abi.encodeWithSelector(LockedPool.MilestoneWaits.selector, 0, 730, 729));
        social.pay(0, REPORT);
        vm.stopPrank();
    }

    function test_announcesNothingBeforeGenesis() public {
        vm.expectRevert(Oracles.TimestampBeforeStartEpoch.selector);
        vm.prank(ADMINISTRATOR);
        pool.announce(OWNER, 1, "a wallet", DOCUMENT);
    }

    function test_servesTheAdministratorAlone() public {
        vm.warp(START);
        announce(OWNER, 1);
        address[3] memory others = [GOVERNANCE, OWNER, address(treasury)];
        for (uint256 i = 0; i < others.length; ++i) {
            bytes memory refusal =
                abi.encodeWithSelector(LockedPool.NotAdministrator.selector, others[i]);
            vm.startPrank(others[i]);
            vm.expectRevert(refusal);
            pool.announce(others[i], 1, "mine", DOCUMENT);
            vm.expectRevert(refusal);
            pool.pay(0, REPORT);
            vm.expectRevert(refusal);
            pool.cancel(0, "");
            vm.stopPrank();
        }
    }

    function test_refusesAMilestoneThatSaysTooLittle() public {
        vm.warp(START);
        vm.startPrank(ADMINISTRATOR);
        vm.expectRevert(LockedPool.InvalidMilestone.selector);
        pool.announce(address(0), 1, "a wallet", DOCUMENT);
        vm.expectRevert(LockedPool.InvalidMilestone.selector);
        pool.announce(address(pool), 1, "a wallet", DOCUMENT);
        vm.expectRevert(LockedPool.InvalidMilestone.selector);
        pool.announce(OWNER, 0, "a wallet", DOCUMENT);
        vm.expectRevert(LockedPool.InvalidMilestone.selector);
        pool.announce(OWNER, 1, "", DOCUMENT);
        vm.expectRevert(LockedPool.InvalidMilestone.selector);
        pool.announce(OWNER, 1, "a wallet", 0);
        pool.announce(OWNER, 1, "a wallet", DOCUMENT);
        vm.warp(START + 365 * EPOCH);
        vm.expectRevert(LockedPool.ReportMissing.selector);
        pool.pay(0, 0);
        vm.stopPrank();
    }

    function test_aCancelledMilestoneIsNeverPaid() public {
        vm.warp(START + 400 * EPOCH);
        announce(OWNER, 5);
        vm.startPrank(ADMINISTRATOR);
        vm.expectEmit(true, false, false, true);
        emit MilestoneCancelled(0, "not reached");
        pool.cancel(0, "not reached");
        vm.expectRevert(
            abi.encodeWithSelector(
                LockedPool.MilestoneNotOpen.selector, 0, LockedPool.Status.Cancelled
            )
        );
        pool.cancel(0, "again");
        vm.expectRevert(
            abi.encodeWithSelector(LockedPool.MilestoneNotOpen.selector, 1, LockedPool.Status.None)
        );
        pool.cancel(1, "there is none");
        vm.stopPrank();
        vm.warp(START + 500 * EPOCH);
        refusesToPay(LockedPool.MilestoneNotOpen.selector, 0);
        assertEq(uint256(pool.milestoneOf(7).status), 0, "none");
    }

    function test_cannotPayMoreThanItHolds() public {
        vm.warp(START + 400 * EPOCH);
        announce(OWNER, 1_000e18 + 1);
        vm.warp(START + 415 * EPOCH);
        refusesToPay(IERC20Errors.ERC20InsufficientBalance.selector, 0);
        assertEq(pool.totalPaid(), 0, "nothing");
        vm.prank(GOVERNANCE);
        devMinter.mint(address(pool), 1);
        pay(0);
        assertEq(r1.balanceOf(address(pool)), 0, "all of it");
    }

    function announce(address recipient, uint256 amount) private returns (uint256) {
        vm.prank(ADMINISTRATOR);
        return pool.announce(recipient, amount, "a wallet", DOCUMENT);
    }

    function pay(uint256 milestone) private {
        vm.prank(ADMINISTRATOR);
        pool.pay(milestone, REPORT);
    }

    function refusesToPay(bytes4 reason, uint256 milestone) private {
        vm.expectPartialRevert(reason);
        vm.prank(ADMINISTRATOR);
        pool.pay(milestone, REPORT);
    }
}

/// Acts on a pool at random, as its administrator and as strangers, who also try whatever else R1 or
/// the pool answer to.
contract PoolActs is NetworkFixture {
    LockedPool public pool;
    uint256 public received;
    uint256 public paid;

    constructor() {
        begin(4);
        pool = treasury.marketing();
        vm.warp(START);
    }

    function fill(uint256 amount) public {
        amount = bound(amount, 0, 1_000e18);
        vm.prank(GOVERNANCE);
        devMinter.mint(address(pool), amount);
        received += amount;
    }

    function announce(uint256 amount, uint160 recipient) public {
        amount = bound(amount, 1, 500e18);
        vm.prank(ADMINISTRATOR);
        pool.announce(address(recipient | 0x10000), amount, "work", keccak256("document"));
    }

    function pay(uint256 milestone) public {
        uint256 count = pool.milestoneCount();
        if (count == 0) return;
        milestone %= count;
        LockedPool.Milestone memory open = pool.milestoneOf(milestone);
        vm.prank(ADMINISTRATOR);
        try pool.pay(milestone, keccak256("report")) {
            assertTrue(open.status == LockedPool.Status.Announced, "only what is open");
            assertLe(open.payableFrom, controller.currentEpoch(), "after the wait");
            assertLe(365, controller.currentEpoch(), "after dormancy");
            paid += open.amount;
        } catch {}
    }

    function cancel(uint256 milestone) public {
        if (milestone % 4 != 0 || pool.milestoneCount() == 0) return;
        vm.prank(ADMINISTRATOR);
        try pool.cancel(milestone % pool.milestoneCount(), "") {} catch {}
    }

    function wait(uint256 epochs) public {
        vm.warp(block.timestamp + bound(epochs, 1, 60) * EPOCH);
    }

    function raid(uint160 raider, uint256 amount) public {
        vm.startPrank(address(raider | 0x10000));
        try r1.transferFrom(address(pool), address(raider | 0x10000), amount % 1e18 + 1) {
            assertTrue(false, "raided");
        } catch {}
        try pool.pay(amount % 8, keccak256("report")) {
            assertTrue(false, "raided");
        } catch {}
        vm.stopPrank();
    }
}

contract LockedPoolInvariantsTest is NetworkFixture {
    PoolActs private acts;

    function setUp() public {
        acts = new PoolActs();
    }

    /// Read by forge.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(acts);
    }

    function invariant_moneyLeavesForMilestonesAlone() public view {
        LockedPool pool = acts.pool();
        uint256 held = pool.r1().balanceOf(address(pool));
        assertEq(held + acts.paid(), acts.received(), "in = paid + held");
        assertEq(pool.totalPaid(), acts.paid(), "noted");
    }

    function test_theActsReachAPayment() public {
        acts.fill(900e18);
        acts.announce(7, 1);
        for (uint256 i = 0; i < 7; ++i) {
            acts.wait(59);
        }
        acts.pay(0);
        acts.raid(5, 1);
        assertLe(1, acts.paid(), "paid");
    }
}

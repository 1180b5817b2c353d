// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Challenges} from "../../src/work/Challenges.sol";
import {Juries} from "../../src/work/Juries.sol";
import {JuryFixture} from "../support/JuryFixture.sol";

/// Drives challenges through random acts of parties, jurors, thieves and time.
contract Court is JuryFixture {
    uint256 private constant OWNERS = 9;
    uint256 private constant ACCOUNTS = OWNERS + 2;

    uint256 public income;
    uint256 public withdrawn;
    uint256 public burned;
    uint256 public settled;
    uint256 public unjudged;

    constructor() {
        beginWithOwners(OWNERS);
        for (uint256 job = 0; job < 4; ++job) {
            jobs.set(job, PAYER, single(OPERATOR));
        }
    }

    function challengeAJob(uint256 job, bool byPayer) public {
        (address by, address of_) = byPayer ? (PAYER, OPERATOR) : (OPERATOR, PAYER);
        fundFor(by, DEPOSIT);
        vm.prank(by);
        try challenges.challenge(job % 4, of_, EVIDENCE, "") {
            income += DEPOSIT;
        } catch (bytes memory reason) {
            assertReason(reason, Challenges.AlreadyChallenged.selector, "challenge");
        }
    }

    function endow(uint256 amount) public {
        amount = bound(amount, 1, 40e18);
        fundFor(COMPANY, amount);
        vm.prank(COMPANY);
        challenges.endow(amount);
        income += amount;
    }

    function certify() public {
        recordTo(controller.pendingEpoch());
    }

    function wait(uint256 time) public {
        vm.warp(block.timestamp + bound(time, 1, ACCEPT));
    }

    function draw(uint256 which, uint256 limit) public {
        (bool any, uint256 id) = pick(which);
        if (!any) return;
        try challenges.draw(id, limit % 40) {} catch {}
    }

    /// Everybody who was offered a seat may accept it, in time or not.
    function accept(uint256 which, uint256 who) public {
        (bool any, uint256 id) = pick(which);
        if (!any) return;
        address[] memory offered = challenges.panelOf(id).offered;
        address juror = offered.length == 0 ? account(who) : offered[who % offered.length];
        fundFor(juror, STAKE);
        vm.prank(juror);
        try challenges.accept(id) {
            income += STAKE;
            assertTrue(juror != PAYER && juror != OPERATOR, "a party sits");
        } catch {}
    }

    /// A jury that comes together at once, whole or in part.
    function assemble(uint256 which, uint256 count) public {
        (bool any, uint256 id) = pick(which);
        if (!any || challenges.phaseOf(id) != Challenges.Phase.Assembling) return;
        while (challenges.panelOf(id).seedEpoch - 2 >= controller.pendingEpoch()) certify();
        draw(which, 39);
        draw(which, 39);
        address[] memory offered = challenges.panelOf(id).offered;
        for (uint256 i = 0; i < offered.length && i < 1 + count % (SIZE + 2); ++i) {
            accept(which, i);
        }
    }

    function convene(uint256 which) public {
        (bool any, uint256 id) = pick(which);
        if (!any || challenges.phaseOf(id) != Challenges.Phase.Convening) return;
        challenges.convene(id);
        if (challenges.phaseOf(id) == Challenges.Phase.Closed) ++unjudged;
    }

    function commit(uint256 which, uint256 who) public {
        (bool any, uint256 id) = pick(which);
        if (!any || challenges.phaseOf(id) != Challenges.Phase.Committing) return;
        address[] memory jurors = challenges.panelOf(id).jurors;
        address juror = jurors[who % jurors.length];
        if (challenges.seatOf(id, juror).standing != Juries.Standing.Seated) return;
        commitBy(id, juror, voteOf(id, juror));
    }

    function reveal(uint256 which, uint256 who) public {
        (bool any, uint256 id) = pick(which);
        if (!any || challenges.phaseOf(id) != Challenges.Phase.Revealing) return;
        address[] memory jurors = challenges.panelOf(id).jurors;
        address juror = jurors[who % jurors.length];
        if (challenges.seatOf(id, juror).standing != Juries.Standing.Committed) return;
        revealBy(id, juror, voteOf(id, juror));
    }

    /// A whole challenge at once, so that long sequences see many endings.
    function judge(uint256 which, uint256 votesFor, uint256 votesAgainst) public {
        (bool any, uint256 id) = pick(which);
        if (!any || challenges.phaseOf(id) != Challenges.Phase.Committing) return;
        address[] memory jurors = challenges.panelOf(id).jurors;
        for (uint256 i = 0; i < jurors.length; ++i) {
            if (challenges.seatOf(id, jurors[i]).standing != Juries.Standing.Seated) return;
        }
        votesFor = votesFor % (jurors.length + 1);
        vote(id, votesFor, votesAgainst % (jurors.length + 1 - votesFor));
        settle(which);
    }

    function settle(uint256 which) public {
        (bool any, uint256 id) = pick(which);
        if (!any || challenges.phaseOf(id) != Challenges.Phase.Settling) return;
        uint256 supply = r1.totalSupply();
        challenges.settle(id);
        burned += supply - r1.totalSupply();
        ++settled;
    }

    function withdraw(uint256 who) public {
        address by = account(who);
        uint256 before = r1.balanceOf(by);
        vm.prank(by);
        try challenges.withdraw() {
            withdrawn += r1.balanceOf(by) - before;
        } catch {
            assertEq(challenges.owed(by), 0, "what is owed is paid");
        }
    }

    function pick(uint256 which) private view returns (bool, uint256) {
        uint256 count = challenges.challengeCount();
        return (count > 0, count == 0 ? 0 : count - which % (count < 4 ? count : 4));
    }

    function account(uint256 who) private pure returns (address) {
        who %= ACCOUNTS;
        if (who == OWNERS) return PAYER;
        return who == OWNERS + 1 ? OPERATOR : owner(who);
    }

    function voteOf(uint256 id, address juror) private pure returns (bool) {
        return uint256(keccak256(abi.encode(id, juror))) % 2 == 0;
    }

    function assertReason(bytes memory reason, bytes4 expected, string memory what) private pure {
        assertTrue(bytes4(reason) == expected, what);
    }

    // What must hold after every sequence of acts.

    /// In = withdrawn + burned + held, and what is held is owed, pending or in the fund.
    function checkMoney() external view {
        uint256 held = r1.balanceOf(address(challenges));
        assertEq(held + withdrawn + burned, income, "in = out + held");
        uint256 claims = challenges.juryFund();
        for (uint256 i = 0; i < ACCOUNTS; ++i) {
            claims += challenges.owed(account(i));
        }
        for (uint256 id = 1; id <= challenges.challengeCount(); ++id) {
            if (challenges.outcomeOf(id) != Challenges.Outcome.Pending) continue;
            claims += DEPOSIT + STAKE * challenges.panelOf(id).jurors.length;
        }
        assertEq(claims, held, "every wei belongs to somebody");
    }

    function checkJuries() external view {
        for (uint256 id = 1; id <= challenges.challengeCount(); ++id) {
            Juries.Panel memory panel = challenges.panelOf(id);
            assertLe(panel.jurors.length, SIZE, "no more than a jury");
            assertLe(panel.looked, challenges.MAX_CANDIDATES(), "candidates");
            if (challenges.ballotOf(id).commitEnd > 0) {
                assertEq(panel.jurors.length % 2, 1, "an odd jury votes");
                assertLe(LEAST, panel.jurors.length, "of three or more");
            }
            for (uint256 i = 0; i < panel.offered.length; ++i) {
                address juror = panel.offered[i];
                assertTrue(juror != PAYER && juror != OPERATOR, "a party was drawn");
                for (uint256 j = 0; j < i; ++j) {
                    assertTrue(juror != panel.offered[j], "two seats");
                }
            }
        }
    }
}

contract ChallengesInvariantsTest is JuryFixture {
    Court private court;

    function setUp() public {
        court = new Court();
    }

    /// Read by forge.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(court);
    }

    function invariant_moneyIsAccountedFor() public view {
        court.checkMoney();
    }

    function invariant_juriesAreFair() public view {
        court.checkJuries();
    }

    /// The random acts reach what they are meant to test.
    function test_theActsReachEveryEnding() public {
        court.challengeAJob(0, true);
        court.challengeAJob(1, true);
        court.certify();
        court.certify();
        court.draw(0, 39);
        court.draw(1, 39);
        for (uint256 i = 0; i < SIZE; ++i) {
            court.accept(0, i);
        }
        court.judge(0, 1, 3);
        assertEq(court.settled(), 1, "settled");
        assertTrue(court.burned() > 0, "burned");
        for (uint256 i = 0; i < 12; ++i) {
            court.wait(ACCEPT - 1);
        }
        court.convene(1);
        assertEq(court.unjudged(), 1, "unjudged");
        court.withdraw(9);
        assertEq(court.withdrawn(), DEPOSIT, "withdrawn");
        court.checkMoney();
        court.checkJuries();
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AvailabilityTree} from "../../src/work/AvailabilityTree.sol";
import {Escrow} from "../../src/work/Escrow.sol";
import {EscrowFixture} from "./EscrowFixture.sol";
import {Orders} from "../../src/work/Orders.sol";

/// Drives an escrow through random acts of payers, oracles, operators and bystanders, and keeps
/// its own books of what they must lead to.
contract Market is EscrowFixture {
    uint256 private constant JOBS = 6;

    /// What came in, what was burned, and what left again.
    uint256 public paidIn;
    uint256 public burned;
    uint256 public withdrawn;
    uint256 public releases;
    uint256 public closings;

    /// What a node of a job earned in an epoch by the model; zero until it is settled.
    mapping(uint256 jobId => mapping(uint32 epoch => mapping(address node => uint256))) private
        _model;
    mapping(uint256 jobId => uint256) private _earnedEver;
    mapping(uint256 jobId => uint256) private _releasedEver;
    uint256[] private _ids;

    constructor() {
        beginEscrow();
        jobFeed.set(JOB_USD_PER_R1);
    }

    function create(uint256 jobType, uint256 epochs, uint256 count) public {
        if (_ids.length == JOBS) return;
        Orders.JobCreationRequest[] memory requests = request(
            1 + jobType % 9,
            controller.currentEpoch() + bound(epochs, 30, 50),
            bound(count, 1, NODES)
        );
        uint256 before = r1.balanceOf(PAYER);
        Orders.Funding memory funding = anything();
        vm.prank(PAYER);
        _ids.push(escrow.createJobs(PAYER, requests, funding)[0]);
        paidIn += before - r1.balanceOf(PAYER);
    }

    function price(uint256 usdPerR1) public {
        jobFeed.set(bound(usdPerR1, 0.4e18, 0.6e18));
    }

    function extend(uint256 which, uint256 by, bool inNodes) public {
        uint256 jobId = job(which);
        if (jobId == 0) return;
        Escrow.JobDetails memory details = escrow.getJobDetails(jobId);
        uint256 before = r1.balanceOf(PAYER);
        Orders.Funding memory funding = anything();
        vm.startPrank(PAYER);
        if (inNodes) {
            try escrow.extendJobNodes(jobId, details.numberOfNodesRequested + 1, funding) {}
                catch {}
        } else {
            uint256 end = details.lastExecutionEpoch + bound(by, 1, 10);
            try escrow.extendJobDuration(jobId, end, funding) {} catch {}
        }
        vm.stopPrank();
        paidIn += before - r1.balanceOf(PAYER);
    }

    function redeem(uint256 which) public {
        uint256 jobId = job(which);
        if (jobId == 0) return;
        vm.prank(PAYER);
        try escrow.redeemUnusedJob(jobId) {
            _ids[which % _ids.length] = _ids[_ids.length - 1];
            _ids.pop();
        } catch {}
    }

    /// Nodes of a random part of the set, from a random epoch on; now and then none.
    function placeSome(uint256 which, uint256 mask, uint256 from) public {
        uint256 jobId = job(which);
        if (jobId == 0) return;
        uint256 count = escrow.getJobDetails(jobId).numberOfNodesRequested;
        address[] memory set = new address[](NODES);
        uint256 length = 0;
        for (uint256 i = 0; i < NODES && length < count; ++i) {
            if ((mask >> i) & 1 == 1) set[length++] = nodes[i];
        }
        assembly ("memory-safe") {
            mstore(set, length)
        }
        if (length == 0 && mask % 64 != 0) return;
        uint32 current = controller.currentEpoch();
        uint32 epoch = uint32(bound(from, current > 2 ? current - 2 : 0, current + 1));
        try this.placeOutside(jobId, epoch, set) {} catch {}
    }

    function placeOutside(uint256 jobId, uint32 epoch, address[] memory set) external {
        place(jobId, epoch, set);
    }

    /// Certifies a few epochs; most nodes are well.
    function certifySome(uint256 seed, uint256 count) public {
        for (uint256 i = 0; i < bound(count, 1, 8); ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint8[4] memory availability;
            for (uint256 k = 0; k < NODES; ++k) {
                uint256 dice = (seed >> (16 * k)) % 16;
                availability[k] = dice == 0 ? uint8(seed >> (16 * k + 8)) : uint8(250 + (dice % 6));
            }
            certify(availability, seed % 11 == 0 ? 2 : 1);
        }
    }

    /// Somebody settles a random part of a job's epochs.
    function settleSome(uint256 which, uint256 mask) public {
        uint256 jobId = job(which);
        if (jobId == 0) return;
        uint32 newest = controller.pendingEpoch();
        for (uint32 e = newest > 8 ? newest - 8 : 0; e < newest; ++e) {
            mask = uint256(keccak256(abi.encode(mask)));
            address[] memory set = escrow.nodesOf(jobId, e);
            for (uint256 i = 0; i < set.length; ++i) {
                if ((mask >> i) % 4 != 0) settleOne(jobId, e, set[i]);
            }
        }
    }

    function settleOne(uint256 jobId, uint32 epoch, address who) private {
        bool before = escrow.isSettled(jobId, epoch, who);
        uint256 earnedBefore = escrow.standingOf(jobId).earned;
        AvailabilityTree.Entry[] memory rows = entries(epoch, only(who));
        try escrow.settle(jobId, certificates[epoch], rows) {
            uint256 gain = escrow.standingOf(jobId).earned - earnedBefore;
            if (before) {
                assertEq(gain, 0, "paid twice for an epoch");
                return;
            }
            uint8 availability = availabilityOf[epoch][who];
            bool due = availability >= 250 && typeIn[epoch] == 1;
            assertTrue(due == (gain > 0), "paid exactly when it is due");
            assertEq(_model[jobId][epoch][who], 0, "new in the books, too");
            _model[jobId][epoch][who] = gain;
            _earnedEver[jobId] += gain;
        } catch {}
    }

    function blame(uint256 which, uint256 back) public {
        uint256 jobId = job(which);
        uint32 newest = controller.pendingEpoch();
        if (jobId == 0 || newest < 10) return;
        uint32 epoch = uint32(newest - 1 - bound(back, 7, 9));
        uint256 before = escrow.standingOf(jobId).earned;
        try escrow.settleAbsent(jobId, certificates[epoch]) {} catch {}
        assertEq(escrow.standingOf(jobId).earned, before, "absence earns nothing");
    }

    function release(uint256 which, uint256 term) public {
        uint256 jobId = job(which);
        if (jobId == 0) return;
        uint256 supply = r1.totalSupply();
        uint256 owed = escrow.standingOf(jobId).earned;
        try escrow.release(jobId, term % 3, shares(NODES)) {
            burned += supply - r1.totalSupply();
            uint256 gone = owed - escrow.standingOf(jobId).earned;
            _releasedEver[jobId] += gone;
            if (gone > 0) releases++;
            assertLe((supply - r1.totalSupply()) * 100, gone * 15, "at most 15 % are burned");
        } catch {}
    }

    function close(uint256 which) public {
        uint256 jobId = job(which);
        if (jobId == 0) return;
        bool closable = escrow.isClosable(jobId);
        try escrow.close(jobId) {
            assertTrue(closable, "foretold");
            closings++;
        } catch {
            assertTrue(!closable, "foretold");
        }
    }

    function withdraw(uint256 who) public {
        who %= NODES + 1;
        address account = who == NODES ? PAYER : operators[who];
        uint256 due = escrow.withdrawable(account);
        if (due == 0) return;
        uint256 before = r1.balanceOf(account);
        vm.prank(account);
        escrow.withdraw(account);
        assertEq(r1.balanceOf(account) - before, due, "to the unit");
        withdrawn += due;
    }

    function wait(uint256 time) public {
        vm.warp(block.timestamp + bound(time, 1, 3 * EPOCH));
    }

    function job(uint256 which) private view returns (uint256) {
        return _ids.length == 0 ? 0 : _ids[which % _ids.length];
    }

    // What must hold after every sequence of acts.

    function checkBooks() external view {
        uint256 held = escrow.withdrawable(PAYER);
        for (uint256 i = 0; i < NODES; ++i) {
            held += escrow.withdrawable(operators[i]);
        }
        for (uint256 i = 0; i < _ids.length; ++i) {
            held += uint256(escrow.getJobDetails(_ids[i]).balance);
        }
        assertEq(r1.balanceOf(address(escrow)), held, "the balance is what is owed");
        assertEq(paidIn, burned + withdrawn + held, "in = burned + paid and refunded + held");
    }

    function checkJobs() external view {
        for (uint256 i = 0; i < _ids.length; ++i) {
            uint256 jobId = _ids[i];
            uint256 owed = escrow.standingOf(jobId).earned;
            assertEq(_earnedEver[jobId], owed + _releasedEver[jobId], "earned once, released once");
            assertLe(owed, uint256(escrow.getJobDetails(jobId).balance), "every job is solvent");
            if (escrow.standingOf(jobId).closed) {
                assertEq(owed, uint256(escrow.getJobDetails(jobId).balance), "closed: no more");
            }
        }
    }
}

contract EscrowInvariantsTest is EscrowFixture {
    Market private market;

    function setUp() public {
        market = new Market();
    }

    /// Read by forge.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(market);
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// Read by forge: the acts, without what only looks.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[14] memory acts = [
            Market.create.selector,
            Market.price.selector,
            Market.extend.selector,
            Market.redeem.selector,
            Market.placeSome.selector,
            Market.placeSome.selector,
            Market.certifySome.selector,
            Market.certifySome.selector,
            Market.settleSome.selector,
            Market.settleSome.selector,
            Market.blame.selector,
            Market.release.selector,
            Market.close.selector,
            Market.withdraw.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(market), new bytes4[](15));
        for (uint256 i = 0; i < 14; ++i) {
            targets[0].selectors[i] = acts[i];
        }
        targets[0].selectors[14] = Market.wait.selector;
    }

    /// A term is long: few runs that go far.
    /// forge-config: default.invariant.runs = 12
    /// forge-config: default.invariant.depth = 200
    /// forge-config: long.invariant.runs = 500
    /// forge-config: long.invariant.depth = 200
    function invariant_nothingIsLostMadeOrPaidTwice() public view {
        market.checkBooks();
        market.checkJobs();
    }

    /// The random acts reach what they are meant to test.
    function test_theActsReachReleasesAndClosings() public {
        for (uint256 i = 0; i < 5; ++i) {
            market.create(i, 0, i);
            market.placeSome(i, 15, 0);
        }
        for (uint256 i = 0; i < 14; ++i) {
            market.certifySome(i, 2);
            for (uint256 k = 0; k < 5; ++k) {
                market.settleSome(k, i);
                market.blame(k, i);
            }
            market.extend(i, i, i % 2 == 0);
        }
        for (uint256 i = 0; i < 6; ++i) {
            market.certifySome(i, 5);
        }
        market.wait(0);
        for (uint256 i = 0; i < 10; ++i) {
            market.release(i, i / 5);
            market.close(i);
            market.withdraw(i);
        }
        assertLe(4, market.releases(), "releases");
        assertLe(4, market.closings(), "closings");
        market.checkBooks();
        market.checkJobs();
    }
}

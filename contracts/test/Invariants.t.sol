// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {EpochCertificate} from "../src/epochs/EpochCertificates.sol";
import {Handovers} from "../src/licences/Handovers.sol";
import {LinkedLicence} from "../src/licences/LinkedLicence.sol";
import {RewardTree} from "../src/rewards/RewardTree.sol";
import {NetworkFixture} from "./support/NetworkFixture.sol";
import {Tree} from "./support/Tree.sol";

/// Drives a network through random acts of owners, nodes, governance and oracles. The oracles are
/// corrupt at times: they certify credits or weights that nobody can have.
contract Economy is NetworkFixture {
    /// What a certificate says a licence has earned.
    struct Earned {
        uint256 credits;
        uint256 weight;
    }

    /// A licence of any kind.
    struct Which {
        LinkedLicence deeds;
        uint8 kind;
        uint256 id;
    }

    uint256 private constant NODES = 6;
    uint256 private constant DEEDS = 5;
    uint256 private constant MASTERS = 3;
    uint256 private constant CAP = 1_575_188_843_457_943_925_233;
    uint256 private constant GENESIS_CAP = 46_761_182.022e18;
    uint256 private constant ASSIGNED = 1_000_000e18;
    /// So many epochs are over before the acts begin, so that they reach beyond the cliff.
    uint32 private constant PAST = 205;

    mapping(uint256 epoch => mapping(uint256 key => Earned)) private certified;
    mapping(uint256 key => Earned) private honest;
    mapping(uint256 epoch => EpochCertificate) private certificates;
    mapping(uint256 epoch => uint256) private deedsIn;
    mapping(uint256 epoch => uint256) private mastersIn;
    uint256 public given;
    uint256 public burned;
    uint256 public paidOut;
    uint256 public pooled;
    uint256 public claims;
    uint256 public settlements;
    uint256 public lapses;

    constructor() {
        begin(4);
        for (uint32 e = 0; e < PAST; ++e) {
            certify(0);
        }
        buy(0);
        buy(1);
        buy(2);
        assign(0);
        assign(1);
    }

    function buy(uint256 who) public {
        if (deed.totalSupply() == DEEDS) return;
        deedsFor(owner(who), 1);
        given += PRICE;
        burned += PRICE / 5;
    }

    function assign(uint256 who) public {
        if (masterDeed.licenceCount() < MASTERS) masterDeedFor(owner(who), ASSIGNED);
    }

    function link(uint256 seed, uint256 nodeIndex) public {
        Which memory one = which(seed);
        nodeIndex %= NODES;
        if (gone(one) || banned(one) || controller.isNodeActive(node(nodeIndex))) return;
        linkAs(one.deeds, one.deeds.ownerOf(one.id), one.id, nodeIndex);
    }

    function unlink(uint256 seed) public {
        Which memory one = which(seed);
        if (gone(one) || one.deeds.licence(one.id).node == address(0)) return;
        vm.prank(one.deeds.ownerOf(one.id));
        one.deeds.unlink(one.id);
    }

    function transfer(uint256 seed, uint256 to) public {
        Which memory one = which(seed);
        if (gone(one) || banned(one) || one.kind == 3) return;
        address from = one.deeds.ownerOf(one.id);
        if (one.kind == 2) {
            if (masterDeed.assignedTo(owner(to)) > 2 * ASSIGNED) return;
            vm.prank(GOVERNANCE);
            masterDeed.initiateTransfer(from, owner(to));
        }
        vm.prank(from);
        one.deeds.transferFrom(from, owner(to), one.id);
    }

    function destroy(uint256 seed) public {
        Which memory one = Which(masterDeed, 2, 1 + seed % masterDeed.licenceCount());
        if (gone(one) || banned(one) || masterDeed.handovers(one.id).length > 0 || seed % 8 != 0) {
            return;
        }
        address holder = masterDeed.ownerOf(one.id);
        vm.prank(GOVERNANCE);
        masterDeed.initiateBurn(holder);
        vm.prank(holder);
        masterDeed.burn(one.id);
    }

    function toggleBan(uint256 seed) public {
        Which memory one = which(seed);
        if (gone(one)) return;
        bool wasBanned = banned(one);
        vm.prank(GOVERNANCE);
        if (wasBanned) one.deeds.unban(one.id, "");
        else one.deeds.ban(one.id, "");
    }

    function burn(uint256 who, uint256 amount) public {
        uint256 balance = r1.balanceOf(owner(who));
        amount = bound(amount, 0, balance);
        vm.prank(owner(who));
        r1.burn(amount);
        burned += amount;
    }

    function wait(uint256 time) public {
        vm.warp(block.timestamp + bound(time, 1, 2 * EPOCH));
    }

    /// Certifies an epoch. A corrupt quorum now and then adds what nobody can have earned.
    function certify(uint256 seed) public {
        uint32 epoch = controller.pendingEpoch();
        if (block.timestamp < endOf(epoch)) vm.warp(endOf(epoch));
        (deedsIn[epoch], mastersIn[epoch]) = (deed.licenceCount(), masterDeed.licenceCount());
        Which[] memory all = licencesIn(epoch);
        for (uint256 i = 0; i < all.length; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            Earned storage sum = honest[key(all[i])];
            if (hadRow(all[i], epoch)) {
                sum.credits += seed % 256;
                sum.weight += (seed % 256) * rewards.rateOf(all[i].kind, all[i].id, epoch);
            }
            Earned memory shown = sum;
            if ((seed >> 8) % 8 == 0) shown.credits += 1e6;
            if ((seed >> 16) % 8 == 0) shown.weight += 1e30;
            certified[epoch][key(all[i])] = shown;
        }
        EpochCertificate memory certificate = certificateOf(epoch);
        certificate.cumulativeRoot = Tree.root(tree(epoch));
        certificates[epoch] = certificate;
        record(certificate);
    }

    function certifyMany(uint256 seed) public {
        for (uint256 i = 0; i < 1 + seed % 30; ++i) {
            certify(uint256(keccak256(abi.encode(seed, i))));
        }
    }

    /// Claims; what the contract refuses must be a claim beyond its bounds.
    function claim(uint256 seed) public {
        Which memory one = which(seed);
        uint32 epoch = controller.pendingEpoch() - 1;
        uint256 index = indexIn(epoch, one);
        if (index == type(uint256).max) return;
        Earned memory e = certified[epoch][key(one)];
        bytes32[] memory path = Tree.proof(tree(epoch), index);
        address to = gone(one) ? address(0) : one.deeds.ownerOf(one.id);
        uint256 before = r1.balanceOf(to);
        try rewards.claim(one.kind, one.id, e.credits, e.weight, path) returns (uint256 amount) {
            assertTrue(allowed(one, e, epoch + 1), "a claim beyond its bounds was paid");
            assertTrue(pending(one) == 0, "a seller waits");
            assertEq(r1.balanceOf(to) - before, one.kind == 3 ? 0 : amount, "the owner is paid");
            assertEq(rewards.claimed(one.kind, one.id), due(one, e), "to the wei");
            paidOut += amount;
            if (one.kind == 3) pooled += amount;
            claims++;
        } catch {
            bool nothing = rewards.claimed(one.kind, one.id) >= due(one, e);
            bool refused = gone(one) || pending(one) > 0 || !allowed(one, e, epoch + 1) || nothing;
            assertTrue(refused, "an honest claim was refused");
        }
    }

    /// Settles with the oldest seller of a licence, or passes over him.
    function settle(uint256 seed) public {
        Which memory one = which(seed);
        if (one.kind == 3 || pending(one) == 0) return;
        Handovers.Handover memory oldest = Handovers(address(one.deeds)).handovers(one.id)[0];
        uint32 epoch = oldest.throughEpoch;
        if (epoch >= controller.pendingEpoch()) return;
        Earned memory e = certified[epoch][key(one)];
        bytes32[] memory path = Tree.proof(tree(epoch), indexIn(epoch, one));
        uint256 before = r1.balanceOf(oldest.seller);
        uint256 paid = rewards.claimed(one.kind, one.id);
        try rewards.settle(
            one.kind, one.id, e.credits, e.weight, certificates[epoch], path
        ) returns (
            uint256 amount
        ) {
            assertTrue(allowed(one, e, epoch + 1), "a settlement beyond its bounds");
            uint256 total = due(one, e);
            assertEq(amount, total > paid ? total - paid : 0, "what was his");
            assertEq(r1.balanceOf(oldest.seller) - before, amount, "the seller is paid");
            paidOut += amount;
            settlements++;
        } catch {
            assertTrue(!allowed(one, e, epoch + 1), "an honest settlement was refused");
            try rewards.lapse(one.kind, one.id) {
                lapses++;
                assertLe(epoch + 91, controller.pendingEpoch(), "too early");
            } catch {
                bool early = controller.pendingEpoch() < epoch + 91;
                assertTrue(early || banned(one), "a lapse was refused");
            }
        }
    }

    /// Whether what a certificate shows is within the bounds of the contract.
    function allowed(Which memory one, Earned memory e, uint256 upTo) private view returns (bool) {
        if (banned(one)) return false;
        uint64 activated = one.deeds.activatedAt(one.id);
        if (activated == 0) return e.credits == 0 && e.weight == 0;
        uint256 first = activated <= START ? 0 : (activated - START + EPOCH - 1) / EPOCH;
        if (e.credits > (upTo > first ? upTo - first : 0) * 255) return false;
        if (one.kind == 1) return e.weight == e.credits * RATE;
        if (one.kind == 3) return e.weight == e.credits * rewards.GND_MAX_RELEASE_PER_EPOCH();
        if (upTo <= first) return e.weight == 0;
        return e.weight <= 255 * masterDeed.releasedBetween(one.id, first, upTo);
    }

    function due(Which memory one, Earned memory e) private pure returns (uint256) {
        uint256 cap = one.kind == 1 ? CAP : one.kind == 2 ? ASSIGNED : GENESIS_CAP;
        return e.weight / 255 < cap ? e.weight / 255 : cap;
    }

    function hadRow(Which memory one, uint32 epoch) private view returns (bool) {
        address from = one.deeds.nodeAt(one.id, uint96(endOf(epoch) - EPOCH));
        return from != address(0) && from == one.deeds.nodeAt(one.id, uint96(endOf(epoch)));
    }

    function pending(Which memory one) private view returns (uint256) {
        return one.kind == 3 ? 0 : Handovers(address(one.deeds)).handovers(one.id).length;
    }

    function gone(Which memory one) private view returns (bool) {
        try one.deeds.ownerOf(one.id) {
            return false;
        } catch {
            return true;
        }
    }

    function banned(Which memory one) private view returns (bool) {
        return !gone(one) && one.deeds.licence(one.id).banned;
    }

    function tree(uint32 epoch) private view returns (bytes32[] memory leaves) {
        Which[] memory all = licencesIn(epoch);
        leaves = new bytes32[](all.length);
        for (uint256 i = 0; i < all.length; ++i) {
            Earned memory e = certified[epoch][key(all[i])];
            leaves[i] = RewardTree.leaf(all[i].kind, all[i].id, e.credits, e.weight);
        }
    }

    function indexIn(uint32 epoch, Which memory one) private view returns (uint256) {
        Which[] memory all = licencesIn(epoch);
        for (uint256 i = 0; i < all.length; ++i) {
            if (key(all[i]) == key(one)) return i;
        }
        return type(uint256).max;
    }

    /// In the order of leaves. A licence made after an epoch has no leaf in its tree.
    function licencesIn(uint32 epoch) private view returns (Which[] memory all) {
        (uint256 a, uint256 b) = (deedsIn[epoch], mastersIn[epoch]);
        all = new Which[](a + b + 1);
        for (uint256 i = 0; i < all.length; ++i) {
            all[i] = i < a
                ? Which(deed, 1, i + 1)
                : i < a + b ? Which(masterDeed, 2, i - a + 1) : Which(genesisDeed, 3, 1);
        }
    }

    function which(uint256 seed) private view returns (Which memory) {
        uint256 a = deed.licenceCount();
        uint256 b = masterDeed.licenceCount();
        seed %= a + b + 1;
        if (seed < a) return Which(deed, 1, seed + 1);
        return seed < a + b ? Which(masterDeed, 2, seed - a + 1) : Which(genesisDeed, 3, 1);
    }

    function key(Which memory one) private pure returns (uint256) {
        return one.kind * 1000 + one.id;
    }

    function owner(uint256 who) private pure returns (address) {
        return address(uint160(0x1000 + who % 4));
    }

    // What must hold after every sequence of acts.

    function checkSupply() external view {
        assertEq(r1.totalMined(), paidOut, "only claims mine");
        assertEq(r1.totalMinted(), paidOut + given, "only claims and the faucet mint");
        assertEq(r1.totalSupply(), paidOut + given - burned, "burns are true");
        assertLe(r1.totalMinted(), r1.MAX_SUPPLY(), "cap");
        uint256 ceiling = rewards.emissionCeiling(controller.pendingEpoch());
        assertLe(r1.totalMined(), ceiling, "emission ceiling");
        assertLe(pooled * 5_945 / 10_000 - locked(), 3 * (claims + 1), "the pools keep theirs");
    }

    function checkSale() external view {
        uint256 spent = 0;
        for (uint256 who = 0; who < 4; ++who) {
            spent += deed.usdSpent(entity(owner(who)));
        }
        assertEq(spent, 500 * deed.totalSupply(), "what entities spent is what was sold");
        assertEq(r1.balanceOf(address(deed)), 0, "the sale keeps nothing");
        uint256 received = r1.balanceOf(LIQUIDITY) + r1.balanceOf(COMPANY);
        uint256 sold = PRICE * 4 / 5 * deed.totalSupply();
        assertEq(received, sold + pooled - locked(), "80 % to the wallets, and their pools");
    }

    function locked() private view returns (uint256) {
        return r1.balanceOf(address(treasury.marketing()))
            + r1.balanceOf(address(treasury.grants()))
            + r1.balanceOf(address(treasury.socialResponsibility()));
    }

    function checkLicences() external view {
        uint256 sum = 0;
        for (uint256 i = 0; i < deed.licenceCount() + masterDeed.licenceCount() + 1; ++i) {
            Which memory one = which(i);
            uint256 paid = rewards.claimed(one.kind, one.id);
            assertLe(paid, due(one, Earned(0, type(uint256).max)), "cap of a licence");
            uint256 schedule = one.kind == 1
                ? uint256(controller.pendingEpoch()) * RATE
                : one.kind == 2
                    ? masterDeed.releasedBetween(one.id, 0, controller.pendingEpoch())
                    : uint256(controller.pendingEpoch()) * rewards.GND_MAX_RELEASE_PER_EPOCH();
            assertLe(paid, schedule, "schedule of a licence");
            sum += paid;
            if (gone(one)) continue;
            address linked = one.deeds.licence(one.id).node;
            if (linked != address(0)) {
                assertEq(one.deeds.nodeToLicenseId(linked), one.id, "node and licence agree");
                assertTrue(!banned(one), "a banned licence has no node");
            }
        }
        assertEq(sum, r1.totalMined(), "what licences were paid is what was mined");
        for (uint256 i = 0; i < NODES; ++i) {
            (uint8 kind, uint256 id) = nodeRegistry.holding(node(i));
            if (kind == 0) continue;
            LinkedLicence deeds = kind == 1
                ? LinkedLicence(deed)
                : kind == 2 ? LinkedLicence(masterDeed) : LinkedLicence(genesisDeed);
            assertEq(deeds.licence(id).node, node(i), "licence and node agree");
        }
    }

    function checkAssignments() external view {
        uint256 sum = 0;
        for (uint256 id = 1; id <= masterDeed.licenceCount(); ++id) {
            sum += gone(Which(masterDeed, 2, id)) ? rewards.claimed(2, id) : ASSIGNED;
        }
        assertEq(masterDeed.totalLicensesAssignedTokensAmount(), sum, "assigned");
        uint256 held = 0;
        for (uint256 who = 0; who < 4; ++who) {
            uint256 his = masterDeed.assignedTo(owner(who));
            assertEq(his, masterDeed.balanceOf(owner(who)) * ASSIGNED, "of an owner");
            held += his;
        }
        assertEq(held, masterDeed.totalSupply() * ASSIGNED, "of all owners");
    }
}

contract InvariantsTest is NetworkFixture {
    Economy private economy;

    function setUp() public {
        economy = new Economy();
    }

    /// Read by forge.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(economy);
    }

    function invariant_supplyIsAccountedFor() public view {
        economy.checkSupply();
    }

    function invariant_licencesAndNodesAgree() public view {
        economy.checkLicences();
        economy.checkAssignments();
    }

    function invariant_theSaleIsAccountedFor() public view {
        economy.checkSale();
    }

    /// The random acts reach what they are meant to test.
    function test_theActsReachPaidClaimsOfEveryKind() public {
        for (uint256 i = 0; i < 6; ++i) {
            economy.link(i, i);
        }
        for (uint256 seed = 0; seed < 12; ++seed) {
            economy.certify(seed);
            for (uint256 i = 0; i < 6; ++i) {
                economy.claim(i);
            }
        }
        assertLe(10, economy.claims(), "claims");
        assertLe(1, economy.pooled(), "of the genesis deed");
        for (uint256 i = 0; i < 6; ++i) {
            economy.transfer(i, i + 1);
        }
        economy.certifyMany(29);
        economy.certifyMany(29);
        economy.certifyMany(29);
        economy.certifyMany(29);
        for (uint256 i = 0; i < 6; ++i) {
            economy.settle(i);
        }
        assertLe(1, economy.settlements(), "settlements");
        assertLe(1, economy.lapses(), "lapses");
        economy.checkSupply();
        economy.checkLicences();
        economy.checkAssignments();
    }
}

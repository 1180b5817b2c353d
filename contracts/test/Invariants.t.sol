// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {EpochCertificate} from "../src/epochs/EpochCertificates.sol";
import {NetworkFixture} from "./support/NetworkFixture.sol";
import {Tree} from "./support/Tree.sol";

/// Drives a network through random acts of owners, nodes, governance and oracles. The oracles are
/// corrupt at times: they certify credits that nobody can have.
contract Economy is NetworkFixture {
    uint256 private constant NODES = 6;
    uint256 private constant DEEDS = 8;
    uint256 private constant CAP = 1_575_188_843_457_943_925_233;

    /// What the newest certificate says each licence has earned.
    mapping(uint256 id => uint256) public credits;
    mapping(uint256 id => uint256) private honest;
    uint256 public given;
    uint256 public burned;
    uint256 public paidOut;
    uint256 public claims;

    constructor() {
        begin(4);
        buy(0);
        buy(1);
        buy(2);
    }

    function buy(uint256 who) public {
        if (deed.totalSupply() == DEEDS) return;
        deedsFor(owner(who), 1);
        given += PRICE;
        burned += PRICE / 5;
    }

    function link(uint256 which, uint256 nodeIndex) public {
        uint256 id = licence(which);
        nodeIndex %= NODES;
        if (deed.licence(id).banned || deed.isNodeActive(node(nodeIndex))) return;
        linkAs(deed.ownerOf(id), id, nodeIndex);
    }

    function unlink(uint256 which) public {
        uint256 id = licence(which);
        if (deed.licence(id).node == address(0)) return;
        vm.prank(deed.ownerOf(id));
        deed.unlink(id);
    }

    function transfer(uint256 which, uint256 to) public {
        uint256 id = licence(which);
        address from = deed.ownerOf(id);
        if (deed.licence(id).banned || from == owner(to)) return;
        vm.prank(from);
        deed.transferFrom(from, owner(to), id);
    }

    function toggleBan(uint256 which) public {
        uint256 id = licence(which);
        bool banned = deed.licence(id).banned;
        vm.prank(GOVERNANCE);
        if (banned) deed.unban(id, "");
        else deed.ban(id, "");
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
        for (uint256 id = 1; id <= deed.totalSupply(); ++id) {
            seed = uint256(keccak256(abi.encode(seed)));
            address from = deed.nodeAt(id, uint96(endOf(epoch) - EPOCH));
            bool row = from != address(0) && from == deed.nodeAt(id, uint96(endOf(epoch)));
            if (row) honest[id] += seed % 256;
            credits[id] = honest[id] + ((seed >> 8) % 8 == 0 ? 1e6 : 0);
        }
        EpochCertificate memory certificate = certificateOf(epoch);
        certificate.cumulativeRoot = Tree.root(tree());
        record(certificate);
    }

    /// Claims; what the contract refuses must be a claim beyond its bounds.
    function claim(uint256 which) public {
        uint256 id = licence(which);
        uint256 before = r1.balanceOf(deed.ownerOf(id));
        bytes32[] memory path = Tree.proof(tree(), id - 1);
        uint256 most = earnable(id) * 255;
        try rewards.claim(1, id, credits[id], credits[id] * RATE, path) returns (uint256 amount) {
            assertEq(r1.balanceOf(deed.ownerOf(id)) - before, amount, "the owner is paid");
            assertTrue(!deed.licence(id).banned, "a banned licence was paid");
            assertLe(credits[id], most, "more than the epochs can give");
            uint256 due = credits[id] * RATE / 255;
            assertEq(rewards.claimed(1, id), due < CAP ? due : CAP, "to the wei");
            paidOut += amount;
            claims++;
        } catch {
            bool stale = Tree.root(tree()) != controller.cumulativeRoot();
            uint256 due = credits[id] * RATE / 255;
            bool nothing = rewards.claimed(1, id) >= (due < CAP ? due : CAP);
            bool refused = deed.licence(id).banned || credits[id] > most || nothing || stale;
            assertTrue(refused, "an honest claim was refused");
        }
    }

    /// A licence that was bought after the newest certificate has no leaf in it yet.
    function tree() private view returns (bytes32[] memory leaves) {
        uint256 supply = deed.totalSupply();
        leaves = new bytes32[](supply);
        for (uint256 id = 1; id <= supply; ++id) {
            leaves[id - 1] = leaf(id, credits[id]);
        }
    }

    /// How many recorded epochs a licence can have had a row in.
    function earnable(uint256 id) private view returns (uint256) {
        uint64 activated = activation(id);
        if (activated == 0) return 0;
        uint256 first = activated <= START ? 0 : (activated - START + EPOCH - 1) / EPOCH;
        uint256 certified = controller.pendingEpoch();
        return certified > first ? certified - first : 0;
    }

    function activation(uint256 id) private view returns (uint64 activated) {
        if (deed.licence(id).banned) return 0;
        (, activated) = deed.claimant(id);
    }

    function licence(uint256 which) private view returns (uint256) {
        return 1 + which % deed.totalSupply();
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
        uint256 ceiling = uint256(controller.pendingEpoch()) * rewards.EMISSION_CEILING();
        assertLe(r1.totalMined(), ceiling, "emission ceiling");
    }

    function checkSale() external view {
        uint256 spent = 0;
        for (uint256 who = 0; who < 4; ++who) {
            spent += deed.usdSpent(entity(owner(who)));
        }
        assertEq(spent, 500 * deed.totalSupply(), "what entities spent is what was sold");
        assertEq(r1.balanceOf(address(deed)), 0, "the sale keeps nothing");
        uint256 received = r1.balanceOf(LIQUIDITY) + r1.balanceOf(COMPANY);
        assertEq(received, PRICE * 4 / 5 * deed.totalSupply(), "80 % to the wallets");
    }

    function checkLicences() external view {
        uint256 sum = 0;
        for (uint256 id = 1; id <= deed.totalSupply(); ++id) {
            uint256 paid = rewards.claimed(1, id);
            assertLe(paid, CAP, "cap of a licence");
            assertLe(paid, uint256(controller.pendingEpoch()) * RATE, "schedule of a licence");
            sum += paid;
            address linked = deed.licence(id).node;
            if (linked != address(0)) {
                assertEq(deed.nodeToLicenseId(linked), id, "node and licence agree");
                assertTrue(!deed.licence(id).banned, "a banned licence has no node");
            }
        }
        assertEq(sum, r1.totalMined(), "what licences were paid is what was mined");
        for (uint256 i = 0; i < NODES; ++i) {
            uint256 id = deed.nodeToLicenseId(node(i));
            if (id != 0) assertEq(deed.licence(id).node, node(i), "licence and node agree");
        }
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
    }

    function invariant_theSaleIsAccountedFor() public view {
        economy.checkSale();
    }

    /// The random acts reach what they are meant to test.
    function test_theActsReachAPaidClaim() public {
        economy.link(0, 0);
        for (uint256 seed = 0; seed < 8; ++seed) {
            economy.certify(seed);
            economy.claim(0);
        }
        assertLe(2, economy.claims(), "claims");
        economy.checkSupply();
        economy.checkLicences();
    }
}

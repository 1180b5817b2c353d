// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {CompactSignature, EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {Oracles} from "../../src/epochs/Oracles.sol";
import {Prepare} from "../../src/epochs/Statements.sol";
import {VoidEpoch} from "../../src/epochs/VoidEpochs.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";
import {Said} from "../support/Said.sol";

/// Oracles come, contradict themselves, are suspended and reinstated, and certify or void epochs.
contract Office is NetworkFixture {
    uint256 private constant POOL = 9;

    Said private immutable said = new Said();
    mapping(address oracle => uint256) private keys;

    /// What was decided about the set of an epoch when the epoch before began.
    mapping(uint32 epoch => bytes32) private decidedSet;
    mapping(uint32 epoch => bytes32) private recorded;
    uint32 private seen;
    uint256 public suspensions;
    uint256 public barredRefusals;
    uint256 public certified;
    uint256 public voided;

    constructor() {
        begin(5);
        // Each of the pool is an entity of its own.
        oracles(POOL);
        for (uint256 i = 0; i < POOL; ++i) {
            keys[vm.addr(ORACLE_KEYS + i)] = ORACLE_KEYS + i;
        }
        vm.warp(START + EPOCH);
    }

    function announce(uint256 first, uint256 n) public {
        first %= POOL;
        address[] memory set = new address[](bound(n, 4, 6));
        bool clean = true;
        for (uint256 i = 0; i < set.length; ++i) {
            set[i] = vm.addr(ORACLE_KEYS + (first + i) % POOL);
            clean = clean && !isSuspended(set[i]);
        }
        vm.prank(GOVERNANCE);
        try controller.announceOracles(set) {
            assertTrue(clean, "a suspended oracle was announced");
        } catch {
            assertTrue(!clean, "a clean set was refused");
        }
    }

    /// An oracle signs two votes in one view about a recent epoch.
    function accuse(uint256 who, uint256 age) public {
        uint32 current = controller.currentEpoch();
        uint32 epoch = current - uint32(bound(age, 1, current < 4 ? current : 4));
        Oracles.OracleSet memory set = controller.oracleSetOf(epoch);
        address oracle = set.oracles[who % set.oracles.length];
        (uint32 from, uint32 answersFrom) = controller.standingOf(oracle);
        Prepare memory vote = Prepare(set.configDigest, epoch, oracle, 1, "inputs", "x");
        bytes memory first = abi.encode(vote);
        vote.outcomeDigest = "y";
        bytes memory second = abi.encode(vote);
        CompactSignature memory one = signedAs(oracle, first);
        CompactSignature memory other = signedAs(oracle, second);
        try controller.submitEvidence(oracle, 7, first, one, second, other) {
            assertTrue(from == 0 && epoch >= answersFrom, "evidence twice");
            ++suspensions;
        } catch {
            assertTrue(from != 0 || epoch < answersFrom, "good evidence was refused");
        }
    }

    function reinstate(uint256 who) public {
        address oracle = vm.addr(ORACLE_KEYS + who % POOL);
        if (!isSuspended(oracle)) return;
        vm.prank(GOVERNANCE);
        controller.reinstate(oracle, "");
    }

    function wait(uint256 time) public {
        vm.warp(block.timestamp + bound(time, 1, EPOCH));
        remember();
    }

    /// Any subset of the oracles signs. What counts is a quorum without suspended ones.
    function certify(uint32 bitmap) public {
        uint32 epoch = controller.pendingEpoch();
        if (block.timestamp < endOf(epoch)) vm.warp(endOf(epoch));
        remember();
        Oracles.OracleSet memory set = controller.oracleSetOf(epoch);
        EpochCertificate memory certificate = certificateOf(epoch);
        (bytes32 digest,) = controller.hashesOf(certificate);
        bitmap = mostly(bitmap, set.oracles.length);
        CompactSignature[] memory signatures = signedIn(set, bitmap, digest);
        bool barred = bitmap & set.barred != 0;
        bool enough = signatures.length >= quorum(set.oracles.length);
        try controller.submitEpoch(certificate, bitmap, signatures) {
            assertTrue(enough && !barred, "too few, or a suspended one");
            ++certified;
        } catch {
            assertTrue(!enough || barred, "a good certificate was refused");
            if (enough) ++barredRefusals;
        }
        remember();
    }

    /// Voids what nobody certified, by the oracles in office or else by governance.
    function giveUp(uint32 bitmap, bool governance) public {
        uint32 epoch = controller.pendingEpoch();
        uint32 current = controller.currentEpoch();
        if (current < epoch + VOID_AFTER) {
            if (bitmap % 8 != 0) return;
            vm.warp(START + uint256(epoch + VOID_AFTER) * EPOCH);
            current = controller.currentEpoch();
        }
        bytes32 root = controller.cumulativeRoot();
        bytes32 previous = epoch == 0 ? bytes32(0) : controller.outcomeHash(epoch - 1);
        if (governance) {
            vm.prank(GOVERNANCE);
            controller.voidByGovernance(epoch, previous);
            assertEq(controller.cumulativeRoot(), root, "nobody earns");
            ++voided;
        } else {
            voidByOracles(epoch, current, previous, bitmap);
        }
        remember();
    }

    function voidByOracles(uint32 epoch, uint32 current, bytes32 previous, uint32 bitmap) private {
        Oracles.OracleSet memory set = controller.oracleSetOf(current);
        VoidEpoch memory what;
        what.configDigest = set.configDigest;
        what.epoch = epoch;
        what.previousOutcomeHash = previous;
        (bytes32 digest,) = controller.voidHashesOf(what);
        bitmap = mostly(bitmap, set.oracles.length);
        CompactSignature[] memory signatures = signedIn(set, bitmap, digest);
        bool good = signatures.length >= quorum(set.oracles.length) && bitmap & set.barred == 0;
        try controller.submitVoid(what, bitmap, signatures) {
            assertTrue(good, "too few, or a suspended one");
            ++voided;
        } catch {
            assertTrue(!good, "a good void was refused");
        }
    }

    /// What is decided or recorded for the first time is kept, to be compared for ever after.
    function remember() private {
        uint32 decided = controller.currentEpoch() + 1;
        for (; seen <= decided; ++seen) {
            decidedSet[seen] = keccak256(abi.encode(controller.oracleSetOf(seen)));
        }
        uint32 newest = controller.pendingEpoch();
        if (newest > 0 && recorded[newest - 1] == 0) {
            recorded[newest - 1] = controller.outcomeHash(newest - 1);
        }
    }

    function signedAs(address oracle, bytes memory content)
        private
        view
        returns (CompactSignature memory)
    {
        bytes32 hash = said.structHash(7, oracle, content);
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,"
                    "address verifyingContract)"
                ),
                keccak256("R1Availability"),
                keccak256("1"),
                block.chainid,
                controller
            )
        );
        return compact(keys[oracle], keccak256(abi.encodePacked(hex"1901", domain, hash)));
    }

    function signedIn(Oracles.OracleSet memory set, uint32 bitmap, bytes32 digest)
        private
        view
        returns (CompactSignature[] memory signatures)
    {
        signatures = new CompactSignature[](set.oracles.length);
        uint256 count = 0;
        for (uint256 i = 0; i < set.oracles.length; ++i) {
            if ((bitmap >> i) & 1 == 1) {
                signatures[count++] = compact(keys[set.oracles[i]], digest);
            }
        }
        assembly ("memory-safe") {
            mstore(signatures, count)
        }
    }

    /// @dev Most subsets lack one oracle at most.
    function mostly(uint32 bitmap, uint256 n) private pure returns (uint32) {
        uint32 all = uint32((1 << n) - 1);
        if (bitmap % 4 == 0) return bitmap & all;
        return all & ~uint32(1 << (bitmap % (n + 1)));
    }

    function isSuspended(address oracle) private view returns (bool) {
        (uint32 from,) = controller.standingOf(oracle);
        return from != 0;
    }

    // What must hold after every sequence of acts.

    function checkWhatIsFinal() external view {
        for (uint32 e = 0; e < seen; ++e) {
            bytes32 set = keccak256(abi.encode(controller.oracleSetOf(e)));
            assertEq(set, decidedSet[e], "a decided set changed");
        }
        uint32 pending = controller.pendingEpoch();
        for (uint32 e = 0; e < pending; ++e) {
            assertTrue(recorded[e] != 0, "an epoch was skipped");
            assertEq(controller.outcomeHash(e), recorded[e], "a recorded epoch changed");
        }
        assertEq(controller.outcomeHash(pending), bytes32(0), "ahead of its time");
        assertEq(certified + voided, pending, "each epoch is recorded once");
    }

    function checkSuspensions() external view {
        Oracles.OracleSet memory set = controller.oracleSetOf(controller.currentEpoch() + 2);
        uint256 n = set.oracles.length;
        assertLe(4, n, "fewer than four");
        assertTrue(set.barred >> n == 0, "barred beyond the set");
        assertTrue(set.barred == 0 || n == 4, "barred where it could have gone");
        for (uint256 i = 0; i < n; ++i) {
            bool barred = (set.barred >> i) & 1 == 1;
            assertTrue(barred || !isSuspended(set.oracles[i]), "a suspended oracle counts");
            for (uint256 j = 0; j < i; ++j) {
                assertTrue(set.oracles[i] != set.oracles[j], "twice in the set");
            }
        }
    }
}

contract OfficeInvariantsTest is NetworkFixture {
    Office private office;

    function setUp() public {
        office = new Office();
    }

    /// Read by forge.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(office);
    }

    function invariant_whatIsDecidedOrRecordedStays() public view {
        office.checkWhatIsFinal();
    }

    function invariant_suspendedOraclesDoNotCount() public view {
        office.checkSuspensions();
    }

    /// The random acts reach what they are meant to test.
    function test_theActsReachABarredOracle() public {
        office.accuse(0, 1);
        office.accuse(1, 1);
        for (uint256 i = 0; i < 6; ++i) {
            office.certify(1); // lacks the oracle with index 1
        }
        office.giveUp(8, true);
        office.giveUp(9, false);
        assertEq(office.suspensions(), 2, "suspensions");
        assertLe(1, office.barredRefusals(), "refused for a barred oracle");
        assertLe(1, office.certified(), "certified");
        assertLe(1, office.voided(), "voided");
        office.checkWhatIsFinal();
        office.checkSuspensions();
    }
}

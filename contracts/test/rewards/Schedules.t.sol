// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {LinkedLicence} from "../../src/licences/LinkedLicence.sol";
import {VestingCurve} from "../../src/licences/VestingCurve.sol";
import {Schedules} from "../../src/rewards/Schedules.sol";
import {Treasury} from "../../src/treasury/Treasury.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

/// What Master deeds and the genesis deed mine, and what a corrupt quorum cannot make of it.
contract SchedulesTest is NetworkFixture {
    event RewardsClaimed(
        address indexed to,
        uint8 indexed licenceType,
        uint256 indexed licenseId,
        uint256 rewardsAmount,
        uint256 totalEpochs
    );

    uint256 private constant ASSIGNED = 485_410e18;
    uint256 private constant GENESIS_RATE = 128_112_827_457_534_246_575_342;
    uint256 private constant GENESIS_TOTAL = 46_761_182.022e18;

    uint256 private master;

    function setUp() public {
        begin(4);
        master = masterDeedFor(OWNER, ASSIGNED);
        linkAs(masterDeed, OWNER, master, 1);
        linkAs(genesisDeed, GOVERNANCE, 1, 2);
    }

    function test_constantsAreThoseOfTheGenuineContracts() public view {
        assertEq(rewards.GND_TOTAL_EMISSION(), GENESIS_TOTAL, "28.9 %");
        assertEq(GENESIS_TOTAL, r1.MAX_SUPPLY() * 289 / 1000, "28.9 %");
        assertEq(rewards.GND_MAX_RELEASE_PER_EPOCH(), GENESIS_RATE, "rate");
        assertEq(rewards.rateOf(3, 1, 0), GENESIS_RATE, "for oracles");
        assertEq(rewards.rateOf(1, 7, 9), RATE, "of a Node Deed");
        assertEq(rewards.rateOf(2, master, 209), 0, "in the cliff");
        assertEq(rewards.rateOf(2, 99, 400), 0, "of no licence");
    }

    function test_theCeilingIsTheSumOfTheSchedules() public view {
        assertEq(rewards.emissionCeiling(0), 0, "nothing before");
        assertEq(rewards.emissionCeiling(1), 46_224 * RATE + GENESIS_RATE, "one epoch");
        uint256 all = 42_230_686.878e18;
        assertEq(
            rewards.emissionCeiling(555),
            555 * 46_224 * RATE + GENESIS_TOTAL + VestingCurve.released(all, 345),
            "the middle"
        );
        uint256 most = 46_224 * 1_575_188_843_457_943_925_233 + GENESIS_TOTAL + all;
        assertEq(rewards.emissionCeiling(1081), most, "everything");
        assertEq(rewards.emissionCeiling(1_000_000), most, "no more");
        assertLe(r1.MAX_SUPPLY() - most, 50_000, "100 % but for dust");
    }

    /// Availabilities of the genuine contract's own test, on this network's curve.
    function test_aMasterDeedMinesAlongItsCurve() public {
        uint8[5] memory availability = [250, 130, 178, 12, 0];
        uint256 weight = 0;
        uint256 credits = 0;
        for (uint32 i = 0; i < 5; ++i) {
            credits += availability[i];
            weight += availability[i] * rewards.rateOf(2, master, 210 + i);
        }
        certifyThrough(213);
        certify(214, leafOf(2, master, credits, weight));
        assertEq(weight / 255, 115_167_092_745_064_016, "vector");
        vm.expectEmit(true, true, true, true);
        emit RewardsClaimed(OWNER, 2, master, weight / 255, 215);
        claim(2, master, credits, weight);
        assertEq(r1.balanceOf(OWNER), weight / 255, "paid");
        assertEq(masterDeed.licence(master).claimed, weight / 255, "shown");
    }

    function test_aMasterDeedThatMissesNothingMinesItsWholeAssignment() public {
        certifyThrough(898);
        certify(899, leafOf(2, master, 900 * 255, 255 * ASSIGNED));
        claim(2, master, 900 * 255, 255 * ASSIGNED);
        assertEq(r1.balanceOf(OWNER), ASSIGNED, "to the wei");
    }

    function test_refusesWeightThatTheCurveDoesNotGive() public {
        certifyThrough(299);
        uint256 most = 255 * VestingCurve.released(ASSIGNED, 91);
        certify(300, leafOf(2, master, 5, most + 1));
        vm.expectRevert(
            abi.encodeWithSelector(Schedules.WeightExceedsSchedule.selector, most + 1, most)
        );
        claim(2, master, 5, most + 1);
        certify(301, leafOf(2, master, 302 * 255 + 1, 0));
        vm.expectRevert(
            abi.encodeWithSelector(Schedules.CreditsExceedEpochs.selector, 302 * 255 + 1, 302 * 255)
        );
        claim(2, master, 302 * 255 + 1, 0);
    }

    /// What was released before the first link is never mined.
    function test_aLateLinkForfeitsWhatWasReleasedBefore() public {
        uint256 late = masterDeedFor(STRANGER, ASSIGNED);
        certifyThrough(400);
        vm.warp(endOf(400) + 10);
        linkAs(masterDeed, STRANGER, late, 3);
        certifyThrough(449);
        uint256 most =
            255 * (VestingCurve.released(ASSIGNED, 241) - VestingCurve.released(ASSIGNED, 192));
        certify(450, leafOf(2, late, 49 * 255, most + 1));
        vm.expectRevert(
            abi.encodeWithSelector(Schedules.WeightExceedsSchedule.selector, most + 1, most)
        );
        claim(2, late, 49 * 255, most + 1);
        certify(451, leafOf(2, late, 49 * 255, most));
        claim(2, late, 49 * 255, most);
        assertEq(r1.balanceOf(STRANGER), most / 255, "from the link on");
    }

    function test_aMasterDeedThatWasNeverLinkedEarnsNothing() public {
        uint256 idle = masterDeedFor(STRANGER, ASSIGNED);
        certifyThrough(299);
        certify(300, leafOf(2, idle, 0, 1));
        vm.expectRevert(abi.encodeWithSelector(Schedules.WeightExceedsSchedule.selector, 1, 0));
        claim(2, idle, 0, 1);
    }

    /// The vector of the genuine contract, which rounds every epoch apart: at most 4 wei less.
    function test_theGenesisDeedFillsThePoolsAndPaysNobody() public {
        certifyThrough(3);
        uint256 credits = 250 + 130 + 178 + 12;
        certify(4, leafOf(3, 1, credits, credits * GENESIS_RATE));
        vm.expectEmit(true, true, true, true);
        emit RewardsClaimed(address(treasury), 3, 1, credits * GENESIS_RATE / 255, 5);
        vm.prank(STRANGER);
        claim(3, 1, credits, credits * GENESIS_RATE);
        uint256[5] memory genuine = [
            uint256(76_489_386_831_087_123_287_670),
            39_633_587_186_156_712_328_766,
            21_592_286_660_666_301_369_862,
            99_083_967_965_391_780_821_916,
            49_570_620_967_656_986_301_369
        ];
        address[5] memory pools = poolAddresses();
        uint256 sum = 0;
        for (uint256 i = 0; i < 5; ++i) {
            uint256 got = r1.balanceOf(pools[i]);
            assertLe(genuine[i], got, "not less than the genuine one");
            assertLe(got - genuine[i], 4, "but for rounding");
            sum += got;
        }
        assertEq(sum, credits * GENESIS_RATE / 255, "nothing is lost");
        assertEq(r1.balanceOf(GOVERNANCE) + r1.balanceOf(STRANGER), 0, "nobody else is paid");
    }

    function test_theGenesisDeedMinesItsTotalHoweverLate() public {
        certifyThrough(499);
        uint256 credits = 365 * 255;
        certify(500, leafOf(3, 1, credits, credits * GENESIS_RATE));
        claim(3, 1, credits, credits * GENESIS_RATE);
        assertEq(r1.totalMined(), GENESIS_TOTAL - 170, "365 credits fall short by dust");
        certify(501, leafOf(3, 1, credits + 255, (credits + 255) * GENESIS_RATE));
        claim(3, 1, credits + 255, (credits + 255) * GENESIS_RATE);
        assertEq(r1.totalMined(), GENESIS_TOTAL, "the cap to the wei");
    }

    function test_refusesWeightOffTheScheduleOfTheGenesisDeed() public {
        certify(0, leafOf(3, 1, 255, 255 * GENESIS_RATE + 1));
        vm.expectRevert(
            abi.encodeWithSelector(
                Schedules.WeightOffSchedule.selector, 255 * GENESIS_RATE + 1, 255 * GENESIS_RATE
            )
        );
        claim(3, 1, 255, 255 * GENESIS_RATE + 1);
    }

    function test_bannedLicencesOfEveryKindAreNotPaid() public {
        certify(0, leafOf(3, 1, 255, 255 * GENESIS_RATE));
        vm.startPrank(GOVERNANCE);
        genesisDeed.ban(1, "");
        masterDeed.ban(master, "");
        vm.stopPrank();
        vm.expectRevert(LinkedLicence.LicenseBanned.selector);
        claim(3, 1, 255, 255 * GENESIS_RATE);
        vm.expectRevert(LinkedLicence.LicenseBanned.selector);
        claim(2, master, 0, 0);
    }

    function testFuzz_sharesAddUp(uint128 amount) public view {
        Treasury.Share[5] memory shares = treasury.split(amount);
        address[5] memory pools = poolAddresses();
        uint16[5] memory parts = [2671, 1384, 754, 3460, 1731];
        uint256 sum = 0;
        for (uint256 i = 0; i < 5; ++i) {
            assertEq(shares[i].pool, pools[i], "pool");
            uint256 exact = uint256(amount) * parts[i];
            if (i > 0) assertEq(shares[i].amount, exact / 10_000, "rounded down");
            else assertLe(shares[i].amount - exact / 10_000, 4, "and the rounding of the others");
            sum += shares[i].amount;
        }
        assertEq(sum, amount, "nothing is lost");
    }

    function poolAddresses() private view returns (address[5] memory) {
        return [
            LIQUIDITY,
            COMPANY,
            address(treasury.marketing()),
            address(treasury.grants()),
            address(treasury.socialResponsibility())
        ];
    }

    function certifyThrough(uint32 last) private {
        for (uint32 e = controller.pendingEpoch(); e <= last; ++e) {
            certify(e, bytes32(uint256(e + 1)));
        }
    }

    function certify(uint32 epoch, bytes32 root) private {
        EpochCertificate memory certificate = certificateOf(epoch);
        certificate.cumulativeRoot = root;
        record(certificate);
    }

    function claim(uint8 kind, uint256 id, uint256 credits, uint256 weight) private {
        rewards.claim(kind, id, credits, weight, new bytes32[](0));
    }
}

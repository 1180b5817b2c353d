// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {VestingCurve} from "../../src/licences/VestingCurve.sol";
import {Test} from "../support/Test.sol";

contract VestingCurveTest is Test {
    uint256 private constant ASSIGNED = 100_000e18;

    /// The table of docs/explanation/emission.md: released by the end of a month, in wei of 100,000.
    function test_followsTheTableByMonth() public pure {
        uint256[2][9] memory table = [
            [uint256(7), 0],
            [uint256(8), 31_803_774_286_112_471_010],
            [uint256(12), 3_439_453_118_020_590_263_756],
            [uint256(15), 12_441_350_624_104_402_142_645],
            [uint256(18), 28_062_006_639_484_564_449_097],
            [uint256(21), 49_027_840_809_602_595_759_734],
            [uint256(24), 71_981_232_199_713_408_685_646],
            [uint256(27), 91_480_519_294_885_309_872_391],
            [uint256(30), ASSIGNED]
        ];
        for (uint256 i = 0; i < table.length; ++i) {
            uint256 month = table[i][0];
            uint256 released = VestingCurve.releasedBefore(ASSIGNED, 210, month * 30);
            assertEq(released, table[i][1], "released");
        }
    }

    function test_releasesNothingInTheCliffAndEverythingAtTheEnd() public pure {
        assertEq(VestingCurve.releasedBefore(ASSIGNED, 210, 0), 0, "genesis");
        assertEq(VestingCurve.releasedBefore(ASSIGNED, 210, 210), 0, "the cliff");
        assertLe(1, VestingCurve.releasedBefore(ASSIGNED, 210, 211), "the first epoch after it");
        assertLe(VestingCurve.releasedBefore(ASSIGNED, 210, 899), ASSIGNED - 1, "not all yet");
        assertEq(VestingCurve.releasedBefore(ASSIGNED, 210, 900), ASSIGNED, "month 30");
        assertEq(VestingCurve.releasedBefore(ASSIGNED, 210, 9_000), ASSIGNED, "no more");
    }

    /// The paper's words: a small fraction at first, accelerating to month 22, tapering to month 30.
    function test_acceleratesToMonth22AndTapersToNothing() public pure {
        uint256 before = 0;
        uint256 peak = 0;
        for (uint256 k = 0; k < 690; ++k) {
            uint256 rate =
                VestingCurve.released(ASSIGNED, k + 1) - VestingCurve.released(ASSIGNED, k);
            if (k <= 459) assertTrue(rate > before, "grows");
            else assertTrue(rate < before, "falls");
            if (rate > peak) peak = rate;
            before = rate;
        }
        assertEq(peak, 257_647_737_001_977_445_658, "the highest rate, in epoch 210 + 459");
        assertLe(before, peak / 100, "the last epoch releases next to nothing");
    }

    function testFuzz_ratesAddUpToTheWholeAssignment(uint128 assigned) public pure {
        uint256 sum = 0;
        for (uint256 k = 0; k < 690; ++k) {
            sum += VestingCurve.released(assigned, k + 1) - VestingCurve.released(assigned, k);
        }
        assertEq(sum, assigned, "telescopes");
    }

    function testFuzz_neverDecreasesNorExceeds(uint128 assigned, uint256 k) public pure {
        k = bound(k, 0, 700);
        uint256 now_ = VestingCurve.released(assigned, k);
        assertLe(now_, VestingCurve.released(assigned, k + 1), "monotone");
        assertLe(now_, assigned, "bounded");
    }

    /// Parts released apart never exceed the whole, so the sum of licences stays below the ceiling.
    function testFuzz_partsNeverExceedTheWhole(uint128 one, uint128 other, uint256 k) public pure {
        k = bound(k, 0, 690);
        uint256 parts = VestingCurve.released(one, k) + VestingCurve.released(other, k);
        uint256 sum = uint256(one) + other;
        if (sum < 1 << 128) assertLe(parts, VestingCurve.released(sum, k), "parts");
    }

    /// What was not released when a licence ended may be assigned again without overtaking.
    function testFuzz_aSecondAssignmentNeverOvertakes(uint128 assigned, uint256 k, uint256 later)
        public
        pure
    {
        k = bound(k, 0, 690);
        later = bound(later, 0, 690);
        uint256 first = VestingCurve.released(assigned, k);
        uint256 second = VestingCurve.released(assigned - first, later);
        assertLe(first + second, VestingCurve.released(assigned, k + later) + 1, "overtakes");
    }
}

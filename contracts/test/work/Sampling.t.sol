// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Sampling} from "../../src/work/Sampling.sol";
import {Test} from "../support/Test.sol";

contract SamplingTest is Test {
    /// 99.9 % of honest samples have a χ² below this at 9 degrees of freedom.
    uint256 private constant CHI_SQUARE = 27_877;

    function test_everyNumberIsEquallyLikely() public pure {
        uint256 n = 10;
        uint256 samples = 10_000;
        uint256[] memory counts = new uint256[](n);
        for (uint256 i = 0; i < samples; ++i) {
            ++counts[Sampling.below(keccak256("a fixed seed"), i, n)];
        }
        uint256 thousandths = 0;
        uint256 expected = samples / n;
        for (uint256 k = 0; k < n; ++k) {
            uint256 off = counts[k] > expected ? counts[k] - expected : expected - counts[k];
            thousandths += 1000 * off * off / expected;
        }
        assertLe(thousandths, CHI_SQUARE, "chi square");
    }

    /// With n just above half of all words, every other word is too large. A remainder would make
    /// the low half of the numbers twice as likely.
    function test_whatWouldFavourSmallNumbersIsDrawnAgain() public pure {
        uint256 n = (1 << 255) + 1;
        uint256 again = 0;
        uint256 low = 0;
        for (uint256 i = 0; i < 1000; ++i) {
            uint256 word = uint256(keccak256(abi.encode(bytes32(uint256(5)), i)));
            if (word >= n) ++again;
            while (word >= n) word = uint256(keccak256(abi.encode(word)));
            assertEq(Sampling.below(bytes32(uint256(5)), i, n), word, "restated");
            if (word < n / 2) ++low;
        }
        assertLe(400, again, "the case occurs");
        assertLe(low, 560, "the low half is not favoured");
        assertLe(440, low, "nor is the high half");
    }

    function test_aPowerOfTwoDrawsNothingAgain() public pure {
        uint256 word = uint256(keccak256(abi.encode(bytes32(uint256(9)), uint256(3))));
        assertEq(Sampling.below(bytes32(uint256(9)), 3, 1 << 255), word % (1 << 255), "2^255");
        assertEq(Sampling.below(bytes32(uint256(9)), 3, 1), 0, "one");
    }

    function testFuzz_staysBelow(bytes32 seed, uint256 index, uint256 n) public pure {
        n = bound(n, 1, type(uint256).max - 1);
        assertLe(Sampling.below(seed, index, n), n - 1, "below n");
    }
}

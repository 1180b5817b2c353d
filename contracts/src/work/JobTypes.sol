// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title What jobs cost
/// @notice Prices are in 10⁻⁶ USD per node and epoch, fixed in code. The resources a type stands
/// for are the business of those who place jobs.
library JobTypes {
    /// @dev From 10⁻⁶ USD over 10⁻¹⁸ USD per R1 to 10⁻¹⁸ R1.
    uint256 private constant SCALE = 1e30;

    /// @notice There is no such type.
    error UnknownJobType(uint256 jobType);

    /// @notice The type is not sold any more.
    error DeprecatedJobType(uint256 jobType);

    /// @notice Price of a type, in 10⁻⁶ USD per node and epoch.
    /// @param jobType number of the type
    function usdPrice(uint256 jobType) internal pure returns (uint256 price) {
        if (jobType >= 10 && jobType <= 15) revert DeprecatedJobType(jobType);
        if (jobType < 10) price = _container(jobType);
        else if (jobType < 21) price = _native(jobType);
        else if (jobType < 31) price = _smallGpu(jobType);
        else if (jobType < 41) price = _largeGpu(jobType);
        else price = _service(jobType);
        if (price == 0) revert UnknownJobType(jobType);
    }

    /// @notice The same in 10⁻¹⁸ R1, rounded up: the payer bears less than one of them.
    /// @param jobType number of the type
    /// @param usdPerR1 what R1 is worth, in 10⁻¹⁸ USD
    function r1Price(uint256 jobType, uint256 usdPerR1) internal pure returns (uint256) {
        return Math.ceilDiv(usdPrice(jobType) * SCALE, usdPerR1);
    }

    function _container(uint256 jobType) private pure returns (uint256) {
        if (jobType == 1) return 375_000; // ENTRY
        if (jobType == 2) return 750_000; // LOW1
        if (jobType == 3) return 1_000_000; // LOW2
        if (jobType == 4) return 1_916_666; // MED1
        if (jobType == 5) return 2_916_666; // MED2
        if (jobType == 6) return 3_750_000; // HIGH1
        if (jobType == 7) return 5_333_333; // HIGH2
        if (jobType == 8) return 8_333_333; // ULTRA1
        return jobType == 9 ? 12_500_000 : 0; // ULTRA2
    }

    function _native(uint256 jobType) private pure returns (uint256) {
        if (jobType == 16) return 2_500_000; // N_ENTRY
        if (jobType == 17) return 3_750_000; // N_MED1
        if (jobType == 18) return 6_000_000; // N_MED2
        if (jobType == 19) return 9_000_000; // N_HIGH
        return 13_333_333; // 20, N_ULTRA
    }

    /// @dev A base type and G_ENTRY, 1.2 USD, or G_MED, 2.4 USD.
    function _smallGpu(uint256 jobType) private pure returns (uint256) {
        if (jobType == 21) return 3_116_666; // G_ENTRY and MED1
        if (jobType == 22) return 4_116_666; // G_ENTRY and MED2
        if (jobType == 23) return 3_700_000; // G_ENTRY and N_ENTRY
        if (jobType == 24) return 4_950_000; // G_ENTRY and N_MED1
        if (jobType == 25) return 5_316_666; // G_MED and MED2
        if (jobType == 26) return 6_150_000; // G_MED and HIGH1
        if (jobType == 27) return 7_733_333; // G_MED and HIGH2
        if (jobType == 28) return 10_733_333; // G_MED and ULTRA1
        if (jobType == 29) return 6_150_000; // G_MED and N_MED1
        return 8_400_000; // 30, G_MED and N_MED2
    }

    /// @dev A base type and G_MED, G_HIGH, 4.8 USD, or G_ULTRA, 30 USD.
    function _largeGpu(uint256 jobType) private pure returns (uint256) {
        if (jobType == 31) return 11_400_000; // G_MED and N_HIGH
        if (jobType == 32) return 10_133_333; // G_HIGH and HIGH2
        if (jobType == 33) return 13_133_333; // G_HIGH and ULTRA1
        if (jobType == 34) return 17_300_000; // G_HIGH and ULTRA2
        if (jobType == 35) return 10_800_000; // G_HIGH and N_MED2
        if (jobType == 36) return 13_800_000; // G_HIGH and N_HIGH
        if (jobType == 37) return 18_133_333; // G_HIGH and N_ULTRA
        if (jobType == 38) return 38_333_333; // G_ULTRA and ULTRA1
        if (jobType == 39) return 42_500_000; // G_ULTRA and ULTRA2
        return 43_333_333; // 40, G_ULTRA and N_ULTRA
    }

    function _service(uint256 jobType) private pure returns (uint256) {
        if (jobType == 50) return 450_000; // SERVICE_ENTRY
        if (jobType == 51) return 2_300_000; // SERVICE_MED1
        if (jobType == 52) return 4_500_000; // SERVICE_HIGH1
        if (jobType == 53) return 100_000; // MICRO
        return jobType == 54 ? 166_666 : 0; // LITE
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {GenesisDeed} from "../licences/GenesisDeed.sol";
import {Handovers} from "../licences/Handovers.sol";
import {LinkedLicence} from "../licences/LinkedLicence.sol";
import {MasterDeed} from "../licences/MasterDeed.sol";
import {NodeDeed} from "../licences/NodeDeed.sol";
import {VestingCurve} from "../licences/VestingCurve.sol";

/// @title What each kind of licence can mine
/// @notice A Node Deed and the genesis deed mine an equal amount in every fully available epoch,
/// however late; a Master deed mines along its curve, and what its node misses is never mined.
abstract contract Schedules {
    /// @notice Availability of a node that missed nothing.
    uint256 public constant MAX_AVAILABILITY = 255;

    /// @notice R1 of a Node Deed per fully available epoch, in 10⁻¹⁸ R1.
    uint256 public constant ND_MAX_RELEASE_PER_EPOCH = 1_458_508_188_386_985_115;

    /// @notice The most a Node Deed ever mines, in 10⁻¹⁸ R1.
    uint256 public constant ND_MAX_MINING_PER_LICENSE = 1_575_188_843_457_943_925_233;

    /// @notice What the genesis deed mines, 28.9 % of all R1, in 10⁻¹⁸ R1.
    uint256 public constant GND_TOTAL_EMISSION = 46_761_182.022e18;

    /// @notice Fully available epochs in which the genesis deed mines that.
    uint256 public constant GND_MINING_EPOCHS = 365;

    /// @notice R1 of the genesis deed per fully available epoch, rounded down, in 10⁻¹⁸ R1.
    uint256 public constant GND_MAX_RELEASE_PER_EPOCH = GND_TOTAL_EMISSION / GND_MINING_EPOCHS;

    uint8 internal constant NODE_DEED = 1;
    uint8 internal constant MASTER_DEED = 2;
    uint8 internal constant GENESIS_DEED = 3;

    /// @dev How many Node Deeds there can be.
    uint256 private constant ND_MAX_LICENSE_SUPPLY = 46_224;

    /// @dev The most that is assigned to all Master deeds, in 10⁻¹⁸ R1.
    uint256 private constant MND_MAX_TOTAL_ASSIGNED_TOKENS = 42_230_686.878e18;

    /// @notice The Node Deed licences.
    NodeDeed public immutable nodeDeed;

    /// @notice The Master deed licences.
    MasterDeed public immutable masterDeed;

    /// @notice The genesis deed.
    GenesisDeed public immutable genesisDeed;

    /// @notice No such kind of licence earns rewards here.
    error UnknownLicenceType(uint8 licenceType);

    /// @notice More credits than availability bytes since the licence was first linked.
    error CreditsExceedEpochs(uint256 credits, uint256 most);

    /// @notice The weight is not what the schedule gives for the credits.
    error WeightOffSchedule(uint256 weight, uint256 expected);

    /// @notice The weight is more than the schedule gives for the epochs.
    error WeightExceedsSchedule(uint256 weight, uint256 most);

    /// @dev Fixes the licences for ever.
    /// @param nodeDeed_ the Node Deed licences
    /// @param masterDeed_ the Master deed licences
    /// @param genesisDeed_ the genesis deed
    constructor(NodeDeed nodeDeed_, MasterDeed masterDeed_, GenesisDeed genesisDeed_) {
        nodeDeed = nodeDeed_;
        masterDeed = masterDeed_;
        genesisDeed = genesisDeed_;
    }

    /// @notice What a licence mines in an epoch if its node misses nothing, in 10⁻¹⁸ R1: what
    /// oracles multiply availability with. Never changes for an epoch that has begun.
    /// @param licenceType kind of licence
    /// @param licenceId token id
    /// @param epoch the epoch
    function rateOf(uint8 licenceType, uint256 licenceId, uint32 epoch)
        external
        view
        returns (uint256)
    {
        if (licenceType == NODE_DEED) return ND_MAX_RELEASE_PER_EPOCH;
        if (licenceType == GENESIS_DEED) return GND_MAX_RELEASE_PER_EPOCH;
        if (licenceType != MASTER_DEED) revert UnknownLicenceType(licenceType);
        return masterDeed.releasedBetween(licenceId, epoch, uint256(epoch) + 1);
    }

    /// @notice The most all licences together mine in a number of epochs, in 10⁻¹⁸ R1: the sum of
    /// the three schedules.
    /// @param epochs how many epochs, from epoch 0 on
    function emissionCeiling(uint256 epochs) public pure returns (uint256) {
        uint256 node = ND_MAX_LICENSE_SUPPLY
            * Math.min(epochs * ND_MAX_RELEASE_PER_EPOCH, ND_MAX_MINING_PER_LICENSE);
        uint256 master = VestingCurve.releasedBefore(
            MND_MAX_TOTAL_ASSIGNED_TOKENS, VestingCurve.CLIFF_EPOCHS, epochs
        );
        uint256 genesis = Math.min(epochs * GND_MAX_RELEASE_PER_EPOCH, GND_TOTAL_EMISSION);
        return node + master + genesis;
    }

    /// @dev The most a licence may be paid by the end of some epochs. Reverts when credits or weight
    /// are more than the schedule gives, whatever a quorum signed.
    /// @param licenceType kind of licence
    /// @param licenceId token id
    /// @param credits C
    /// @param weight W
    /// @param first the first epoch it can have earned in
    /// @param epochs how many epochs are over, from epoch 0 on
    function _earned(
        uint8 licenceType,
        uint256 licenceId,
        uint256 credits,
        uint256 weight,
        uint256 first,
        uint256 epochs
    ) internal view returns (uint256) {
        uint256 most = first < epochs ? (epochs - first) * MAX_AVAILABILITY : 0;
        if (credits > most) revert CreditsExceedEpochs(credits, most);
        if (licenceType == MASTER_DEED) {
            most = first < epochs
                ? MAX_AVAILABILITY * masterDeed.releasedBetween(licenceId, first, epochs)
                : 0;
            if (weight > most) revert WeightExceedsSchedule(weight, most);
            // Below the assignment, because what is released never exceeds it.
            return weight / MAX_AVAILABILITY;
        }
        bool genesis = licenceType == GENESIS_DEED;
        uint256 expected =
            credits * (genesis ? GND_MAX_RELEASE_PER_EPOCH : ND_MAX_RELEASE_PER_EPOCH);
        if (weight != expected) revert WeightOffSchedule(weight, expected);
        return Math.min(
            weight / MAX_AVAILABILITY, genesis ? GND_TOTAL_EMISSION : ND_MAX_MINING_PER_LICENSE
        );
    }

    /// @dev The contract of a kind of licence.
    function _licencesOf(uint8 licenceType) internal view returns (LinkedLicence) {
        return licenceType == GENESIS_DEED ? LinkedLicence(genesisDeed) : _sellable(licenceType);
    }

    /// @dev The contract of a kind of licence whose owner is paid.
    function _sellable(uint8 licenceType) internal view returns (Handovers) {
        if (licenceType == NODE_DEED) return nodeDeed;
        if (licenceType == MASTER_DEED) return masterDeed;
        revert UnknownLicenceType(licenceType);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Controller} from "./Controller.sol";

/// @title When epochs begin and end
/// @notice For contracts that need more than the number of the current epoch.
library EpochClock {
    /// @notice The two lengths that fix every epoch.
    struct Clock {
        /// Start of epoch 0, in seconds since 1970; zero before it is scheduled.
        uint256 start;
        /// Seconds in an epoch.
        uint256 duration;
    }

    /// @notice The clock of a network.
    /// @param controller the network
    function clockOf(Controller controller) internal view returns (Clock memory) {
        return Clock(controller.startEpochTimestamp(), controller.epochDuration());
    }

    /// @notice How many epochs have ended; the number of the current epoch once there is one.
    /// @param clock the clock
    /// @param time seconds since 1970
    function endedBy(Clock memory clock, uint256 time) internal pure returns (uint256) {
        return clock.start == 0 || time < clock.start ? 0 : (time - clock.start) / clock.duration;
    }

    /// @notice The first epoch that begins at a moment or later. The clock must have a start.
    /// @param clock the clock
    /// @param time seconds since 1970
    function firstFrom(Clock memory clock, uint256 time) internal pure returns (uint256) {
        return time <= clock.start ? 0 : Math.ceilDiv(time - clock.start, clock.duration);
    }

    /// @notice When an epoch begins, in seconds since 1970. The clock must have a start.
    /// @param clock the clock
    /// @param epoch the epoch
    function beginOf(Clock memory clock, uint256 epoch) internal pure returns (uint256) {
        return clock.start + epoch * clock.duration;
    }
}

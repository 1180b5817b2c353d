// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {EpochClock} from "../epochs/EpochClock.sol";
import {LinkedLicence} from "./LinkedLicence.sol";

/// @title Licences whose owners are paid up to the day they sell
/// @notice What a licence earned in epochs that ended before it changed hands is the seller's. Until
/// that is settled the new owner cannot claim; anyone may settle.
/// @dev Nothing is entered for a licence that had no row yet: it has no leaf to settle with, and
/// nothing is due.
abstract contract Handovers is LinkedLicence {
    /// @notice A seller who may be owed something.
    struct Handover {
        address seller;
        /// The last epoch that ended before the licence changed hands.
        uint32 throughEpoch;
    }

    mapping(uint256 licenceId => mapping(uint256 index => Handover)) private _handovers;

    /// @notice A licence that may have earned something changed hands.
    event HandoverPending(
        uint256 indexed licenseId, address indexed seller, uint32 throughEpoch, address to
    );

    /// @notice A seller must be settled with first.
    error HandoverUnsettled(address seller, uint32 throughEpoch);

    /// @notice The licence has no seller to settle with.
    error NoHandover(uint256 licenceId);

    /// @notice The caller is not the reward contract.
    error NotRewards(address caller);

    /// @notice Takes the oldest handover off the queue; for the reward contract alone, which settles
    /// it. Reverts for a banned licence.
    /// @param licenceId token id
    /// @return handover whom to settle with, and for which epochs
    /// @return activated when the licence was first linked
    function takeHandover(uint256 licenceId)
        external
        returns (Handover memory handover, uint64 activated)
    {
        if (msg.sender != address(controller.rewards())) revert NotRewards(msg.sender);
        Standing memory standing = _standing[licenceId];
        if (standing.banned) revert LicenseBanned();
        if (standing.settled == standing.handedOver) revert NoHandover(licenceId);
        _standing[licenceId].settled = standing.settled + 1;
        return (_handovers[licenceId][standing.settled], standing.activatedAt);
    }

    /// @notice The sellers who are not settled with yet, oldest first.
    /// @param licenceId token id
    function handovers(uint256 licenceId) external view returns (Handover[] memory pending) {
        Standing memory standing = _standing[licenceId];
        pending = new Handover[](standing.handedOver - standing.settled);
        for (uint256 i = 0; i < pending.length; ++i) {
            pending[i] = _handovers[licenceId][standing.settled + i];
        }
    }

    /// @notice Whom a claim for a licence pays; reverts for a banned one, and until every seller is
    /// settled with.
    /// @param licenceId token id
    /// @return owner its owner
    /// @return activated when it was first linked; zero when it never was
    function claimant(uint256 licenceId)
        public
        view
        override
        returns (address owner, uint64 activated)
    {
        owner = _requireOwned(licenceId);
        Standing memory standing = _standing[licenceId];
        if (standing.banned) revert LicenseBanned();
        _requireSettled(licenceId, standing);
        activated = standing.activatedAt;
    }

    /// @dev Remembers the seller. Destroying a licence forfeits what was not claimed.
    function _update(address to, uint256 tokenId, address auth)
        internal
        virtual
        override
        returns (address from)
    {
        from = super._update(to, tokenId, auth);
        if (from != address(0) && to != address(0) && from != to) _handOver(tokenId, from, to);
    }

    function _requireSettled(uint256 licenceId, Standing memory standing) internal view {
        if (standing.settled == standing.handedOver) return;
        Handover memory oldest = _handovers[licenceId][standing.settled];
        revert HandoverUnsettled(oldest.seller, oldest.throughEpoch);
    }

    function _handOver(uint256 licenceId, address seller, address to) private {
        Standing memory standing = _standing[licenceId];
        if (standing.activatedAt == 0) return;
        EpochClock.Clock memory clock = EpochClock.clockOf(controller);
        if (!_hadRow(licenceId, clock)) return;
        uint32 through = SafeCast.toUint32(EpochClock.endedBy(clock, block.timestamp) - 1);
        // Who got it after the same epoch as the one before him earned nothing by its end.
        bool waits = standing.settled < standing.handedOver;
        uint32 last = standing.handedOver;
        if (waits && _handovers[licenceId][last - 1].throughEpoch == through) return;
        _handovers[licenceId][last] = Handover(seller, through);
        _standing[licenceId].handedOver = last + 1;
        emit HandoverPending(licenceId, seller, through, to);
    }
}

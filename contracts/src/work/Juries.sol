// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Controller} from "../epochs/Controller.sol";
import {LinkedLicence} from "../licences/LinkedLicence.sol";
import {NodeDeed} from "../licences/NodeDeed.sol";
import {Entities} from "../licences/Entities.sol";
import {Jobs} from "./Jobs.sol";
import {Sampling} from "./Sampling.sol";

/// @title Juries drawn from licence owners
/// @notice The seed of a draw and how many deeds it draws from are fixed before anybody can know the
/// seed. From then on the order of candidates is fixed; all that an owner can do about it is to
/// take himself out.
/// @dev A deed counts when it has been linked to one node without a break since before the
/// challenge. Sale, unlinking and ban end a link, so nobody can become a candidate afterwards.
abstract contract Juries {
    /// @notice How far an owner has come in a jury.
    enum Standing {
        None,
        Offered,
        Seated,
        Committed,
        Revealed
    }

    /// @notice A seat that was offered to an owner.
    struct Seat {
        Standing standing;
        /// Last second in which it can be accepted.
        uint64 acceptBy;
    }

    /// @notice A jury and how it is drawn.
    struct Panel {
        uint256 jobId;
        /// When the challenge was made; a deed counts when it was linked before.
        uint64 madeAt;
        /// Last second of the time in which seats are accepted.
        uint64 assembleBy;
        /// The epoch whose beacon is the seed, unless oracles were late: see {seedEpochOf}.
        uint32 seedEpoch;
        /// The draw is among the deeds from 1 to this one.
        uint32 deedCount;
        /// How many candidates were looked at.
        uint32 looked;
        /// Zero before the first draw.
        bytes32 seed;
        /// Every owner who was offered a seat, in the order of the draw.
        address[] offered;
        /// Those who accepted, in the order in which they did.
        address[] jurors;
    }

    /// @notice How many candidates are looked at for one jury, at most.
    uint256 public constant MAX_CANDIDATES = 512;

    /// @dev Epoch of a challenge + 1 is the first that nobody has seen anything of; the beacon two
    /// epochs later is the first that holds its outcome.
    uint32 private constant EPOCHS_TO_SEED = 3;

    /// @notice Chain id of development chains.
    uint256 private constant DEVELOPMENT_CHAIN = 31337;

    /// @notice The network, whose beacons are the seeds.
    Controller public immutable controller;

    /// @notice The licences whose owners judge.
    NodeDeed public immutable nodeDeed;

    /// @notice Knows the parties of each job.
    Jobs public immutable jobs;

    /// @notice Knows who is behind an account. Zero on development chains alone: there everybody
    /// counts as one.
    Entities public immutable entities;

    /// @notice How many jurors a full jury has.
    uint256 public immutable jurySize;

    /// @notice Seconds in which an offered seat can be accepted.
    uint256 public immutable acceptWindow;

    mapping(uint256 challengeId => Panel) private _panels;

    mapping(uint256 challengeId => mapping(address juror => Seat)) internal _seats;

    /// @dev No entity is offered two seats of a jury.
    mapping(uint256 challengeId => mapping(bytes32 entity => bool)) private _drawn;

    /// @notice The seed of a jury became known.
    event SeedDrawn(uint256 indexed challengeId, uint32 epoch, bytes32 seed);

    /// @notice A seat was offered to the owner of a deed.
    event SeatOffered(
        uint256 indexed challengeId,
        address indexed juror,
        uint256 licenceId,
        uint256 candidate,
        uint64 acceptBy
    );

    /// @notice There is no such challenge.
    error UnknownChallenge(uint256 challengeId);

    /// @notice No oracle quorum has recorded anything yet that was unknown at the challenge.
    error SeedUnknown(uint32 epoch);

    /// @notice A seat offered now could not be accepted in time.
    error DrawOver(uint256 assembleBy);

    /// @notice Every seat is taken or on offer.
    error NoVacancy();

    /// @notice No seat is on offer to the account.
    error NotOffered(address account);

    /// @notice The offer has expired.
    error OfferExpired(uint256 acceptBy);

    /// @notice Somebody with a part in the job, or of one entity with such, cannot judge it.
    error PartyCannotJudge(address account);

    /// @notice A network of strangers must know who is behind an account.
    error DevelopmentChainOnly(uint256 chainId);

    /// @dev Joins juries to their network.
    /// @param controller_ the network
    /// @param jobs_ knows the parties of each job
    /// @param entities_ knows who is behind an account
    /// @param jurySize_ how many jurors a full jury has
    /// @param acceptWindow_ seconds in which an offered seat can be accepted
    constructor(
        Controller controller_,
        Jobs jobs_,
        Entities entities_,
        uint256 jurySize_,
        uint256 acceptWindow_
    ) {
        if (address(entities_) == address(0) && block.chainid != DEVELOPMENT_CHAIN) {
            revert DevelopmentChainOnly(block.chainid);
        }
        controller = controller_;
        nodeDeed = controller_.nodeDeed();
        jobs = jobs_;
        entities = entities_;
        jurySize = jurySize_;
        acceptWindow = acceptWindow_;
    }

    /// @notice Offers the vacant seats of a jury to the next candidates. Anyone may call it, again
    /// and again: a seat that was not accepted in time is vacant.
    /// @param challengeId the challenge
    /// @param limit the most candidates to look at in this call
    /// @return offers how many seats were offered
    function draw(uint256 challengeId, uint256 limit) external returns (uint256 offers) {
        Panel storage panel = _panel(challengeId);
        if (block.timestamp + acceptWindow > panel.assembleBy) revert DrawOver(panel.assembleBy);
        if (panel.seed == 0) _findSeed(challengeId, panel);
        uint256 vacant = jurySize - panel.jurors.length - _pending(challengeId, panel);
        if (vacant == 0) revert NoVacancy();

        bytes32[] memory barred = _barred(panel.jobId);
        uint256 looked = panel.looked;
        uint256 end = looked + Math.min(limit, MAX_CANDIDATES - looked);
        for (; looked < end && offers < vacant; ++looked) {
            if (_offer(challengeId, panel, looked, barred)) ++offers;
        }
        // At most as many as candidates, and those are few.
        // forge-lint: disable-next-line(unsafe-typecast)
        panel.looked = uint32(looked);
    }

    /// @notice The deed that a candidate of a draw stands for.
    /// @param seed the seed of the jury
    /// @param candidate which candidate, from 0 on
    /// @param deedCount how many deeds the draw is among; not zero
    function candidateOf(bytes32 seed, uint256 candidate, uint256 deedCount)
        public
        pure
        returns (uint256 licenceId)
    {
        return 1 + Sampling.below(seed, candidate, deedCount);
    }

    /// @notice The epoch whose beacon is the seed of a jury: the first, from the one fixed in the
    /// challenge on, that rests on an epoch which began after the challenge.
    /// @param challengeId the challenge
    /// @dev An older outcome would have been known to the challenger. Reverts with {SeedUnknown}
    /// until one is recorded; once it is, the answer never changes.
    function seedEpochOf(uint256 challengeId) public view returns (uint32) {
        uint32 fixedEpoch = _panel(challengeId).seedEpoch;
        uint32 unseen = fixedEpoch - 2;
        uint256 recordedAt = controller.recordedAt(unseen);
        if (recordedAt == 0) revert SeedUnknown(unseen);
        // beacon(e) counts what was recorded up to the moment in which e begins.
        uint256 since = recordedAt - controller.startEpochTimestamp();
        return uint32(Math.max(fixedEpoch, Math.ceilDiv(since, controller.epochDuration())));
    }

    /// @notice The jury of a challenge and how it was drawn.
    /// @param challengeId the challenge
    function panelOf(uint256 challengeId) external view returns (Panel memory) {
        return _panel(challengeId);
    }

    /// @notice The seat of an owner in a jury.
    /// @param challengeId the challenge
    /// @param juror the owner
    function seatOf(uint256 challengeId, address juror) external view returns (Seat memory) {
        return _seats[challengeId][juror];
    }

    /// @dev Fixes the seed and the deeds of a draw before either can be known.
    /// @param challengeId the challenge
    /// @param jobId the job
    /// @param assemblyWindow in which a jury comes together, in seconds
    /// @return seedEpoch the epoch whose beacon is the seed, unless oracles are late
    function _openPanel(uint256 challengeId, uint256 jobId, uint256 assemblyWindow)
        internal
        returns (uint32 seedEpoch)
    {
        seedEpoch = controller.currentEpoch() + EPOCHS_TO_SEED;
        uint256 seedTime =
            controller.startEpochTimestamp() + uint256(seedEpoch) * controller.epochDuration();
        Panel storage panel = _panels[challengeId];
        panel.jobId = jobId;
        panel.madeAt = uint64(block.timestamp);
        // Seconds since 1970 and a window of 32 bits.
        // forge-lint: disable-next-line(unsafe-typecast)
        panel.assembleBy = uint64(seedTime + assemblyWindow);
        panel.seedEpoch = seedEpoch;
        panel.deedCount = uint32(nodeDeed.totalSupply());
    }

    /// @dev Seats an owner who was offered it.
    /// @param challengeId the challenge
    /// @param juror the owner
    /// @return complete whether that was the last seat
    function _takeSeat(uint256 challengeId, address juror) internal returns (bool complete) {
        Panel storage panel = _panel(challengeId);
        Seat storage seat = _seats[challengeId][juror];
        if (seat.standing != Standing.Offered) revert NotOffered(juror);
        if (block.timestamp > seat.acceptBy) revert OfferExpired(seat.acceptBy);
        // The job may have come to his node since the draw.
        if (_contains(_barred(panel.jobId), _entityOf(juror))) revert PartyCannotJudge(juror);
        seat.standing = Standing.Seated;
        panel.jurors.push(juror);
        return panel.jurors.length == jurySize;
    }

    /// @dev Takes the seat of the last who accepted, so that an odd number is left.
    function _releaseLast(uint256 challengeId) internal returns (address juror) {
        address[] storage jurors = _panels[challengeId].jurors;
        juror = jurors[jurors.length - 1];
        jurors.pop();
        delete _seats[challengeId][juror];
    }

    /// @dev The panel of a challenge; reverts when there is none.
    function _panel(uint256 challengeId) internal view returns (Panel storage panel) {
        panel = _panels[challengeId];
        if (panel.madeAt == 0) revert UnknownChallenge(challengeId);
    }

    function _findSeed(uint256 challengeId, Panel storage panel) private {
        uint32 epoch = seedEpochOf(challengeId);
        bytes32 beacon = controller.beacon(epoch, uint64(block.timestamp));
        bytes32 seed =
            keccak256(abi.encode(block.chainid, address(this), challengeId, epoch, beacon));
        panel.seed = seed;
        emit SeedDrawn(challengeId, epoch, seed);
    }

    function _offer(
        uint256 challengeId,
        Panel storage panel,
        uint256 candidate,
        bytes32[] memory barred
    ) private returns (bool) {
        uint256 licenceId = candidateOf(panel.seed, candidate, panel.deedCount);
        LinkedLicence.Licence memory licence = nodeDeed.licence(licenceId);
        // Neither a banned licence nor one that changed hands is linked.
        if (licence.node == address(0) || licence.linkedSince >= panel.madeAt) return false;
        address juror = licence.owner;
        bytes32 entity = _entityOf(juror);
        if (entity == 0 || _drawn[challengeId][entity] || _contains(barred, entity)) return false;
        // An account may have come to another entity since it was drawn.
        if (_seats[challengeId][juror].standing != Standing.None) return false;

        // Seconds since 1970 and a window of 32 bits.
        // forge-lint: disable-next-line(unsafe-typecast)
        uint64 acceptBy = uint64(block.timestamp + acceptWindow);
        _drawn[challengeId][entity] = true;
        _seats[challengeId][juror] = Seat(Standing.Offered, acceptBy);
        panel.offered.push(juror);
        emit SeatOffered(challengeId, juror, licenceId, candidate, acceptBy);
        return true;
    }

    /// @dev How many offers can still be accepted. Later offers expire later, and at most a jury of
    /// them has not expired, so few are read.
    function _pending(uint256 challengeId, Panel storage panel)
        private
        view
        returns (uint256 pending)
    {
        for (uint256 i = panel.offered.length; i > 0; --i) {
            Seat memory seat = _seats[challengeId][panel.offered[i - 1]];
            if (block.timestamp > seat.acceptBy) break;
            if (seat.standing == Standing.Offered) ++pending;
        }
    }

    /// @dev The entities of the parties. One that is not verified is zero, and nobody without a
    /// verified entity judges.
    function _barred(uint256 jobId) private view returns (bytes32[] memory barred) {
        (address payer, address[] memory operators) = jobs.partiesOf(jobId);
        barred = new bytes32[](operators.length + 1);
        barred[0] = _entityOf(payer);
        for (uint256 i = 0; i < operators.length; ++i) {
            barred[i + 1] = _entityOf(operators[i]);
        }
    }

    function _entityOf(address account) private view returns (bytes32) {
        if (address(entities) == address(0)) return bytes32(uint256(uint160(account)));
        return entities.entityOf(account);
    }

    function _contains(bytes32[] memory list, bytes32 entity) private pure returns (bool) {
        for (uint256 i = 0; i < list.length; ++i) {
            if (list[i] == entity) return true;
        }
        return false;
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Controller} from "../epochs/Controller.sol";
import {Ballots} from "./Ballots.sol";
import {Deposits} from "./Deposits.sol";
import {Entities} from "./Entities.sol";
import {Jobs} from "./Jobs.sol";
import {Juries} from "./Juries.sol";

/// @title Challenges of the quality of jobs
/// @notice Who has a part in a job accuses another of bad work and stakes a deposit. A jury of
/// licence owners votes by commit and reveal; the outcome is recorded for ever. A right challenger
/// gets the deposit back, a wrong one loses it.
/// @dev Everything that comes in is refunded, paid, burned or held: rules in decision 0080.
contract Challenges is Ballots, Deposits {
    /// @notice How a challenge ended.
    enum Outcome {
        Pending,
        /// The work was bad.
        Upheld,
        /// The work was good.
        Rejected,
        /// As many votes for as against, or half of the jury or more was silent.
        Undecided,
        /// No jury came together.
        Unjudged
    }

    /// @notice What can be done about a challenge now.
    enum Phase {
        None,
        /// Seats are drawn and accepted.
        Assembling,
        /// {convene} begins the vote with those who accepted, or ends the challenge.
        Convening,
        Committing,
        Revealing,
        /// {settle} ends the challenge.
        Settling,
        Closed
    }

    /// @notice Amounts in 10⁻¹⁸ R1, times in seconds.
    struct Terms {
        /// What a challenger stakes.
        uint128 deposit;
        /// What a juror stakes.
        uint128 jurorDeposit;
        /// The most that a juror who revealed is paid.
        uint128 jurorFee;
        /// In which an offered seat can be accepted.
        uint32 acceptWindow;
        /// In which a jury comes together, from the start of the seed's epoch on.
        uint32 assemblyWindow;
        uint32 commitWindow;
        uint32 revealWindow;
        /// How many jurors a full jury has; odd.
        uint8 jurySize;
        /// How many the smallest has; odd, at least 3.
        uint8 minJury;
    }

    /// @notice A challenge.
    struct Challenge {
        address challenger;
        Outcome outcome;
        address accused;
        bytes32 evidenceHash;
    }

    /// @notice Share of a wrong challenger's deposit that is burned, in per cent, rounded down. The
    /// rest goes to the fund that pays jurors.
    uint256 public constant BURNED_PERCENT = 50;

    uint256 private constant MAX_JURY = 15;

    uint256 private immutable _deposit;
    uint256 private immutable _jurorDeposit;
    uint256 private immutable _jurorFee;
    uint256 private immutable _assemblyWindow;
    uint256 private immutable _minJury;

    /// @notice How many challenges were made; the newest has this id, the first has 1.
    uint256 public challengeCount;

    mapping(uint256 challengeId => Challenge) private _challenges;

    /// @dev The newest challenge by hash of job, challenger and accused.
    mapping(bytes32 matter => uint256 challengeId) private _newest;

    /// @notice A challenge was made.
    event ChallengeMade(
        uint256 indexed challengeId,
        uint256 indexed jobId,
        address indexed accused,
        address challenger,
        uint32 seedEpoch,
        bytes32 evidenceHash,
        string evidenceUri
    );

    /// @notice An owner accepted a seat.
    event SeatTaken(uint256 indexed challengeId, address indexed juror);

    /// @notice The last who accepted was one too many for an odd jury.
    event SeatReleased(uint256 indexed challengeId, address indexed juror);

    /// @notice A challenge ended.
    event ChallengeDecided(
        uint256 indexed challengeId,
        uint256 indexed jobId,
        address indexed accused,
        Outcome outcome,
        uint256 votesFor,
        uint256 votesAgainst,
        uint256 jurors,
        uint256 feePerJuror,
        uint256 burned
    );

    /// @notice The terms contradict themselves.
    error InvalidTerms();

    /// @notice The account has no part in the job.
    error NotAParty(address account);

    /// @notice Nobody can accuse himself.
    error SelfAccused();

    /// @notice A challenge needs evidence.
    error NoEvidence();

    /// @notice There are fewer deeds than the smallest jury has seats.
    error TooFewDeeds(uint256 deeds);

    /// @notice The same was challenged before, and is pending or was upheld.
    error AlreadyChallenged(uint256 challengeId);

    /// @notice That can be done in another phase alone.
    error WrongPhase(Phase phase);

    /// @notice Joins the contract to its network and fixes its terms for ever.
    /// @param controller_ the network
    /// @param jobs_ knows the parties of each job
    /// @param entities_ knows who is behind an account; zero on development chains alone
    /// @param given amounts and times
    constructor(Controller controller_, Jobs jobs_, Entities entities_, Terms memory given)
        Juries(controller_, jobs_, entities_, given.jurySize, given.acceptWindow)
        Ballots(given.commitWindow, given.revealWindow)
        Deposits(controller_.r1())
    {
        bool juryFits = given.minJury > 2 && given.minJury <= given.jurySize
            && given.jurySize <= MAX_JURY && given.minJury % 2 == 1 && given.jurySize % 2 == 1;
        bool timesFit = given.acceptWindow > 0 && given.assemblyWindow >= given.acceptWindow
            && given.commitWindow > 0 && given.revealWindow > 0;
        if (!juryFits || !timesFit || given.deposit == 0 || given.jurorDeposit == 0) {
            revert InvalidTerms();
        }
        _deposit = given.deposit;
        _jurorDeposit = given.jurorDeposit;
        _jurorFee = given.jurorFee;
        _assemblyWindow = given.assemblyWindow;
        _minJury = given.minJury;
    }

    /// @notice Challenges the work of another party of a job. The caller must have a part in the job
    /// and have allowed this contract to take the deposit.
    /// @param jobId the job
    /// @param accused whose work it is about
    /// @param evidenceHash hash of the evidence
    /// @param evidenceUri where the evidence is
    /// @return challengeId the new challenge
    function challenge(
        uint256 jobId,
        address accused,
        bytes32 evidenceHash,
        string calldata evidenceUri
    ) external nonReentrant returns (uint256 challengeId) {
        if (accused == msg.sender) revert SelfAccused();
        if (evidenceHash == 0) revert NoEvidence();
        _requireParties(jobId, accused);
        uint256 deeds = nodeDeed.totalSupply();
        if (deeds < _minJury) revert TooFewDeeds(deeds);

        challengeId = ++challengeCount;
        _enter(keccak256(abi.encode(jobId, msg.sender, accused)), challengeId);
        Challenge storage made = _challenges[challengeId];
        made.challenger = msg.sender;
        made.accused = accused;
        made.evidenceHash = evidenceHash;
        uint32 seedEpoch = _openPanel(challengeId, jobId, _assemblyWindow);
        emit ChallengeMade(
            challengeId, jobId, accused, msg.sender, seedEpoch, evidenceHash, evidenceUri
        );
        _take(_deposit);
    }

    /// @notice Accepts a seat that was offered to the caller, who must have allowed this contract to
    /// take the juror's deposit. With the last seat the vote begins.
    /// @param challengeId the challenge
    function accept(uint256 challengeId) external nonReentrant {
        bool complete = _takeSeat(challengeId, msg.sender);
        emit SeatTaken(challengeId, msg.sender);
        if (complete) _beginVote(challengeId);
        _take(_jurorDeposit);
    }

    /// @notice Begins the vote with those who accepted in time, of whom the last is released when
    /// they are even; or ends the challenge when they are too few. Anyone may call it.
    /// @param challengeId the challenge
    function convene(uint256 challengeId) external {
        _require(challengeId, Phase.Convening);
        uint256 accepted = _panel(challengeId).jurors.length;
        if (accepted < _minJury) return _endUnjudged(challengeId);
        if (accepted % 2 == 0) {
            address released = _releaseLast(challengeId);
            owed[released] += _jurorDeposit;
            emit SeatReleased(challengeId, released);
        }
        _beginVote(challengeId);
    }

    /// @notice Counts the votes and ends a challenge. Anyone may call it.
    /// @param challengeId the challenge
    /// @dev The fee is from the fund as it was before, whatever the outcome, and does not grow with
    /// the silence of others: no vote and nobody's silence changes what a juror is paid.
    function settle(uint256 challengeId) external nonReentrant {
        _require(challengeId, Phase.Settling);
        Challenge storage ended = _challenges[challengeId];
        address[] memory jurors = _panel(challengeId).jurors;
        uint256 fee = Math.min(_jurorFee, juryFund / jurors.length);
        Ballot memory ballot = ballotOf(challengeId);
        Outcome outcome = _count(ballot.votesFor, ballot.votesAgainst, jurors.length);
        ended.outcome = outcome;
        juryFund -= fee * (uint256(ballot.votesFor) + ballot.votesAgainst);
        uint256 burned = _payJurors(challengeId, jurors, fee);
        if (outcome == Outcome.Rejected) {
            uint256 share = _deposit * BURNED_PERCENT / 100;
            burned += share;
            juryFund += _deposit - share;
        } else {
            owed[ended.challenger] += _deposit;
        }
        _emitDecided(challengeId, jurors.length, fee, burned);
        if (burned > 0) r1.burn(burned);
    }

    /// @notice How a challenge ended; recorded for ever.
    /// @param challengeId the challenge
    function outcomeOf(uint256 challengeId) external view returns (Outcome) {
        return challengeOf(challengeId).outcome;
    }

    /// @notice A challenge; reverts when there is none.
    /// @param challengeId the challenge
    function challengeOf(uint256 challengeId) public view returns (Challenge memory found) {
        found = _challenges[challengeId];
        if (found.challenger == address(0)) revert UnknownChallenge(challengeId);
    }

    /// @notice What can be done about a challenge now.
    /// @param challengeId the challenge
    function phaseOf(uint256 challengeId) public view returns (Phase) {
        Challenge memory found = _challenges[challengeId];
        if (found.challenger == address(0)) return Phase.None;
        if (found.outcome != Outcome.Pending) return Phase.Closed;
        uint256 commitEnd = ballotOf(challengeId).commitEnd;
        if (commitEnd == 0) {
            return
                block.timestamp > _panel(challengeId).assembleBy
                    ? Phase.Convening
                    : Phase.Assembling;
        }
        if (block.timestamp < commitEnd) return Phase.Committing;
        return block.timestamp < _revealEnd(challengeId) ? Phase.Revealing : Phase.Settling;
    }

    /// @notice The terms as they were given.
    function terms() external view returns (Terms memory) {
        // Each was given as this type.
        // forge-lint: disable-start(unsafe-typecast)
        return Terms(
            uint128(_deposit),
            uint128(_jurorDeposit),
            uint128(_jurorFee),
            uint32(acceptWindow),
            uint32(_assemblyWindow),
            uint32(commitWindow),
            uint32(revealWindow),
            uint8(jurySize),
            uint8(_minJury)
        );
        // forge-lint: disable-end(unsafe-typecast)
    }

    /// @dev What was upheld cannot be challenged again, so nobody collects fees from one matter
    /// twice; what was rejected can, for another deposit.
    function _enter(bytes32 matter, uint256 challengeId) private {
        uint256 previous = _newest[matter];
        Outcome outcome = _challenges[previous].outcome;
        if (previous != 0 && (outcome == Outcome.Pending || outcome == Outcome.Upheld)) {
            revert AlreadyChallenged(previous);
        }
        _newest[matter] = challengeId;
    }

    function _endUnjudged(uint256 challengeId) private {
        Challenge storage ended = _challenges[challengeId];
        address[] memory jurors = _panel(challengeId).jurors;
        ended.outcome = Outcome.Unjudged;
        owed[ended.challenger] += _deposit;
        for (uint256 i = 0; i < jurors.length; ++i) {
            owed[jurors[i]] += _jurorDeposit;
        }
        _emitDecided(challengeId, jurors.length, 0, 0);
    }

    /// @dev Who revealed gets the deposit back and a fee, however he voted; the deposits of the
    /// others are burned.
    function _payJurors(uint256 challengeId, address[] memory jurors, uint256 fee)
        private
        returns (uint256 burned)
    {
        for (uint256 i = 0; i < jurors.length; ++i) {
            if (_seats[challengeId][jurors[i]].standing == Standing.Revealed) {
                owed[jurors[i]] += _jurorDeposit + fee;
            } else {
                burned += _jurorDeposit;
            }
        }
    }

    function _emitDecided(uint256 challengeId, uint256 jurors, uint256 fee, uint256 burned)
        private
    {
        Challenge memory ended = _challenges[challengeId];
        Ballot memory ballot = ballotOf(challengeId);
        emit ChallengeDecided(
            challengeId,
            _panel(challengeId).jobId,
            ended.accused,
            ended.outcome,
            ballot.votesFor,
            ballot.votesAgainst,
            jurors,
            fee,
            burned
        );
    }

    function _require(uint256 challengeId, Phase phase) private view {
        Phase now_ = phaseOf(challengeId);
        if (now_ != phase) revert WrongPhase(now_);
    }

    function _requireParties(uint256 jobId, address accused) private view {
        (address payer, address[] memory operators) = jobs.partiesOf(jobId);
        bool challengerFound = msg.sender == payer;
        bool accusedFound = accused == payer;
        for (uint256 i = 0; i < operators.length; ++i) {
            challengerFound = challengerFound || operators[i] == msg.sender;
            accusedFound = accusedFound || operators[i] == accused;
        }
        if (!challengerFound) revert NotAParty(msg.sender);
        if (!accusedFound) revert NotAParty(accused);
    }

    function _count(uint256 votesFor, uint256 votesAgainst, uint256 jurors)
        private
        pure
        returns (Outcome)
    {
        bool quorum = 2 * (votesFor + votesAgainst) > jurors;
        if (!quorum || votesFor == votesAgainst) return Outcome.Undecided;
        return votesFor > votesAgainst ? Outcome.Upheld : Outcome.Rejected;
    }
}

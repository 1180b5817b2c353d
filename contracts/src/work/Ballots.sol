// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Juries} from "./Juries.sol";

/// @title Votes of juries, by commit and reveal
/// @notice Nobody knows another's vote before his own is fixed, and nobody can copy one.
abstract contract Ballots is Juries {
    /// @notice The vote of a jury.
    struct Ballot {
        /// When commitments end and reveals begin; zero until the vote begins.
        uint64 commitEnd;
        uint8 votesFor;
        uint8 votesAgainst;
    }

    /// @notice Seconds in which jurors commit.
    uint256 public immutable commitWindow;

    /// @notice Seconds after that in which they reveal.
    uint256 public immutable revealWindow;

    mapping(uint256 challengeId => Ballot) private _ballots;

    mapping(uint256 challengeId => mapping(address juror => bytes32)) private _commitments;

    /// @notice The vote began.
    event JuryConvened(
        uint256 indexed challengeId, address[] jurors, uint256 commitEnd, uint256 revealEnd
    );

    /// @notice A juror committed to a vote.
    event VoteCommitted(uint256 indexed challengeId, address indexed juror, bytes32 commitment);

    /// @notice A juror revealed a vote.
    event VoteRevealed(uint256 indexed challengeId, address indexed juror, bool upheld);

    /// @notice It is not the time for that.
    error OutsideWindow(uint256 from, uint256 until);

    /// @notice The account has no seat in the jury, or did so already.
    error NotDue(address account, Standing standing);

    /// @notice Nothing is no commitment.
    error EmptyCommitment();

    /// @notice The vote and the salt are not what the juror committed to.
    error CommitmentMismatch(address juror);

    /// @dev Fixes the times.
    /// @param commitWindow_ seconds in which jurors commit
    /// @param revealWindow_ seconds after that in which they reveal
    constructor(uint256 commitWindow_, uint256 revealWindow_) {
        commitWindow = commitWindow_;
        revealWindow = revealWindow_;
    }

    /// @notice Commits the caller to a vote, once. Another's commitment is of no use to him: it
    /// binds its juror.
    /// @param challengeId the challenge
    /// @param commitment see {commitmentOf}
    function commit(uint256 challengeId, bytes32 commitment) external {
        uint256 end = _ballots[challengeId].commitEnd;
        if (block.timestamp >= end) revert OutsideWindow(0, end);
        if (commitment == 0) revert EmptyCommitment();
        _advance(challengeId, Standing.Seated, Standing.Committed);
        _commitments[challengeId][msg.sender] = commitment;
        emit VoteCommitted(challengeId, msg.sender, commitment);
    }

    /// @notice Reveals the vote that the caller committed to.
    /// @param challengeId the challenge
    /// @param upheld whether the work was bad
    /// @param salt what made the commitment impossible to guess
    function reveal(uint256 challengeId, bool upheld, bytes32 salt) external {
        Ballot storage ballot = _ballots[challengeId];
        (uint256 from, uint256 until) = (ballot.commitEnd, _revealEnd(challengeId));
        if (block.timestamp < from || block.timestamp >= until) revert OutsideWindow(from, until);
        _advance(challengeId, Standing.Committed, Standing.Revealed);
        bytes32 commitment = commitmentOf(challengeId, msg.sender, upheld, salt);
        if (commitment != _commitments[challengeId][msg.sender]) {
            revert CommitmentMismatch(msg.sender);
        }
        if (upheld) ++ballot.votesFor;
        else ++ballot.votesAgainst;
        emit VoteRevealed(challengeId, msg.sender, upheld);
    }

    /// @notice The vote of a jury; all zero until it begins.
    /// @param challengeId the challenge
    function ballotOf(uint256 challengeId) public view returns (Ballot memory) {
        return _ballots[challengeId];
    }

    /// @notice The commitment of a juror to a vote.
    /// @param challengeId the challenge
    /// @param juror who votes
    /// @param upheld whether the work was bad
    /// @param salt random 32 bytes, kept secret until the reveal
    function commitmentOf(uint256 challengeId, address juror, bool upheld, bytes32 salt)
        public
        view
        returns (bytes32)
    {
        return keccak256(abi.encode(block.chainid, address(this), challengeId, juror, upheld, salt));
    }

    /// @dev From now on the jury of a challenge commits.
    function _beginVote(uint256 challengeId) internal {
        // Seconds since 1970 and a window of 32 bits.
        // forge-lint: disable-next-line(unsafe-typecast)
        _ballots[challengeId].commitEnd = uint64(block.timestamp + commitWindow);
        emit JuryConvened(
            challengeId,
            _panel(challengeId).jurors,
            block.timestamp + commitWindow,
            _revealEnd(challengeId)
        );
    }

    /// @dev When reveals end; meaningless until the vote begins.
    function _revealEnd(uint256 challengeId) internal view returns (uint256) {
        return _ballots[challengeId].commitEnd + revealWindow;
    }

    function _advance(uint256 challengeId, Standing from, Standing to) private {
        Seat storage seat = _seats[challengeId][msg.sender];
        if (seat.standing != from) revert NotDue(msg.sender, seat.standing);
        seat.standing = to;
    }
}

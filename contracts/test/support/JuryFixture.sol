// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Challenges} from "../../src/work/Challenges.sol";
import {Entities} from "../../src/work/Entities.sol";
import {Jobs} from "../../src/work/Jobs.sol";
import {NetworkFixture} from "./NetworkFixture.sol";

/// @notice Jobs whose parties the tests name.
contract JobsDouble is Jobs {
    struct Parties {
        address payer;
        address[] operators;
    }

    mapping(uint256 jobId => Parties) private _parties;

    function set(uint256 jobId, address payer, address[] memory operators) external {
        _parties[jobId] = Parties(payer, operators);
    }

    function partiesOf(uint256 jobId) external view returns (address, address[] memory) {
        Parties memory found = _parties[jobId];
        if (found.payer == address(0)) revert UnknownJob(jobId);
        return (found.payer, found.operators);
    }
}

/// @notice Entities that the tests name.
contract EntitiesDouble is Entities {
    mapping(address account => bytes32) public entityOf;

    function set(address account, bytes32 entity) external {
        entityOf[account] = entity;
    }
}

/// @notice A network with linked deeds, jobs and challenges.
abstract contract JuryFixture is NetworkFixture {
    uint256 internal constant JOB = 7;
    uint256 internal constant DEPOSIT = 100e18 + 1;
    uint256 internal constant STAKE = 20e18;
    uint256 internal constant FEE = 3e18;
    uint32 internal constant ACCEPT = 6 hours;
    uint32 internal constant ASSEMBLY = 2 days;
    uint32 internal constant COMMIT = 1 days;
    uint32 internal constant REVEAL = 12 hours;
    uint8 internal constant SIZE = 5;
    uint8 internal constant LEAST = 3;

    address internal constant PAYER = address(0x9A);
    address internal constant OPERATOR = address(0x0B);
    bytes32 internal constant EVIDENCE = keccak256("evidence");

    JobsDouble internal jobs;
    Challenges internal challenges;

    /// @dev A network whose epoch 0 has begun, with one linked deed for each of `count` owners and
    /// one for the operator of the job.
    function beginWithOwners(uint256 count) internal {
        begin(4);
        jobs = new JobsDouble();
        challenges = new Challenges(controller, jobs, Entities(address(0)), terms());
        for (uint256 i = 0; i < count; ++i) {
            linkAs(owner(i), deedsFor(owner(i), 1), i);
        }
        linkAs(OPERATOR, deedsFor(OPERATOR, 1), count);
        jobs.set(JOB, PAYER, single(OPERATOR));
        vm.warp(START + 1 hours);
    }

    function terms() internal pure returns (Challenges.Terms memory) {
        return Challenges.Terms(
            uint128(DEPOSIT),
            uint128(STAKE),
            uint128(FEE),
            ACCEPT,
            ASSEMBLY,
            COMMIT,
            REVEAL,
            SIZE,
            LEAST
        );
    }

    function owner(uint256 index) internal pure returns (address) {
        return address(uint160(0x1000 + index));
    }

    function single(address one) internal pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = one;
    }

    /// @dev Gives an account R1 that the contract may take.
    function fundFor(address account, uint256 amount) internal {
        vm.prank(GOVERNANCE);
        devMinter.mint(account, amount);
        vm.prank(account);
        r1.approve(address(challenges), amount);
    }

    function challengeBy(address challenger, address accused) internal returns (uint256) {
        return challengeOver(JOB, challenger, accused);
    }

    function challengeOver(uint256 jobId, address challenger, address accused)
        internal
        returns (uint256)
    {
        fundFor(challenger, DEPOSIT);
        vm.prank(challenger);
        return challenges.challenge(jobId, accused, EVIDENCE, "r1fs://evidence");
    }

    /// @dev Records every epoch up to one.
    function recordTo(uint32 epoch) internal {
        for (uint32 e = controller.pendingEpoch(); e <= epoch; ++e) {
            record(certificateOf(e));
        }
    }

    /// @dev A challenge of the operator by the payer whose jury was drawn.
    function drawn() internal returns (uint256 id) {
        id = challengeBy(PAYER, OPERATOR);
        recordTo(1);
        challenges.draw(id, 512);
    }

    function acceptBy(uint256 id, address juror) internal {
        fundFor(juror, STAKE);
        vm.prank(juror);
        challenges.accept(id);
    }

    /// @dev The first so many who were offered a seat accept.
    function acceptFirst(uint256 id, uint256 count) internal {
        address[] memory offered = challenges.panelOf(id).offered;
        for (uint256 i = 0; i < count; ++i) {
            acceptBy(id, offered[i]);
        }
    }

    /// @dev A challenge whose full jury sits.
    function seated() internal returns (uint256 id) {
        id = drawn();
        acceptFirst(id, SIZE);
    }

    function salt(address juror) internal pure returns (bytes32) {
        return keccak256(abi.encode("salt", juror));
    }

    function commitBy(uint256 id, address juror, bool upheld) internal {
        bytes32 commitment = challenges.commitmentOf(id, juror, upheld, salt(juror));
        vm.prank(juror);
        challenges.commit(id, commitment);
    }

    function revealBy(uint256 id, address juror, bool upheld) internal {
        vm.prank(juror);
        challenges.reveal(id, upheld, salt(juror));
    }

    /// @dev Jurors vote in their order: `votesFor` for, `votesAgainst` against; the rest is silent.
    function vote(uint256 id, uint256 votesFor, uint256 votesAgainst) internal {
        address[] memory jurors = challenges.panelOf(id).jurors;
        for (uint256 i = 0; i < votesFor + votesAgainst; ++i) {
            commitBy(id, jurors[i], i < votesFor);
        }
        vm.warp(challenges.ballotOf(id).commitEnd);
        for (uint256 i = 0; i < votesFor + votesAgainst; ++i) {
            revealBy(id, jurors[i], i < votesFor);
        }
        vm.warp(block.timestamp + REVEAL);
    }

    function assertPhase(uint256 id, Challenges.Phase expected, string memory what) internal view {
        assertEq(uint256(challenges.phaseOf(id)), uint256(expected), what);
    }

    function assertOutcome(uint256 id, Challenges.Outcome expected) internal view {
        assertEq(uint256(challenges.outcomeOf(id)), uint256(expected), "outcome");
    }

    function standingOf(uint256 id, address juror) internal view returns (uint256) {
        return uint256(challenges.seatOf(id, juror).standing);
    }
}

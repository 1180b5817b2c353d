// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Ballots} from "../../src/work/Ballots.sol";
import {Challenges} from "../../src/work/Challenges.sol";
import {Deposits} from "../../src/work/Deposits.sol";
import {Entities} from "../../src/licences/Entities.sol";
import {Juries} from "../../src/work/Juries.sol";
import {JuryFixture} from "../support/JuryFixture.sol";

contract ChallengesTest is JuryFixture {
    event ChallengeMade(
        uint256 indexed challengeId,
        uint256 indexed jobId,
        address indexed accused,
        address challenger,
        uint32 seedEpoch,
        bytes32 evidenceHash,
        string evidenceUri
    );
    event ChallengeDecided(
        uint256 indexed challengeId,
        uint256 indexed jobId,
        address indexed accused,
        Challenges.Outcome outcome,
        uint256 votesFor,
        uint256 votesAgainst,
        uint256 jurors,
        uint256 feePerJuror,
        uint256 burned
    );

    function setUp() public {
        beginWithOwners(8);
    }

    // Making a challenge.

    function test_aPartyChallengesAnotherWithADeposit() public {
        fundFor(PAYER, DEPOSIT);
        vm.expectEmit(true, true, true, true);
        emit ChallengeMade(1, JOB, OPERATOR, PAYER, 3, EVIDENCE, "r1fs://evidence");
        vm.prank(PAYER);
        uint256 id = challenges.challenge(JOB, OPERATOR, EVIDENCE, "r1fs://evidence");
        assertEq(id, 1, "the first");
        assertEq(r1.balanceOf(address(challenges)), DEPOSIT, "held");
        Challenges.Challenge memory made = challenges.challengeOf(id);
        assertEq(made.challenger, PAYER, "challenger");
        assertEq(made.accused, OPERATOR, "accused");
        assertEq(made.evidenceHash, EVIDENCE, "evidence");
        assertOutcome(id, Challenges.Outcome.Pending);
        assertPhase(id, Challenges.Phase.Assembling, "phase");
        assertEq(challengeBy(OPERATOR, PAYER), 2, "operators challenge as well");
    }

    function test_operatorsChallengeEachOther() public {
        address[] memory operators = new address[](2);
        (operators[0], operators[1]) = (OPERATOR, owner(0));
        jobs.set(JOB, PAYER, operators);
        challengeBy(owner(0), OPERATOR);
        challengeBy(OPERATOR, owner(0));
        assertEq(challenges.challengeCount(), 2, "challenges");
    }

    function test_strangersNeitherChallengeNorAreChallenged() public {
        fundFor(STRANGER, DEPOSIT);
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(Challenges.NotAParty.selector, STRANGER));
        challenges.challenge(JOB, OPERATOR, EVIDENCE, "");
        vm.prank(PAYER);
        vm.expectRevert(abi.encodeWithSelector(Challenges.NotAParty.selector, STRANGER));
        challenges.challenge(JOB, STRANGER, EVIDENCE, "");
        vm.prank(PAYER);
        vm.expectRevert(abi.encodeWithSelector(Challenges.NotAParty.selector, address(0)));
        challenges.challenge(JOB, address(0), EVIDENCE, "");
    }

    function test_nobodyAccusesHimself() public {
        vm.prank(PAYER);
        vm.expectRevert(Challenges.SelfAccused.selector);
        challenges.challenge(JOB, PAYER, EVIDENCE, "");
    }

    function test_aChallengeNeedsEvidence() public {
        vm.prank(PAYER);
        vm.expectRevert(Challenges.NoEvidence.selector);
        challenges.challenge(JOB, OPERATOR, bytes32(0), "");
    }

    function test_aChallengeNeedsItsDeposit() public {
        fundFor(PAYER, DEPOSIT - 1);
        vm.prank(PAYER);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector,
                address(challenges),
                DEPOSIT - 1,
                DEPOSIT
            )
        );
        challenges.challenge(JOB, OPERATOR, EVIDENCE, "");
    }

    function test_tooFewDeedsMakeNoJury() public {
        beginWithOwners(1);
        vm.prank(PAYER);
        vm.expectRevert(abi.encodeWithSelector(Challenges.TooFewDeeds.selector, 2));
        challenges.challenge(JOB, OPERATOR, EVIDENCE, "");
        deedsFor(STRANGER, 1);
        assertEq(challengeBy(PAYER, OPERATOR), 1, "three may");
    }

    function test_oneMatterIsChallengedOnceAtATime() public {
        uint256 id = challengeBy(PAYER, OPERATOR);
        expectRefused(id);
        challengeBy(OPERATOR, PAYER); // another matter
        jobs.set(JOB + 1, PAYER, single(OPERATOR));
        challengeOver(JOB + 1, PAYER, OPERATOR); // and another
    }

    function test_whatWasUpheldIsNotChallengedAgain() public {
        uint256 id = seated();
        vote(id, 3, 2);
        expectRefused(id);
        challenges.settle(id);
        expectRefused(id);
    }

    function test_whatWasRejectedIsForAnotherDeposit() public {
        uint256 id = seated();
        vote(id, 2, 3);
        challenges.settle(id);
        assertEq(challengeBy(PAYER, OPERATOR), id + 1, "again");
    }

    function test_whatWasNotDecidedIs() public {
        uint256 id = seated();
        vote(id, 1, 1);
        challenges.settle(id);
        assertOutcome(id, Challenges.Outcome.Undecided);
        assertEq(challengeBy(PAYER, OPERATOR), id + 1, "again");
    }

    // Coming together.

    function test_aJurorStakesADeposit() public {
        uint256 id = drawn();
        address juror = challenges.panelOf(id).offered[0];
        fundFor(juror, STAKE - 1);
        vm.prank(juror);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector,
                address(challenges),
                STAKE - 1,
                STAKE
            )
        );
        challenges.accept(id);
        acceptBy(id, juror);
        assertEq(r1.balanceOf(address(challenges)), DEPOSIT + STAKE, "held");
        assertEq(standingOf(id, juror), uint256(Juries.Standing.Seated), "seated");
    }

    function test_theLastSeatBeginsTheVote() public {
        uint256 id = drawn();
        acceptFirst(id, SIZE - 1);
        assertPhase(id, Challenges.Phase.Assembling, "one is missing");
        acceptBy(id, challenges.panelOf(id).offered[SIZE - 1]);
        assertPhase(id, Challenges.Phase.Committing, "complete");
        assertEq(challenges.ballotOf(id).commitEnd, block.timestamp + COMMIT, "until");
    }

    function test_convenesNoEarlierThanTheTimeIsOver() public {
        uint256 id = drawn();
        acceptFirst(id, 3);
        vm.warp(challenges.panelOf(id).assembleBy);
        expectWrongPhase(Challenges.Phase.Assembling);
        challenges.convene(id);
        vm.warp(block.timestamp + 1);
        assertPhase(id, Challenges.Phase.Convening, "over");
        challenges.convene(id);
        assertPhase(id, Challenges.Phase.Committing, "three are a jury");
        assertEq(challenges.panelOf(id).jurors.length, 3, "jurors");
        expectWrongPhase(Challenges.Phase.Committing);
        challenges.convene(id);
    }

    function test_anEvenNumberLosesTheLastWhoAccepted() public {
        uint256 id = drawn();
        acceptFirst(id, 4);
        address last = challenges.panelOf(id).offered[3];
        vm.warp(challenges.panelOf(id).assembleBy + 1);
        challenges.convene(id);
        address[] memory jurors = challenges.panelOf(id).jurors;
        assertEq(jurors.length, 3, "odd");
        for (uint256 i = 0; i < 3; ++i) {
            assertTrue(jurors[i] != last, "released");
        }
        assertEq(challenges.owed(last), STAKE, "the deposit is given back");
        vm.prank(last);
        vm.expectRevert(abi.encodeWithSelector(Ballots.NotDue.selector, last, Juries.Standing.None));
        challenges.commit(id, keccak256("vote"));
        vote(id, 2, 1);
        challenges.settle(id);
        assertOutcome(id, Challenges.Outcome.Upheld);
        assertEq(challenges.owed(last), STAKE, "and no more");
    }

    function test_tooFewJurorsEndItAtNobodysCost() public {
        uint256 id = drawn();
        acceptFirst(id, 2);
        vm.warp(challenges.panelOf(id).assembleBy + 1);
        vm.expectEmit(true, true, true, true);
        emit ChallengeDecided(id, JOB, OPERATOR, Challenges.Outcome.Unjudged, 0, 0, 2, 0, 0);
        challenges.convene(id);
        assertOutcome(id, Challenges.Outcome.Unjudged);
        assertPhase(id, Challenges.Phase.Closed, "closed");
        assertEq(challenges.owed(PAYER), DEPOSIT, "challenger");
        address[] memory jurors = challenges.panelOf(id).jurors;
        assertEq(challenges.owed(jurors[0]), STAKE, "first juror");
        assertEq(challenges.owed(jurors[1]), STAKE, "second juror");
        expectWrongPhase(Challenges.Phase.Closed);
        challenges.convene(id);
        expectWrongPhase(Challenges.Phase.Closed);
        challenges.settle(id);
        challengeBy(PAYER, OPERATOR); // a jury may come together another time
    }

    function test_aNetworkWithoutOraclesTrapsNoDeposit() public {
        uint256 id = challengeBy(PAYER, OPERATOR);
        vm.warp(challenges.panelOf(id).assembleBy + 1);
        challenges.convene(id);
        vm.prank(PAYER);
        challenges.withdraw();
        assertEq(r1.balanceOf(PAYER), DEPOSIT, "everything came back");
        assertEq(r1.balanceOf(address(challenges)), 0, "nothing stays");
    }

    // Voting.

    function test_theEdgesOfThePhases() public {
        uint256 id = seated();
        address[] memory jurors = challenges.panelOf(id).jurors;
        uint256 commitEnd = block.timestamp + COMMIT;
        vm.warp(commitEnd - 1);
        commitBy(id, jurors[0], true);
        commitBy(id, jurors[1], true);
        expectOutside(commitEnd, commitEnd + REVEAL);
        revealBy(id, jurors[0], true); // early
        vm.warp(commitEnd);
        assertPhase(id, Challenges.Phase.Revealing, "from now on");
        bytes32 late = challenges.commitmentOf(id, jurors[2], true, salt(jurors[2]));
        vm.prank(jurors[2]);
        expectOutside(0, commitEnd);
        challenges.commit(id, late);
        revealBy(id, jurors[0], true);
        vm.warp(commitEnd + REVEAL - 1);
        expectWrongPhase(Challenges.Phase.Revealing);
        challenges.settle(id);
        revealBy(id, jurors[1], true);
        vm.warp(commitEnd + REVEAL);
        assertPhase(id, Challenges.Phase.Settling, "over");
        expectOutside(commitEnd, commitEnd + REVEAL);
        revealBy(id, jurors[1], true);
        challenges.settle(id);
        assertPhase(id, Challenges.Phase.Closed, "closed");
        expectWrongPhase(Challenges.Phase.Closed);
        challenges.settle(id);
    }

    function test_nobodyVotesBeforeThereIsAJury() public {
        uint256 id = drawn();
        acceptFirst(id, 1);
        address juror = challenges.panelOf(id).offered[0];
        vm.prank(juror);
        expectOutside(0, 0);
        challenges.commit(id, keccak256("vote"));
        vm.prank(juror);
        expectOutside(0, REVEAL);
        challenges.reveal(id, true, salt(juror));
        expectWrongPhase(Challenges.Phase.Assembling);
        challenges.settle(id);
        assertPhase(99, Challenges.Phase.None, "no such challenge");
        expectWrongPhase(Challenges.Phase.None);
        challenges.convene(99);
        vm.expectRevert(abi.encodeWithSelector(Juries.UnknownChallenge.selector, 99));
        challenges.outcomeOf(99);
    }

    function test_onlyJurorsVote() public {
        uint256 id = seated();
        address[2] memory others = [PAYER, STRANGER];
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(others[i]);
            expectNotDue(others[i], Juries.Standing.None);
            challenges.commit(id, keccak256("vote"));
        }
        vm.warp(challenges.ballotOf(id).commitEnd);
        expectNotDue(STRANGER, Juries.Standing.None);
        revealBy(id, STRANGER, true);
    }

    function test_aJurorCommitsOnceAndToSomething() public {
        uint256 id = seated();
        address juror = challenges.panelOf(id).jurors[0];
        vm.prank(juror);
        vm.expectRevert(Ballots.EmptyCommitment.selector);
        challenges.commit(id, bytes32(0));
        commitBy(id, juror, true);
        expectNotDue(juror, Juries.Standing.Committed);
        vm.prank(juror);
        challenges.commit(id, keccak256("another"));
    }

    function test_aCopiedCommitmentCannotBeRevealed() public {
        uint256 id = seated();
        address[] memory jurors = challenges.panelOf(id).jurors;
        bytes32 theirs = challenges.commitmentOf(id, jurors[0], true, salt(jurors[0]));
        vm.prank(jurors[0]);
        challenges.commit(id, theirs);
        vm.prank(jurors[1]);
        challenges.commit(id, theirs);
        vm.warp(challenges.ballotOf(id).commitEnd);
        revealBy(id, jurors[0], true);
        vm.prank(jurors[1]);
        vm.expectRevert(abi.encodeWithSelector(Ballots.CommitmentMismatch.selector, jurors[1]));
        challenges.reveal(id, true, salt(jurors[0])); // not even knowing its salt
    }

    function test_aCommitmentBindsVoteSaltChallengeContractAndChain() public {
        uint256 id = seated();
        address[] memory jurors = challenges.panelOf(id).jurors;
        Challenges other = new Challenges(controller, jobs, Entities(address(0)), terms());
        bytes32 elsewhere = other.commitmentOf(id, jurors[1], true, salt(jurors[1]));
        bytes32 another = challenges.commitmentOf(id + 1, jurors[2], true, salt(jurors[2]));
        vm.chainId(1);
        bytes32 chain = challenges.commitmentOf(id, jurors[3], true, salt(jurors[3]));
        vm.chainId(31337);
        commitBy(id, jurors[0], true);
        bytes32[3] memory foreign = [elsewhere, another, chain];
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(jurors[i + 1]);
            challenges.commit(id, foreign[i]);
        }
        vm.warp(challenges.ballotOf(id).commitEnd);
        expectMismatch(jurors[0]);
        revealBy(id, jurors[0], false); // another vote
        vm.prank(jurors[0]);
        expectMismatch(jurors[0]);
        challenges.reveal(id, true, keccak256("wrong salt"));
        for (uint256 i = 1; i < 4; ++i) {
            expectMismatch(jurors[i]);
            revealBy(id, jurors[i], true);
        }
        expectNotDue(jurors[4], Juries.Standing.Seated);
        revealBy(id, jurors[4], true); // never committed
        revealBy(id, jurors[0], true);
        expectNotDue(jurors[0], Juries.Standing.Revealed);
        revealBy(id, jurors[0], true); // twice
        assertEq(challenges.ballotOf(id).votesFor, 1, "counted once");
    }

    // Outcomes and money.

    function test_aRightChallengerIsRefunded() public {
        endow(50e18);
        uint256 id = seated();
        address[] memory jurors = challenges.panelOf(id).jurors;
        vote(id, 3, 2);
        uint256 supply = r1.totalSupply();
        vm.expectEmit(true, true, true, true);
        emit ChallengeDecided(id, JOB, OPERATOR, Challenges.Outcome.Upheld, 3, 2, 5, FEE, 0);
        challenges.settle(id);
        assertOutcome(id, Challenges.Outcome.Upheld);
        assertEq(challenges.owed(PAYER), DEPOSIT, "challenger");
        for (uint256 i = 0; i < 5; ++i) {
            assertEq(challenges.owed(jurors[i]), STAKE + FEE, "whatever the vote");
        }
        assertEq(challenges.juryFund(), 50e18 - 5 * FEE, "fund");
        assertEq(r1.totalSupply(), supply, "nothing is burned");
    }

    function test_aWrongChallengerLosesTheDeposit() public {
        endow(50e18);
        uint256 id = seated();
        address[] memory jurors = challenges.panelOf(id).jurors;
        vote(id, 2, 3);
        uint256 supply = r1.totalSupply();
        challenges.settle(id);
        assertOutcome(id, Challenges.Outcome.Rejected);
        assertEq(challenges.owed(PAYER), 0, "challenger");
        for (uint256 i = 0; i < 5; ++i) {
            assertEq(challenges.owed(jurors[i]), STAKE + FEE, "the same as when it is upheld");
        }
        assertEq(supply - r1.totalSupply(), DEPOSIT / 2, "half is burned, rounded down");
        uint256 rest = DEPOSIT - DEPOSIT / 2;
        assertEq(challenges.juryFund(), 50e18 - 5 * FEE + rest, "the rest pays later juries");
    }

    /// What a challenger loses never pays the jury that took it.
    function test_anEmptyFundPaysNobodyWhateverTheVote() public {
        uint256 id = seated();
        address juror = challenges.panelOf(id).jurors[0];
        vote(id, 0, 5);
        challenges.settle(id);
        assertEq(challenges.owed(juror), STAKE, "no fee");
        assertEq(challenges.juryFund(), DEPOSIT - DEPOSIT / 2, "fund");
    }

    function test_aSmallFundIsSharedByAllSeats() public {
        endow(11);
        uint256 id = seated();
        address[] memory jurors = challenges.panelOf(id).jurors;
        vote(id, 3, 0);
        challenges.settle(id);
        assertEq(challenges.owed(jurors[0]), STAKE + 2, "11 / 5, rounded down");
        assertEq(challenges.juryFund(), 11 - 3 * 2, "the silent ones' share stays");
    }

    function test_silenceAndHalfAVoteCostTheDeposit() public {
        endow(50e18);
        uint256 id = seated();
        address[] memory jurors = challenges.panelOf(id).jurors;
        for (uint256 i = 0; i < 4; ++i) {
            commitBy(id, jurors[i], true);
        }
        vm.warp(challenges.ballotOf(id).commitEnd);
        for (uint256 i = 0; i < 3; ++i) {
            revealBy(id, jurors[i], true);
        }
        vm.warp(block.timestamp + REVEAL);
        uint256 supply = r1.totalSupply();
        challenges.settle(id);
        assertOutcome(id, Challenges.Outcome.Upheld);
        assertEq(challenges.owed(jurors[3]), 0, "did not reveal");
        assertEq(challenges.owed(jurors[4]), 0, "did not commit");
        assertEq(challenges.owed(jurors[0]), STAKE + FEE, "gains nothing by their silence");
        assertEq(supply - r1.totalSupply(), 2 * STAKE, "burned");
    }

    function test_withoutAQuorumNothingIsDecided() public {
        uint256 id = seated();
        vote(id, 2, 0);
        challenges.settle(id);
        assertOutcome(id, Challenges.Outcome.Undecided);
        assertEq(challenges.owed(PAYER), DEPOSIT, "the challenger is refunded");
    }

    function test_threeOfFiveAreAQuorum() public {
        uint256 id = seated();
        vote(id, 0, 3);
        challenges.settle(id);
        assertOutcome(id, Challenges.Outcome.Rejected);
    }

    function test_aTieDecidesNothing() public {
        uint256 id = seated();
        vote(id, 2, 2);
        challenges.settle(id);
        assertOutcome(id, Challenges.Outcome.Undecided);
        assertEq(challenges.owed(PAYER), DEPOSIT, "the challenger is refunded");
    }

    function test_nobodyVotes() public {
        uint256 id = seated();
        vote(id, 0, 0);
        uint256 supply = r1.totalSupply();
        challenges.settle(id);
        assertOutcome(id, Challenges.Outcome.Undecided);
        assertEq(supply - r1.totalSupply(), 5 * STAKE, "all five lose theirs");
        assertEq(r1.balanceOf(address(challenges)), DEPOSIT, "the challenger's is left");
    }

    function test_whatIsOwedIsWithdrawnOnce() public {
        uint256 id = seated();
        vote(id, 5, 0);
        challenges.settle(id);
        vm.prank(PAYER);
        challenges.withdraw();
        assertEq(r1.balanceOf(PAYER), DEPOSIT, "paid");
        vm.prank(PAYER);
        vm.expectRevert(Deposits.NothingToMove.selector);
        challenges.withdraw();
        vm.expectRevert(Deposits.NothingToMove.selector);
        challenges.endow(0);
    }

    /// In = refunded + paid + burned + held, for any terms and votes.
    /// forge-config: default.fuzz.runs = 64
    function testFuzz_everyWeiIsAccountedFor(
        uint128 deposit,
        uint128 stake,
        uint128 fee,
        uint256 seed
    ) public {
        deposit = uint128(bound(deposit, 1, 1_000_000e18));
        stake = uint128(bound(stake, 1, 1_000_000e18));
        Challenges.Terms memory given = terms();
        (given.deposit, given.jurorDeposit) = (deposit, stake);
        given.jurorFee = uint128(bound(fee, 0, 1_000e18));
        challenges = new Challenges(controller, jobs, Entities(address(0)), given);
        endow(1 + seed % 5000e18);
        uint256 income = 1 + seed % 5000e18 + deposit + 5 * uint256(stake);
        fundFor(PAYER, deposit);
        vm.prank(PAYER);
        uint256 id = challenges.challenge(JOB, OPERATOR, EVIDENCE, "");
        recordTo(1);
        challenges.draw(id, 512);
        address[] memory jurors = challenges.panelOf(id).offered;
        for (uint256 i = 0; i < 5; ++i) {
            fundFor(jurors[i], stake);
            vm.prank(jurors[i]);
            challenges.accept(id);
        }
        uint256 votesFor = (seed >> 8) % 6;
        vote(id, votesFor, (seed >> 16) % (6 - votesFor));
        uint256 supply = r1.totalSupply();
        challenges.settle(id);
        uint256 owed = challenges.owed(PAYER);
        for (uint256 i = 0; i < 5; ++i) {
            owed += challenges.owed(jurors[i]);
        }
        uint256 burned = supply - r1.totalSupply();
        assertEq(owed + burned + challenges.juryFund(), income, "in = out + held");
        assertEq(r1.balanceOf(address(challenges)), income - burned, "and all of it is here");
    }

    // Terms.

    function test_termsAreKept() public view {
        Challenges.Terms memory given = terms();
        assertEq(keccak256(abi.encode(challenges.terms())), keccak256(abi.encode(given)), "terms");
    }

    function test_termsThatContradictThemselvesAreRefused() public {
        for (uint256 i = 0; i < 11; ++i) {
            Challenges.Terms memory given = terms();
            if (i == 0) given.deposit = 0;
            if (i == 1) given.jurorDeposit = 0;
            if (i == 2) given.acceptWindow = 0;
            if (i == 3) given.assemblyWindow = ACCEPT - 1;
            if (i == 4) given.commitWindow = 0;
            if (i == 5) given.revealWindow = 0;
            if (i == 6) given.jurySize = 17;
            if (i == 7) given.jurySize = 6;
            if (i == 8) given.minJury = 4;
            if (i == 9) given.minJury = 7;
            if (i == 10) given.minJury = 1;
            vm.expectRevert(Challenges.InvalidTerms.selector);
            new Challenges(controller, jobs, Entities(address(0)), given);
        }
    }

    function test_theLimitsOfTheTermsAreAllowed() public {
        Challenges.Terms memory given = terms();
        (given.jurySize, given.minJury, given.jurorFee) = (15, 15, 0);
        given.assemblyWindow = given.acceptWindow;
        new Challenges(controller, jobs, Entities(address(0)), given);
    }

    function endow(uint256 amount) private {
        fundFor(COMPANY, amount);
        vm.prank(COMPANY);
        challenges.endow(amount);
    }

    function expectRefused(uint256 previous) private {
        fundFor(PAYER, DEPOSIT);
        vm.prank(PAYER);
        vm.expectRevert(abi.encodeWithSelector(Challenges.AlreadyChallenged.selector, previous));
        challenges.challenge(JOB, OPERATOR, EVIDENCE, "");
    }

    function expectWrongPhase(Challenges.Phase phase) private {
        vm.expectRevert(abi.encodeWithSelector(Challenges.WrongPhase.selector, phase));
    }

    function expectOutside(uint256 from, uint256 until) private {
        vm.expectRevert(abi.encodeWithSelector(Ballots.OutsideWindow.selector, from, until));
    }

    function expectNotDue(address account, Juries.Standing standing) private {
        vm.expectRevert(abi.encodeWithSelector(Ballots.NotDue.selector, account, standing));
    }

    function expectMismatch(address juror) private {
        vm.expectRevert(abi.encodeWithSelector(Ballots.CommitmentMismatch.selector, juror));
    }
}

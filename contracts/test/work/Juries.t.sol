// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Challenges} from "../../src/work/Challenges.sol";
import {Entities} from "../../src/licences/Entities.sol";
import {Juries} from "../../src/work/Juries.sol";
import {Jobs} from "../../src/work/Jobs.sol";
import {EntitiesDouble, JuryFixture} from "../support/JuryFixture.sol";

contract JuriesTest is JuryFixture {
    uint256 private constant OWNERS = 12;

    event SeedDrawn(uint256 indexed challengeId, uint32 epoch, bytes32 seed);

    function setUp() public {
        beginWithOwners(OWNERS);
    }

    function test_theSeedIsFixedBeforeItCanBeKnown() public {
        uint256 id = challengeBy(PAYER, OPERATOR);
        Juries.Panel memory panel = challenges.panelOf(id);
        assertEq(panel.seedEpoch, 3, "rests on epoch 1, which has not begun");
        assertEq(panel.deedCount, OWNERS + 1, "the deeds of now");
        assertEq(panel.madeAt, block.timestamp, "made at");
        assertEq(panel.assembleBy, START + 3 * EPOCH + ASSEMBLY, "assemble by");
        assertEq(panel.seed, bytes32(0), "no seed yet");

        record(certificateOf(0));
        vm.expectRevert(abi.encodeWithSelector(Juries.SeedUnknown.selector, 1));
        challenges.draw(id, 512);
        record(certificateOf(1));
        bytes32 beacon = controller.beacon(3, uint64(block.timestamp));
        bytes32 seed =
            keccak256(abi.encode(block.chainid, address(challenges), id, uint32(3), beacon));
        vm.expectEmit(true, true, true, true);
        emit SeedDrawn(id, 3, seed);
        challenges.draw(id, 512);
        assertEq(challenges.panelOf(id).seed, seed, "seed");
    }

    /// The beacon of the fixed epoch would rest on what the challenger knew.
    function test_lateOraclesMoveTheSeedToABeaconThatWasUnknown() public {
        uint256 id = challengeBy(PAYER, OPERATOR);
        record(certificateOf(0));
        vm.warp(START + 3 * EPOCH + 1);
        assertTrue(controller.beacon(3, uint64(block.timestamp)) != 0, "beacon 3 is decided");
        vm.expectRevert(abi.encodeWithSelector(Juries.SeedUnknown.selector, 1));
        challenges.draw(id, 512);

        record(certificateOf(1));
        assertEq(challenges.seedEpochOf(id), 4, "the first beacon that holds it");
        record(certificateOf(2));
        bytes32 beacon = controller.beacon(4, uint64(block.timestamp));
        challenges.draw(id, 512);
        bytes32 seed =
            keccak256(abi.encode(block.chainid, address(challenges), id, uint32(4), beacon));
        assertEq(challenges.panelOf(id).seed, seed, "seed");
        recordTo(6);
        assertEq(challenges.seedEpochOf(id), 4, "and it stays so");
    }

    function test_aRecordInTheLastSecondOfTheEpochBeforeIsInTime() public {
        uint256 id = challengeBy(PAYER, OPERATOR);
        record(certificateOf(0));
        vm.warp(START + 3 * EPOCH);
        record(certificateOf(1));
        assertEq(challenges.seedEpochOf(id), 3, "in time");
    }

    function test_aRecordOneSecondLaterIsNot() public {
        uint256 id = challengeBy(PAYER, OPERATOR);
        record(certificateOf(0));
        vm.warp(START + 3 * EPOCH + 1);
        record(certificateOf(1));
        assertEq(challenges.seedEpochOf(id), 4, "late");
    }

    /// Anybody can repeat the draw from the seed and the owners at the time of the challenge.
    function test_theDrawIsReproducible() public {
        uint256 id = drawn();
        Juries.Panel memory panel = challenges.panelOf(id);
        assertEq(panel.offered.length, SIZE, "a full jury");
        bool[] memory taken = new bool[](OWNERS + 2);
        taken[OWNERS + 1] = true; // the operator
        uint256 seats = 0;
        uint256 candidate = 0;
        for (; seats < SIZE; ++candidate) {
            uint256 n = panel.deedCount;
            bytes32 word = keccak256(abi.encode(panel.seed, candidate));
            uint256 licenceId = 1 + uint256(word) % n; // no word is too large for n = 13 here
            if (taken[licenceId]) continue;
            taken[licenceId] = true;
            assertEq(panel.offered[seats++], owner(licenceId - 1), "juror");
        }
        assertEq(panel.looked, candidate, "candidates");
    }

    function test_theDrawDoesNotDependOnItsSteps() public {
        uint256 one = challengeBy(PAYER, OPERATOR);
        recordTo(1);
        uint256 offers = 0;
        uint256 calls = 0;
        for (; offers < SIZE; ++calls) {
            offers += challenges.draw(one, 1);
        }
        Juries.Panel memory panel = challenges.panelOf(one);
        assertEq(panel.looked, calls, "one candidate a call");
        assertEq(panel.offered.length, SIZE, "a full jury");
        for (uint256 i = 0; i < SIZE; ++i) {
            for (uint256 j = 0; j < i; ++j) {
                assertTrue(panel.offered[i] != panel.offered[j], "one seat each");
            }
            assertTrue(panel.offered[i] != OPERATOR, "no party");
        }
        vm.expectRevert(Juries.NoVacancy.selector);
        challenges.draw(one, 1);
    }

    /// 60 juries of five of twelve owners: 25 seats each are expected.
    function test_everyOwnerIsAsLikely() public {
        uint256 juries = 60;
        for (uint256 k = 0; k < juries; ++k) {
            jobs.set(1000 + k, PAYER, single(OPERATOR));
            challengeOver(1000 + k, PAYER, OPERATOR);
        }
        recordTo(1);
        uint256[] memory seats = new uint256[](OWNERS);
        for (uint256 id = 1; id <= juries; ++id) {
            challenges.draw(id, 512);
            address[] memory offered = challenges.panelOf(id).offered;
            for (uint256 i = 0; i < offered.length; ++i) {
                ++seats[uint160(offered[i]) - 0x1000];
            }
        }
        uint256 thousandths = 0;
        for (uint256 k = 0; k < OWNERS; ++k) {
            uint256 off = seats[k] > 25 ? seats[k] - 25 : 25 - seats[k];
            thousandths += 1000 * off * off / 25;
        }
        assertLe(thousandths, 31_264, "chi square, 99.9 % at 11 degrees of freedom");
    }

    function test_manyDeedsOfAnOwnerAreOneSeat() public {
        uint256 first = deedsFor(owner(0), 20);
        for (uint256 i = 0; i < 20; ++i) {
            linkAs(owner(0), first + i, 100 + i);
        }
        vm.warp(block.timestamp + 1);
        uint256 id = drawn();
        address[] memory offered = challenges.panelOf(id).offered;
        uint256 times = 0;
        for (uint256 i = 0; i < offered.length; ++i) {
            if (offered[i] == owner(0)) ++times;
        }
        assertEq(times, 1, "drawn among 21 of his deeds, seated once");
        assertEq(offered.length, SIZE, "a full jury");
    }

    /// Whoever sees the seed can buy, link or move a deed; none of that brings a seat.
    function test_deedsThatMovedOrWereLinkedSinceDoNotCount() public {
        uint256 id = challengeBy(PAYER, OPERATOR);
        recordTo(1);
        for (uint256 i = 0; i < OWNERS - 2; ++i) {
            vm.prank(owner(i));
            deed.transferFrom(owner(i), STRANGER, i + 1);
            linkAs(STRANGER, i + 1, 200 + i);
        }
        vm.prank(owner(OWNERS - 2));
        deed.unlink(OWNERS - 1);
        challenges.draw(id, 512);
        address[] memory offered = challenges.panelOf(id).offered;
        assertEq(offered.length, 1, "one deed was left alone");
        assertEq(offered[0], owner(OWNERS - 1), "its owner");
        assertEq(challenges.panelOf(id).looked, 512, "all candidates were looked at");
        assertEq(challenges.draw(id, 512), 0, "there are no more");
    }

    function test_aDeedLinkedInTheVerySecondDoesNotCount() public {
        for (uint256 i = 0; i < OWNERS; ++i) {
            linkAs(owner(i), i + 1, 300 + i);
        }
        uint256 id = drawn();
        assertEq(challenges.panelOf(id).offered.length, 0, "nobody");
    }

    function test_bannedLicencesDoNotCount() public {
        uint256 id = challengeBy(PAYER, OPERATOR);
        recordTo(1);
        vm.startPrank(GOVERNANCE);
        for (uint256 i = 1; i < OWNERS; ++i) {
            deed.ban(i + 1, "");
        }
        vm.stopPrank();
        challenges.draw(id, 512);
        address[] memory offered = challenges.panelOf(id).offered;
        assertEq(offered.length, 1, "one is not banned");
        assertEq(offered[0], owner(0), "owner");
    }

    function test_partiesNeverJudge() public {
        address[] memory operators = new address[](OWNERS - 2);
        for (uint256 i = 0; i < OWNERS - 2; ++i) {
            operators[i] = owner(i);
        }
        jobs.set(JOB, owner(OWNERS - 2), operators);
        uint256 id = challengeBy(owner(0), owner(OWNERS - 2));
        recordTo(1);
        challenges.draw(id, 512);
        address[] memory offered = challenges.panelOf(id).offered;
        assertEq(offered.length, 2, "two have no part in the job");
        for (uint256 i = 0; i < 2; ++i) {
            assertTrue(offered[i] == OPERATOR || offered[i] == owner(OWNERS - 1), "who");
        }
    }

    function test_whoBecameAPartySinceTheDrawCannotAccept() public {
        uint256 id = drawn();
        address juror = challenges.panelOf(id).offered[0];
        jobs.set(JOB, PAYER, single(juror));
        fundFor(juror, STAKE);
        vm.prank(juror);
        vm.expectRevert(abi.encodeWithSelector(Juries.PartyCannotJudge.selector, juror));
        challenges.accept(id);
    }

    function test_vacantSeatsGoToTheNext() public {
        uint256 id = drawn();
        address[] memory first = challenges.panelOf(id).offered;
        acceptBy(id, first[1]);
        vm.warp(block.timestamp + ACCEPT);
        vm.expectRevert(Juries.NoVacancy.selector);
        challenges.draw(id, 512);
        acceptBy(id, first[3]); // in the last second
        vm.warp(block.timestamp + 1);
        address late = first[0];
        fundFor(late, STAKE);
        vm.prank(late);
        vm.expectRevert(abi.encodeWithSelector(Juries.OfferExpired.selector, block.timestamp - 1));
        challenges.accept(id);

        assertEq(challenges.draw(id, 512), 3, "three seats are vacant");
        address[] memory offered = challenges.panelOf(id).offered;
        assertEq(offered.length, SIZE + 3, "three more");
        for (uint256 i = SIZE; i < offered.length; ++i) {
            for (uint256 j = 0; j < i; ++j) {
                assertTrue(offered[i] != offered[j], "nobody is asked twice");
            }
        }
        vm.expectRevert(Juries.NoVacancy.selector);
        challenges.draw(id, 512);
        for (uint256 i = SIZE; i < offered.length; ++i) {
            acceptBy(id, offered[i]);
        }
        assertPhase(id, Challenges.Phase.Committing, "the jury is full");
        vm.expectRevert(Juries.NoVacancy.selector);
        challenges.draw(id, 512);
    }

    function test_whoHasASeatCannotTakeAnother() public {
        uint256 id = drawn();
        address juror = challenges.panelOf(id).offered[0];
        acceptBy(id, juror);
        vm.prank(juror);
        vm.expectRevert(abi.encodeWithSelector(Juries.NotOffered.selector, juror));
        challenges.accept(id);
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(Juries.NotOffered.selector, STRANGER));
        challenges.accept(id);
    }

    function test_noSeatIsOfferedThatCouldNotBeAcceptedInTime() public {
        uint256 id = challengeBy(PAYER, OPERATOR);
        recordTo(1);
        uint256 assembleBy = challenges.panelOf(id).assembleBy;
        vm.warp(assembleBy - ACCEPT + 1);
        vm.expectRevert(abi.encodeWithSelector(Juries.DrawOver.selector, assembleBy));
        challenges.draw(id, 512);
        vm.warp(assembleBy - ACCEPT);
        assertEq(challenges.draw(id, 512), SIZE, "a second earlier they are");
        address juror = challenges.panelOf(id).offered[0];
        assertEq(challenges.seatOf(id, juror).acceptBy, assembleBy, "until the end");
    }

    function test_anUnknownChallengeHasNoJury() public {
        bytes memory unknown = abi.encodeWithSelector(Juries.UnknownChallenge.selector, 9);
        vm.expectRevert(unknown);
        challenges.draw(9, 1);
        vm.expectRevert(unknown);
        challenges.accept(9);
        vm.expectRevert(unknown);
        challenges.panelOf(9);
        vm.expectRevert(unknown);
        challenges.seedEpochOf(9);
    }

    function test_nothingIsDrawnBeforeTheFirstEpoch() public {
        vm.warp(START - 1);
        fundFor(PAYER, DEPOSIT);
        vm.prank(PAYER);
        vm.expectRevert(bytes4(keccak256("TimestampBeforeStartEpoch()")));
        challenges.challenge(JOB, OPERATOR, EVIDENCE, "");
    }

    function test_oneEntityHasOneSeat() public {
        EntitiesDouble named = withEntities();
        for (uint256 i = 0; i < OWNERS; ++i) {
            named.set(owner(i), bytes32(1 + i / 3)); // four entities of three accounts
        }
        uint256 id = drawn();
        address[] memory offered = challenges.panelOf(id).offered;
        assertEq(offered.length, 4, "one account of each");
        for (uint256 i = 0; i < 4; ++i) {
            for (uint256 j = 0; j < i; ++j) {
                assertTrue(named.entityOf(offered[i]) != named.entityOf(offered[j]), "distinct");
            }
        }
    }

    function test_accountsOfAPartysEntityNeverJudge() public {
        EntitiesDouble named = withEntities();
        for (uint256 i = 0; i < OWNERS; ++i) {
            named.set(owner(i), bytes32(1 + i));
        }
        for (uint256 i = 0; i < 4; ++i) {
            named.set(owner(i), "payer");
            named.set(owner(4 + i), "operator");
        }
        named.set(PAYER, "payer");
        named.set(OPERATOR, "operator");
        uint256 id = drawn();
        address[] memory offered = challenges.panelOf(id).offered;
        assertEq(offered.length, 4, "the others");
        for (uint256 i = 0; i < 4; ++i) {
            assertLe(0x1008, uint160(offered[i]), "another entity");
        }
        named.set(offered[0], "payer");
        fundFor(offered[0], STAKE);
        vm.prank(offered[0]);
        vm.expectRevert(abi.encodeWithSelector(Juries.PartyCannotJudge.selector, offered[0]));
        challenges.accept(id);
    }

    function test_whoIsNotVerifiedDoesNotJudge() public {
        EntitiesDouble named = withEntities();
        named.set(owner(5), "somebody");
        uint256 id = drawn();
        address[] memory offered = challenges.panelOf(id).offered;
        assertEq(offered.length, 1, "one is verified");
        assertEq(offered[0], owner(5), "that one");
    }

    /// An account that comes to another entity keeps its one seat.
    function test_aChangeOfEntityBringsNoSecondSeat() public {
        EntitiesDouble named = withEntities();
        named.set(owner(5), "somebody");
        uint256 id = challengeBy(PAYER, OPERATOR);
        recordTo(1);
        while (challenges.draw(id, 1) == 0) {}
        acceptBy(id, owner(5));
        named.set(owner(5), "somebody else");
        assertLe(challenges.panelOf(id).looked, 100, "many candidates are left");
        assertEq(challenges.draw(id, 512), 0, "no offer");
        assertEq(standingOf(id, owner(5)), uint256(Juries.Standing.Seated), "still seated");
    }

    function test_aNetworkOfStrangersNeedsEntities() public {
        vm.chainId(8453);
        vm.expectRevert(abi.encodeWithSelector(Juries.DevelopmentChainOnly.selector, 8453));
        new Challenges(controller, jobs, Entities(address(0)), terms());
        EntitiesDouble named = new EntitiesDouble();
        Challenges strict = new Challenges(controller, jobs, Entities(address(named)), terms());
        assertEq(address(strict.entities()), address(named), "entities");
    }

    function test_isJoinedToItsNetwork() public view {
        assertEq(address(challenges.controller()), address(controller), "controller");
        assertEq(address(challenges.nodeDeed()), address(deed), "deeds");
        assertEq(address(challenges.r1()), address(r1), "token");
        assertEq(address(challenges.jobs()), address(jobs), "jobs");
    }

    function test_anUnknownJobCannotBeChallenged() public {
        fundFor(PAYER, DEPOSIT);
        vm.prank(PAYER);
        vm.expectRevert(abi.encodeWithSelector(Jobs.UnknownJob.selector, 8));
        challenges.challenge(8, OPERATOR, EVIDENCE, "");
    }

    function withEntities() private returns (EntitiesDouble named) {
        named = new EntitiesDouble();
        challenges = new Challenges(controller, jobs, Entities(address(named)), terms());
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {CompactSignature} from "../../src/epochs/EpochCertificates.sol";
import {Maintainers} from "../../src/releases/Maintainers.sol";
import {ReleaseRegistry} from "../../src/releases/ReleaseRegistry.sol";
import {SignedHashes} from "../../src/releases/SignedHashes.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

contract ReleaseRegistryTest is RegistryFixture {
    event Proposed(
        bytes32 indexed channel,
        uint64 indexed version,
        bytes32 manifestSha256,
        ReleaseRegistry.Release release
    );
    event Approved(
        bytes32 indexed channel, uint64 indexed version, uint32 approvers, uint64 readyAt
    );
    event Activated(
        bytes32 indexed channel, uint64 indexed version, bytes32 manifestSha256, uint64 floor
    );
    event Paused(bytes32 indexed channel);
    event Resumed(bytes32 indexed channel);
    event Revoked(bytes32 indexed channel, uint64 indexed version, bytes32 manifestSha256);
    event RolloutChanged(bytes32 indexed channel, uint64 indexed version, uint16 rolloutBps);

    // The way of a release.

    function testAReleaseIsProposedApprovedAndActiveAfterTheLock() public {
        ReleaseRegistry.Release memory release = next();
        vm.expectEmit(true, true, true, true);
        emit Proposed(CHANNEL, 1, release.manifestSha256, release);
        vm.expectEmit(true, true, true, true);
        emit Approved(CHANNEL, 1, 0x1, 0);
        propose(release);
        assertStatus(1, ReleaseRegistry.Status.PROPOSED);
        approveAs(4, release);
        vm.expectEmit(true, true, true, true);
        emit Approved(CHANNEL, 1, 0x15, soon(DELAY));
        approveAs(2, release);
        vm.warp(soon(DELAY));
        vm.expectEmit(true, true, true, true);
        emit Activated(CHANNEL, 1, release.manifestSha256, 0);
        vm.prank(STRANGER);
        registry.activate(CHANNEL, 1);
        assertStatus(1, ReleaseRegistry.Status.ACTIVE);
        assertEq(latest(), 1, "latest");
    }

    function testANodeReadsEverythingInOneCall() public {
        ReleaseRegistry.Release memory release = activated();
        bytes32[] memory scopes = new bytes32[](2);
        scopes[0] = keccak256("factory-7");
        scopes[1] = keccak256(abi.encodePacked(OWNER));
        bytes32 hash = keccak256("config");
        uint64 expires = soon(1 days);
        registry.setConfig(
            scopes[1], 1, hash, expires, soon(1), configBy(0x7, scopes[1], 1, hash, expires)
        );
        setRoot(hash);
        ReleaseRegistry.ChannelState memory state = registry.stateOf(CHANNEL, scopes);
        assertEq(state.channel.latest, 1, "latest");
        assertEq(hashOf(state.latest), hashOf(release), "release");
        assertEq(hashOf(state.usable), hashOf(release), "usable");
        assertEq(state.rootVersion, 1, "root version");
        assertEq(state.rootSha256, hash, "root");
        assertEq(state.signersVersion, 1, "signers");
        assertEq(state.configs[0].version, 0, "group");
        assertEq(state.configs[1].sha256Hash, hash, "node");
        assertEq(state.blockNumber, block.number, "block");
        assertEq(state.blockTimestamp, block.timestamp, "time");
    }

    function testAChannelThatNeverWasIsEmpty() public view {
        ReleaseRegistry.ChannelState memory state = registry.stateOf(CHANNEL, new bytes32[](0));
        assertEq(state.latest.version, 0, "latest");
        assertEq(state.usable.version, 0, "usable");
        assertTrue(state.latest.status == ReleaseRegistry.Status.NONE, "status");
    }

    function testChannelsDoNotTouchEachOther() public {
        activated();
        bytes32 other = keccak256("beta/x86_64-generic");
        ReleaseRegistry.Release memory release = next();
        release.version = 1;
        registry.propose(other, release, soon(1), approval(0, other, release));
        assertTrue(registry.releaseOf(other, 1).status == ReleaseRegistry.Status.PROPOSED, "other");
        assertStatus(1, ReleaseRegistry.Status.ACTIVE);
    }

    // The time-lock.

    function testNothingIsActiveBeforeTheTimeLock() public {
        approved();
        uint64 readyAt = soon(DELAY);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TimeLocked.selector, readyAt));
        registry.activate(CHANNEL, 1);
        vm.warp(readyAt - 1);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TimeLocked.selector, readyAt));
        registry.activate(CHANNEL, 1);
        vm.warp(readyAt);
        registry.activate(CHANNEL, 1);
    }

    function testTheLockRunsFromTheThresholdNotFromTheProposal() public {
        ReleaseRegistry.Release memory release = proposeNext();
        approveAs(1, release);
        vm.warp(soon(2 days));
        approveAs(2, release);
        uint64 readyAt = soon(DELAY);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TimeLocked.selector, readyAt));
        registry.activate(CHANNEL, 1);
    }

    function testALaterApprovalDoesNotProlongTheLock() public {
        ReleaseRegistry.Release memory release = approved();
        uint64 readyAt = soon(DELAY);
        vm.warp(soon(1 hours));
        approveAs(3, release);
        assertEq(readyAtOf(1), readyAt, "ready");
    }

    function testTheReleaseItselfMayWaitLonger() public {
        ReleaseRegistry.Release memory release = next();
        release.notBefore = soon(3 days);
        propose(release);
        approveAs(1, release);
        approveAs(2, release);
        vm.warp(soon(2 days));
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TimeLocked.selector, release.notBefore));
        registry.activate(CHANNEL, 1);
        vm.warp(release.notBefore);
        registry.activate(CHANNEL, 1);
    }

    function testAllMaintainersTogetherShortenTheLock() public {
        ReleaseRegistry.Release memory release = approved();
        approveAs(3, release);
        approveAs(4, release);
        assertEq(readyAtOf(1), soon(EMERGENCY), "emergency");
        vm.warp(soon(EMERGENCY));
        registry.activate(CHANNEL, 1);
    }

    function testUnanimityNeverProlongsTheLock() public {
        ReleaseRegistry.Release memory release = approved();
        uint64 readyAt = soon(DELAY);
        vm.warp(readyAt - EMERGENCY / 2);
        approveAs(3, release);
        approveAs(4, release);
        assertEq(readyAtOf(1), readyAt, "ready");
    }

    function testWhereAllMustApproveThereIsNoEmergency() public {
        registry = new ReleaseRegistry(controller, oraclesFrom(KEYS, 3), 3, 2, DELAY, EMERGENCY);
        approved();
        assertEq(readyAtOf(1), soon(DELAY), "ready");
    }

    function testAReleaseThatExpiredIsNotActivated() public {
        ReleaseRegistry.Release memory release = approved();
        vm.warp(release.expires + 1);
        vm.expectRevert(
            abi.encodeWithSelector(ReleaseRegistry.ReleaseExpired.selector, release.expires)
        );
        registry.activate(CHANNEL, 1);
        vm.warp(release.expires);
        registry.activate(CHANNEL, 1);
    }

    // Numbers, floors and content.

    function testAReleaseNumberIsUsedOnce() public {
        ReleaseRegistry.Release memory release = proposeNext();
        CompactSignature memory signature = approval(1, CHANNEL, release);
        vm.expectRevert(abi.encodeWithSelector(SignedHashes.NotNext.selector, 2));
        registry.propose(CHANNEL, release, soon(1), signature);
        revoke(1);
        vm.expectRevert(abi.encodeWithSelector(SignedHashes.NotNext.selector, 2));
        registry.propose(CHANNEL, release, soon(1), signature);
    }

    function testNobodyFastForwards() public {
        ReleaseRegistry.Release memory release = next();
        release.version = type(uint64).max;
        CompactSignature memory signature = approval(0, CHANNEL, release);
        vm.expectRevert(abi.encodeWithSelector(SignedHashes.NotNext.selector, 1));
        registry.propose(CHANNEL, release, soon(1), signature);
    }

    function testAnOlderApprovedReleaseIsNoWayBack() public {
        ReleaseRegistry.Release memory first = proposeNext();
        activated();
        assertEq(latest(), 2, "latest");
        approveAs(1, first);
        approveAs(2, first);
        vm.warp(soon(DELAY));
        vm.expectRevert(abi.encodeWithSelector(ReleaseRegistry.Downgrade.selector, 2));
        registry.activate(CHANNEL, 1);
    }

    function testTheFloorNeverFalls() public {
        activated();
        activeAbove(2);
        ReleaseRegistry.Release memory release = next();
        release.floor = 1;
        refusesField(release, "floor");
        release.floor = release.version + 1;
        refusesField(release, "floor");
        ReleaseRegistry.Release memory low = next();
        propose(low);
        activeAbove(4);
        (,, uint64 floor,,) = registry.channels(CHANNEL);
        assertEq(floor, 4, "floor");
    }

    function testAReleaseProposedUnderALowerFloorDoesNotLowerIt() public {
        ReleaseRegistry.Release memory high = next();
        high.floor = 1;
        propose(high);
        ReleaseRegistry.Release memory low = proposeNext();
        assertEq(low.floor, 0, "low");
        approveAs(1, high);
        approveAs(2, high);
        approveAs(1, low);
        approveAs(2, low);
        vm.warp(soon(DELAY));
        registry.activate(CHANNEL, 1);
        registry.activate(CHANNEL, 2);
        (,, uint64 floor,,) = registry.channels(CHANNEL);
        assertEq(floor, 1, "floor");
    }

    function testFieldsOutOfBoundsAreRefused() public {
        ReleaseRegistry.Release memory release = next();
        release.status = ReleaseRegistry.Status.ACTIVE;
        refusesField(release, "status");
        release = next();
        release.manifestSha256 = 0;
        refusesField(release, "manifestSha256");
        release = next();
        release.expires = release.notBefore;
        refusesField(release, "expires");
        release.notBefore = 0;
        release.expires = soon(0);
        refusesField(release, "expires");
        release = next();
        release.rolloutBps = 10_001;
        refusesField(release, "rolloutBps");
        release.rolloutBps = 10_000;
        propose(release);
    }

    // Approvals and their attacks.

    function testAnApprovalBindsTheManifest() public {
        ReleaseRegistry.Release memory release = proposeNext();
        CompactSignature memory signature = approval(1, CHANNEL, release);
        vm.expectRevert(
            abi.encodeWithSelector(
                ReleaseRegistry.ManifestMismatch.selector, release.manifestSha256
            )
        );
        registry.approve(CHANNEL, 1, MANIFEST, soon(1), signature);
    }

    function testAnApprovalBindsEveryField() public {
        ReleaseRegistry.Release memory release = proposeNext();
        for (uint256 field = 0; field < 6; ++field) {
            ReleaseRegistry.Release memory other = registry.releaseOf(CHANNEL, 1);
            if (field == 0) other.cidDigest = MANIFEST;
            if (field == 1) other.floor = 1;
            if (field == 2) ++other.notBefore;
            if (field == 3) ++other.expires;
            if (field == 4) ++other.rolloutBps;
            if (field == 5) other.manifestSha256 = MANIFEST;
            refusesApproval(release, releaseHash(CHANNEL, other));
        }
        approveAs(1, release);
    }

    function testAnApprovalForAnotherChannelOrVersionDoesNotCount() public {
        ReleaseRegistry.Release memory release = proposeNext();
        refusesApproval(release, releaseHash(keccak256("beta/x86_64-generic"), release));
        ReleaseRegistry.Release memory second = proposeNext();
        second.manifestSha256 = release.manifestSha256;
        refusesApproval(release, releaseHash(CHANNEL, second));
    }

    function testAnApprovalForAnotherChainContractOrFleetDoesNotCount() public {
        ReleaseRegistry.Release memory release = proposeNext();
        bytes32 structHash = releaseHash(CHANNEL, release);
        bytes32 fleet = keccak256("network");
        refusesDigest(release, digestIn(8453, address(registry), fleet, structHash));
        refusesDigest(release, digestIn(block.chainid, address(this), fleet, structHash));
        refusesDigest(release, digestIn(block.chainid, address(registry), MANIFEST, structHash));
    }

    function testAForkOfTheChainRefusesWhatWasSignedBefore() public {
        ReleaseRegistry.Release memory release = proposeNext();
        CompactSignature memory signature = approval(1, CHANNEL, release);
        vm.chainId(8453);
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.approve(CHANNEL, 1, release.manifestSha256, soon(1), signature);
    }

    function testAStrangerDoesNotPropose() public {
        ReleaseRegistry.Release memory release = next();
        CompactSignature memory signature = approval(5, CHANNEL, release);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.NotSigner.selector, vm.addr(KEYS + 5)));
        registry.propose(CHANNEL, release, soon(1), signature);
        assertStatus(1, ReleaseRegistry.Status.NONE);
    }

    function testAHighSDoesNotCount() public {
        ReleaseRegistry.Release memory release = proposeNext();
        CompactSignature memory signature = approval(1, CHANNEL, release);
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        uint256 low = uint256(signature.vs) & (type(uint256).max >> 1);
        // As 64 bytes a high s would be read as another parity; s = n − s then is a wrong point.
        uint256 parity = 1 - (uint256(signature.vs) >> 255);
        signature.vs = bytes32(((order - low) & (type(uint256).max >> 1)) | (parity << 255));
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.approve(CHANNEL, 1, release.manifestSha256, soon(1), signature);
        signature.r = 0;
        vm.expectRevert(abi.encodeWithSelector(Maintainers.NotSigner.selector, address(0)));
        registry.approve(CHANNEL, 1, release.manifestSha256, soon(1), signature);
    }

    function testAnApprovalExpires() public {
        ReleaseRegistry.Release memory release = proposeNext();
        CompactSignature memory signature = approval(1, CHANNEL, release);
        uint64 deadline = soon(1);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.SignatureExpired.selector, deadline));
        registry.approve(CHANNEL, 1, release.manifestSha256, deadline, signature);
        vm.warp(deadline);
        registry.approve(CHANNEL, 1, release.manifestSha256, deadline, signature);
    }

    function testAMaintainerApprovesOnce() public {
        ReleaseRegistry.Release memory release = proposeNext();
        CompactSignature memory again = approval(0, CHANNEL, release);
        vm.expectRevert(abi.encodeWithSelector(ReleaseRegistry.AlreadyApproved.selector));
        registry.approve(CHANNEL, 1, release.manifestSha256, soon(1), again);
    }

    function testTooFewApprovalsNeverActivate() public {
        ReleaseRegistry.Release memory release = proposeNext();
        approveAs(1, release);
        vm.warp(soon(30 days));
        vm.expectRevert(abi.encodeWithSelector(ReleaseRegistry.NotApproved.selector));
        registry.activate(CHANNEL, 1);
    }

    function testWhatIsNotProposedIsNeitherApprovedNorActivated() public {
        ReleaseRegistry.Release memory release = next();
        CompactSignature memory signature = approval(1, CHANNEL, release);
        refusesStatus(ReleaseRegistry.Status.NONE);
        registry.approve(CHANNEL, 1, release.manifestSha256, soon(1), signature);
        refusesStatus(ReleaseRegistry.Status.NONE);
        registry.activate(CHANNEL, 1);
        release = activated();
        signature = approval(3, CHANNEL, release);
        refusesStatus(ReleaseRegistry.Status.ACTIVE);
        registry.approve(CHANNEL, 1, release.manifestSha256, soon(1), signature);
        refusesStatus(ReleaseRegistry.Status.ACTIVE);
        registry.activate(CHANNEL, 1);
    }

    function testAChangeOfMaintainersVoidsApprovals() public {
        ReleaseRegistry.Release memory release = approved();
        changeSigners(none(), one(vm.addr(KEYS + 2)));
        vm.warp(soon(DELAY));
        vm.expectRevert(abi.encodeWithSelector(ReleaseRegistry.NotApproved.selector));
        registry.activate(CHANNEL, 1);
        CompactSignature memory removed = approval(2, CHANNEL, release);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.NotSigner.selector, vm.addr(KEYS + 2)));
        registry.approve(CHANNEL, 1, release.manifestSha256, soon(1), removed);

        approveAs(0, release);
        approveAs(1, release);
        assertEq(readyAtOf(1), 0, "two of the new set");
        approveAs(4, release);
        assertEq(readyAtOf(1), soon(DELAY), "the lock begins anew");
        vm.warp(soon(DELAY));
        registry.activate(CHANNEL, 1);
    }

    // Pausing.

    function testTheLowerThresholdPausesAtOnce() public {
        activated();
        vm.expectEmit(true, true, true, true);
        emit Paused(CHANNEL);
        pause();
        assertStatus(1, ReleaseRegistry.Status.PAUSED);
        ReleaseRegistry.ChannelState memory state = registry.stateOf(CHANNEL, new bytes32[](0));
        assertTrue(state.latest.status == ReleaseRegistry.Status.PAUSED, "latest");
        assertTrue(state.usable.status == ReleaseRegistry.Status.PAUSED, "usable");
        assertTrue(state.channel.paused, "channel");
    }

    function testAPausedChannelActivatesNothingAndTrapsNothing() public {
        activated();
        pause();
        ReleaseRegistry.Release memory second = approved();
        vm.warp(soon(DELAY));
        vm.expectRevert(abi.encodeWithSelector(ReleaseRegistry.PausedIs.selector, true));
        registry.activate(CHANNEL, 2);
        registry.setRollout(CHANNEL, 1, 600, soon(1), rolloutBy(0x7, 1, 600));
        revoke(1);
        assertStatus(1, ReleaseRegistry.Status.REVOKED);
        changeSigners(one(vm.addr(KEYS + 5)), none());
        approveAs(0, second);
        approveAs(1, second);
        approveAs(2, second);
        vm.expectEmit(true, true, true, true);
        emit Resumed(CHANNEL);
        registry.resume(CHANNEL, soon(1), pauseBy(0x7, false));
        vm.warp(soon(DELAY));
        registry.activate(CHANNEL, 2);
        assertStatus(2, ReleaseRegistry.Status.ACTIVE);
    }

    function testPausingNeedsItsThreshold() public {
        CompactSignature[] memory signatures = pauseBy(0x1, true);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TooFewSignatures.selector, 1, 2));
        registry.pause(CHANNEL, soon(1), signatures);
        signatures = twice(signatures[0]);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.SignedTwice.selector, 1));
        registry.pause(CHANNEL, soon(1), signatures);
        signatures = pauseBy(0x21, true);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.NotSigner.selector, vm.addr(KEYS + 5)));
        registry.pause(CHANNEL, soon(1), signatures);
    }

    function testResumingNeedsTheHigherThreshold() public {
        pause();
        CompactSignature[] memory signatures = pauseBy(0x3, false);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TooFewSignatures.selector, 2, 3));
        registry.resume(CHANNEL, soon(1), signatures);
    }

    function testAPauseIsNotReplayed() public {
        CompactSignature[] memory first = pauseBy(0x3, true);
        registry.pause(CHANNEL, soon(1), first);
        vm.expectRevert(abi.encodeWithSelector(ReleaseRegistry.PausedIs.selector, true));
        registry.pause(CHANNEL, soon(1), first);
        CompactSignature[] memory second = pauseBy(0x7, false);
        registry.resume(CHANNEL, soon(1), second);
        vm.expectRevert(abi.encodeWithSelector(ReleaseRegistry.PausedIs.selector, false));
        registry.resume(CHANNEL, soon(1), second);
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.pause(CHANNEL, soon(1), first);
        bytes32 other = keccak256("beta/x86_64-generic");
        CompactSignature[] memory mine = pauseBy(0x3, true);
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.pause(other, soon(1), mine);
    }

    function testAPauseDoesNotResume() public {
        CompactSignature[] memory signatures = pauseBy(0x7, false);
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.pause(CHANNEL, soon(1), signatures);
    }

    function testSignaturesOfStopsExpire() public {
        CompactSignature[] memory signatures = pauseBy(0x3, true);
        uint64 deadline = soon(1);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.SignatureExpired.selector, deadline));
        registry.pause(CHANNEL, deadline, signatures);
    }

    // Revoking.

    function testARevokedReleaseStaysVisible() public {
        ReleaseRegistry.Release memory release = activated();
        vm.expectEmit(true, true, true, true);
        emit Revoked(CHANNEL, 1, release.manifestSha256);
        revoke(1);
        ReleaseRegistry.ChannelState memory state = registry.stateOf(CHANNEL, new bytes32[](0));
        assertEq(state.latest.version, 1, "latest");
        assertTrue(state.latest.status == ReleaseRegistry.Status.REVOKED, "status");
        assertEq(state.latest.manifestSha256, release.manifestSha256, "content");
        assertEq(state.usable.version, 0, "usable");
        pause();
        assertStatus(1, ReleaseRegistry.Status.REVOKED);
    }

    function testNodesGoBackToTheNewestThatIsNotRevoked() public {
        activated();
        activated();
        proposeNext();
        activated();
        assertEq(usable(), 4, "4");
        revoke(4);
        assertEq(usable(), 2, "3 was never active");
        revoke(2);
        assertEq(usable(), 1, "1");
        assertEq(latest(), 4, "latest stays");
        revoke(1);
        assertEq(usable(), 0, "none");
    }

    function testNodesDoNotGoBackBelowTheFloor() public {
        activated();
        activeAbove(2);
        revoke(2);
        assertEq(usable(), 0, "below the floor");
        activated();
        assertEq(usable(), 3, "a new one");
        assertEq(latest(), 3, "latest");
    }

    function testARevokedReleaseIsRevokedForEver() public {
        ReleaseRegistry.Release memory release = approved();
        CompactSignature[] memory signatures = revocationBy(0x3, CHANNEL, 1);
        registry.revoke(CHANNEL, 1, soon(1), signatures);
        refusesStatus(ReleaseRegistry.Status.REVOKED);
        registry.revoke(CHANNEL, 1, soon(1), signatures);
        CompactSignature memory late = approval(3, CHANNEL, release);
        refusesStatus(ReleaseRegistry.Status.REVOKED);
        registry.approve(CHANNEL, 1, release.manifestSha256, soon(1), late);
        vm.warp(soon(DELAY));
        refusesStatus(ReleaseRegistry.Status.REVOKED);
        registry.activate(CHANNEL, 1);
    }

    function testARevocationIsForOneRelease() public {
        activated();
        activated();
        CompactSignature[] memory signatures = revocationBy(0x3, CHANNEL, 1);
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.revoke(CHANNEL, 2, soon(1), signatures);
        CompactSignature[] memory tooFew = revocationBy(0x1, CHANNEL, 2);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TooFewSignatures.selector, 1, 2));
        registry.revoke(CHANNEL, 2, soon(1), tooFew);
        refusesStatus(ReleaseRegistry.Status.NONE);
        registry.revoke(CHANNEL, 3, soon(1), signatures);
    }

    // The share.

    function testTheShareOnlyGrows() public {
        activated();
        CompactSignature[] memory signatures = rolloutBy(0x7, 1, 2_500);
        vm.expectEmit(true, true, true, true);
        emit RolloutChanged(CHANNEL, 1, 2_500);
        registry.setRollout(CHANNEL, 1, 2_500, soon(1), signatures);
        vm.expectRevert(abi.encodeWithSelector(ReleaseRegistry.RolloutNotUp.selector, 2_500));
        registry.setRollout(CHANNEL, 1, 2_500, soon(1), signatures);
        signatures = rolloutBy(0x7, 1, 2_499);
        vm.expectRevert(abi.encodeWithSelector(ReleaseRegistry.RolloutNotUp.selector, 2_500));
        registry.setRollout(CHANNEL, 1, 2_499, soon(1), signatures);
        vm.expectRevert(abi.encodeWithSelector(ReleaseRegistry.RolloutNotUp.selector, 2_500));
        registry.setRollout(CHANNEL, 1, 10_001, soon(1), signatures);
    }

    function testTheShareOfAnActiveReleaseNeedsTheThreshold() public {
        approved();
        refusesStatus(ReleaseRegistry.Status.PROPOSED);
        registry.setRollout(CHANNEL, 1, 10_000, soon(1), new CompactSignature[](0));
        vm.warp(soon(DELAY));
        registry.activate(CHANNEL, 1);
        CompactSignature[] memory signatures = rolloutBy(0x3, 1, 10_000);
        vm.expectRevert(abi.encodeWithSelector(Maintainers.TooFewSignatures.selector, 2, 3));
        registry.setRollout(CHANNEL, 1, 10_000, soon(1), signatures);
        signatures = rolloutBy(0x7, 1, 9_999);
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.setRollout(CHANNEL, 1, 10_000, soon(1), signatures);
    }

    function testTheShareDrawsNodesByTheirAddress() public {
        ReleaseRegistry.Release memory release = next();
        release.rolloutBps = 2_500;
        propose(release);
        uint256 inside = 0;
        for (uint160 i = 1; i <= 400; ++i) {
            address who = address(i);
            bytes32 hash = keccak256(abi.encodePacked(who, CHANNEL, uint64(1)));
            bool drawn = registry.inRollout(who, CHANNEL, 1);
            assertTrue(drawn == (uint256(hash) % 10_000 < 2_500), "as a node computes it");
            if (drawn) ++inside;
        }
        assertLe(inside, 140, "about a quarter");
        assertLe(60, inside, "about a quarter");
        assertTrue(!registry.inRollout(address(1), CHANNEL, 9), "nobody");
    }

    // What a proof of storage reads.

    function testStorageIsWhereTheReferenceSays() public {
        ReleaseRegistry.Release memory release = activeReleaseWithFloor();
        bytes32 channelSlot = keccak256(abi.encode(CHANNEL, 10));
        uint256 word = uint256(vm.load(address(registry), channelSlot));
        assertEq(uint64(word), 1, "latest");
        assertEq(uint64(word >> 64), 1, "proposed");
        assertEq(uint64(word >> 128), 1, "floor");
        assertEq(word >> 192, 0, "nonce and pause");
        pause();
        assertEq(uint256(vm.load(address(registry), channelSlot)) >> 248, 1, "paused");

        uint256 at = uint256(keccak256(abi.encode(uint256(1), keccak256(abi.encode(CHANNEL, 11)))));
        assertEq(slot(at), 1, "version");
        assertEq(vm.load(address(registry), bytes32(at + 1)), release.manifestSha256, "manifest");
        assertEq(vm.load(address(registry), bytes32(at + 2)), release.cidDigest, "cid");
        word = slot(at + 3);
        assertEq(uint64(word), release.floor, "floor");
        assertEq(uint64(word >> 64), release.notBefore, "not before");
        assertEq(uint64(word >> 128), release.expires, "expires");
        assertEq(uint16(word >> 192), release.rolloutBps, "share");
        assertEq(word >> 208, 2, "status");
    }

    function activeReleaseWithFloor() private returns (ReleaseRegistry.Release memory) {
        activeAbove(1);
        return registry.releaseOf(CHANNEL, 1);
    }

    function slot(uint256 at) private view returns (uint256) {
        return uint256(vm.load(address(registry), bytes32(at)));
    }

    function latest() private view returns (uint64) {
        return registry.stateOf(CHANNEL, new bytes32[](0)).latest.version;
    }

    function usable() private view returns (uint64) {
        return registry.stateOf(CHANNEL, new bytes32[](0)).usable.version;
    }

    function readyAtOf(uint64 version) private view returns (uint64 readyAt) {
        (, readyAt,,) = registry.approvals(CHANNEL, version);
    }

    function setRoot(bytes32 hash) private {
        registry.announceRoot(1, hash, soon(1), rootBy(0x7, 1, hash));
        vm.warp(soon(DELAY));
        registry.setRootHash(1, hash);
    }

    function assertStatus(uint64 version, ReleaseRegistry.Status status) private view {
        assertTrue(registry.releaseOf(CHANNEL, version).status == status, "status");
    }

    function refusesStatus(ReleaseRegistry.Status status) private {
        vm.expectRevert(abi.encodeWithSelector(ReleaseRegistry.WrongStatus.selector, status));
    }

    function refusesField(ReleaseRegistry.Release memory release, string memory field) private {
        CompactSignature memory signature = approval(0, CHANNEL, release);
        vm.expectRevert(abi.encodeWithSelector(SignedHashes.InvalidField.selector, field));
        registry.propose(CHANNEL, release, soon(1), signature);
    }

    function refusesApproval(ReleaseRegistry.Release memory release, bytes32 structHash) private {
        refusesDigest(release, digest(structHash));
    }

    function refusesDigest(ReleaseRegistry.Release memory release, bytes32 hash) private {
        vm.expectPartialRevert(Maintainers.NotSigner.selector);
        registry.approve(
            CHANNEL, release.version, release.manifestSha256, soon(1), compact(KEYS + 1, hash)
        );
    }

    function twice(CompactSignature memory signature)
        private
        pure
        returns (CompactSignature[] memory list)
    {
        list = new CompactSignature[](2);
        (list[0], list[1]) = (signature, signature);
    }

    function hashOf(ReleaseRegistry.Release memory release) private pure returns (bytes32) {
        return keccak256(abi.encode(release));
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Controller} from "../epochs/Controller.sol";
import {CompactSignature} from "../epochs/EpochCertificates.sol";
import {Maintainers} from "./Maintainers.sol";
import {SignedHashes} from "./SignedHashes.sol";

/// @title What nodes may run
/// @notice Releases per channel, each approved by a threshold of maintainers and locked for a time
/// before it is active. Whoever reads it at a final block knows which release a channel is at,
/// whether it was stopped, and how far back a node may go.
/// @dev A release moves forward only: its number is used once, its content never changes, the floor
/// of a channel never falls, a share never shrinks, and what is revoked stays revoked and visible.
/// Storage is plain, so that single slots can be proven to a node; see the reference of the registry.
contract ReleaseRegistry is SignedHashes {
    /// @notice State of a release. A paused one is an active one of a paused channel.
    enum Status {
        NONE,
        PROPOSED,
        ACTIVE,
        PAUSED,
        REVOKED
    }

    /// @notice A release of a channel. All times are in seconds since 1970.
    struct Release {
        /// Its number in the channel, from 1, without gaps.
        uint64 version;
        /// SHA-256 of the manifest.
        bytes32 manifestSha256;
        /// Digest in the manifest's content identifier.
        bytes32 cidDigest;
        /// The lowest version that a node may go back to once this one is active.
        uint64 floor;
        /// Not active before.
        uint64 notBefore;
        /// Not to be installed after.
        uint64 expires;
        /// Share of the nodes that may install it, in 1/10000.
        uint16 rolloutBps;
        Status status;
    }

    /// @notice How far the approval of a proposed release is; void under another set of maintainers.
    struct Approval {
        uint64 signersVersion;
        /// End of the time-lock; zero until a threshold approved.
        uint64 readyAt;
        /// The release that was the newest active one when this one became active.
        uint64 previous;
        /// Who approved, by index in the set.
        uint32 approvers;
    }

    /// @notice State of a channel; one word.
    struct Channel {
        /// The highest version that ever became active; zero when there is none.
        uint64 latest;
        /// The highest version that was ever proposed.
        uint64 proposed;
        /// The lowest version that nodes may run.
        uint64 floor;
        /// Counts the pauses and resumptions.
        uint56 nonce;
        bool paused;
    }

    /// @notice Everything a node must know of a channel.
    struct ChannelState {
        Channel channel;
        /// The newest release that ever became active, revoked or not.
        Release latest;
        /// The newest active one that is neither revoked nor below the floor; version 0 if none.
        Release usable;
        uint64 rootVersion;
        bytes32 rootSha256;
        uint64 signersVersion;
        /// One per scope that was asked for.
        Config[] configs;
        uint64 blockNumber;
        uint64 blockTimestamp;
    }

    uint16 private constant EVERYONE = 10_000;

    bytes32 private constant RELEASE_TYPEHASH = keccak256(
        "Release(bytes32 channel,uint64 version,bytes32 manifestSha256,bytes32 cidDigest,"
        "uint64 floor,uint64 notBefore,uint64 expires,uint16 rolloutBps,uint64 signersVersion,"
        "uint64 deadline)"
    );
    bytes32 private constant PAUSE_TYPEHASH = keccak256(
        "Pause(bytes32 channel,bool paused,uint56 nonce,uint64 signersVersion,uint64 deadline)"
    );
    bytes32 private constant REVOCATION_TYPEHASH = keccak256(
        "Revocation(bytes32 channel,uint64 version,bytes32 manifestSha256,uint64 signersVersion,"
        "uint64 deadline)"
    );
    bytes32 private constant ROLLOUT_TYPEHASH = keccak256(
        "Rollout(bytes32 channel,uint64 version,bytes32 manifestSha256,uint16 rolloutBps,"
        "uint64 signersVersion,uint64 deadline)"
    );
    /// @notice State of each channel. Slot 10.
    mapping(bytes32 channel => Channel) public channels;

    /// @dev Slot 11.
    mapping(bytes32 channel => mapping(uint64 version => Release)) private _releases;

    /// @notice Progress of each release. Slot 12.
    mapping(bytes32 channel => mapping(uint64 version => Approval)) public approvals;

    /// @notice A maintainer proposed a release.
    event Proposed(
        bytes32 indexed channel, uint64 indexed version, bytes32 manifestSha256, Release release
    );

    /// @notice A maintainer approved a release.
    event Approved(
        bytes32 indexed channel, uint64 indexed version, uint32 approvers, uint64 readyAt
    );

    /// @notice Nodes may install a release.
    event Activated(
        bytes32 indexed channel, uint64 indexed version, bytes32 manifestSha256, uint64 floor
    );

    /// @notice A channel was stopped.
    event Paused(bytes32 indexed channel);

    /// @notice A channel goes on.
    event Resumed(bytes32 indexed channel);

    /// @notice A release must be neither installed nor kept.
    event Revoked(bytes32 indexed channel, uint64 indexed version, bytes32 manifestSha256);

    /// @notice More nodes may install a release.
    event RolloutChanged(bytes32 indexed channel, uint64 indexed version, uint16 rolloutBps);

    /// @notice The release is not in the state that the act needs.
    error WrongStatus(Status status);

    /// @notice The approval names another manifest than the proposal.
    error ManifestMismatch(bytes32 proposed);

    /// @notice The maintainer has approved already.
    error AlreadyApproved();

    /// @notice Fewer maintainers than the threshold approved.
    error NotApproved();

    /// @notice The release has expired.
    error ReleaseExpired(uint64 expires);

    /// @notice A higher version was active already.
    error Downgrade(uint64 latest);

    /// @notice The channel is paused, or is not paused.
    error PausedIs(bool paused);

    /// @notice The share does not grow, or is more than everyone.
    error RolloutNotUp(uint16 rolloutBps);

    /// @notice Joins the registry to a network.
    /// @param controller the network
    /// @param first the first maintainers
    /// @param threshold_ how many must sign what makes nodes run something
    /// @param stopThreshold_ how many must sign what only stops
    /// @param delay_ time-lock in seconds
    /// @param emergencyDelay_ time-lock in seconds of what every maintainer approved
    constructor(
        Controller controller,
        address[] memory first,
        uint8 threshold_,
        uint8 stopThreshold_,
        uint32 delay_,
        uint32 emergencyDelay_
    ) Maintainers(controller, first, threshold_, stopThreshold_, delay_, emergencyDelay_) {}

    /// @notice Proposes the next release of a channel. One maintainer signs, and thereby approves.
    /// @param channel keccak256 of the channel's name, such as `stable/x86_64-generic`
    /// @param release what is proposed; its status is PROPOSED
    /// @param deadline last second in which the signature holds
    /// @param signature of a maintainer over the EIP-712 struct `Release`
    function propose(
        bytes32 channel,
        Release calldata release,
        uint64 deadline,
        CompactSignature calldata signature
    ) external {
        Channel storage state = channels[channel];
        if (release.version != state.proposed + 1) revert NotNext(state.proposed + 1);
        _requireValid(release, state.floor);
        state.proposed = release.version;
        _releases[channel][release.version] = release;
        emit Proposed(channel, release.version, release.manifestSha256, release);
        _approve(channel, release, deadline, signature);
    }

    /// @notice Approves a proposed release; the signature binds all of its content.
    /// @param channel the channel
    /// @param version its number
    /// @param manifestSha256 what the maintainer means to approve
    /// @param deadline last second in which the signature holds
    /// @param signature of a maintainer over the EIP-712 struct `Release`
    function approve(
        bytes32 channel,
        uint64 version,
        bytes32 manifestSha256,
        uint64 deadline,
        CompactSignature calldata signature
    ) external {
        Release memory release = _releases[channel][version];
        if (release.status != Status.PROPOSED) revert WrongStatus(release.status);
        if (manifestSha256 != release.manifestSha256) {
            revert ManifestMismatch(release.manifestSha256);
        }
        _approve(channel, release, deadline, signature);
    }

    /// @notice Makes an approved release the channel's newest after its time-lock. Anyone may call.
    /// @param channel the channel
    /// @param version its number
    function activate(bytes32 channel, uint64 version) external {
        Channel storage state = channels[channel];
        Release storage release = _releases[channel][version];
        Approval storage approval = approvals[channel][version];
        if (release.status != Status.PROPOSED) revert WrongStatus(release.status);
        if (state.paused) revert PausedIs(true);
        if (version < state.latest) revert Downgrade(state.latest);
        if (approval.readyAt == 0 || approval.signersVersion != signersVersion) {
            revert NotApproved();
        }
        if (block.timestamp < approval.readyAt) revert TimeLocked(approval.readyAt);
        if (block.timestamp < release.notBefore) revert TimeLocked(release.notBefore);
        if (block.timestamp > release.expires) revert ReleaseExpired(release.expires);
        approval.previous = state.latest;
        release.status = Status.ACTIVE;
        state.latest = version;
        if (release.floor > state.floor) state.floor = release.floor;
        emit Activated(channel, version, release.manifestSha256, state.floor);
    }

    /// @notice Stops a channel at once: nothing is activated and nodes install nothing until it is
    /// resumed. Everything else goes on.
    /// @param channel the channel
    /// @param deadline last second in which the signatures hold
    /// @param signatures of the stop threshold over the EIP-712 struct `Pause`
    function pause(bytes32 channel, uint64 deadline, CompactSignature[] calldata signatures)
        external
    {
        _setPaused(channel, true, deadline, signatures, stopThreshold);
        emit Paused(channel);
    }

    /// @notice Lets a paused channel go on.
    /// @param channel the channel
    /// @param deadline last second in which the signatures hold
    /// @param signatures of the threshold over the EIP-712 struct `Pause`
    function resume(bytes32 channel, uint64 deadline, CompactSignature[] calldata signatures)
        external
    {
        _setPaused(channel, false, deadline, signatures, threshold);
        emit Resumed(channel);
    }

    /// @notice Revokes a release at once and for ever, whether it was active or not.
    /// @param channel the channel
    /// @param version its number
    /// @param deadline last second in which the signatures hold
    /// @param signatures of the stop threshold over the EIP-712 struct `Revocation`
    function revoke(
        bytes32 channel,
        uint64 version,
        uint64 deadline,
        CompactSignature[] calldata signatures
    ) external {
        Release storage release = _releases[channel][version];
        bool known = release.status == Status.PROPOSED || release.status == Status.ACTIVE;
        if (!known) revert WrongStatus(release.status);
        bytes32 manifest = release.manifestSha256;
        bytes32 structHash = keccak256(
            abi.encode(REVOCATION_TYPEHASH, channel, version, manifest, signersVersion, deadline)
        );
        _requireSigned(structHash, deadline, signatures, stopThreshold);
        release.status = Status.REVOKED;
        emit Revoked(channel, version, manifest);
    }

    /// @notice Lets more nodes install an active release. Fewer is not possible: pause instead.
    /// @param channel the channel
    /// @param version its number
    /// @param rolloutBps the new share in 1/10000
    /// @param deadline last second in which the signatures hold
    /// @param signatures of the threshold over the EIP-712 struct `Rollout`
    function setRollout(
        bytes32 channel,
        uint64 version,
        uint16 rolloutBps,
        uint64 deadline,
        CompactSignature[] calldata signatures
    ) external {
        Release storage release = _releases[channel][version];
        if (release.status != Status.ACTIVE) revert WrongStatus(release.status);
        if (rolloutBps <= release.rolloutBps || rolloutBps > EVERYONE) {
            revert RolloutNotUp(release.rolloutBps);
        }
        bytes32 structHash = keccak256(
            abi.encode(
                ROLLOUT_TYPEHASH,
                channel,
                version,
                release.manifestSha256,
                rolloutBps,
                signersVersion,
                deadline
            )
        );
        _requireSigned(structHash, deadline, signatures, threshold);
        release.rolloutBps = rolloutBps;
        emit RolloutChanged(channel, version, rolloutBps);
    }

    /// @notice Everything a node must know of a channel, from one block.
    /// @param channel the channel
    /// @param scopes whose configurations to add, such as those of the node's group and of the node
    function stateOf(bytes32 channel, bytes32[] calldata scopes)
        external
        view
        returns (ChannelState memory state)
    {
        state.channel = channels[channel];
        state.latest = releaseOf(channel, state.channel.latest);
        state.usable = _usable(channel, state.channel);
        state.rootVersion = rootVersion;
        state.rootSha256 = rootSha256[rootVersion];
        state.signersVersion = signersVersion;
        state.configs = new Config[](scopes.length);
        for (uint256 i = 0; i < scopes.length; ++i) {
            state.configs[i] = configs[scopes[i]];
        }
        state.blockNumber = uint64(block.number);
        state.blockTimestamp = uint64(block.timestamp);
    }

    /// @notice A release; its status is NONE when there is none.
    /// @param channel the channel
    /// @param version its number
    function releaseOf(bytes32 channel, uint64 version) public view returns (Release memory found) {
        found = _releases[channel][version];
        if (found.status == Status.ACTIVE && channels[channel].paused) {
            found.status = Status.PAUSED;
        }
    }

    /// @notice Whether a node is in the share that may install a release. Says nothing of its status.
    /// @param node the node
    /// @param channel the channel
    /// @param version its number
    function inRollout(address node, bytes32 channel, uint64 version) external view returns (bool) {
        uint256 draw = uint256(keccak256(abi.encodePacked(node, channel, version)));
        return draw % EVERYONE < _releases[channel][version].rolloutBps;
    }

    function _requireValid(Release calldata release, uint64 floor) private view {
        if (release.status != Status.PROPOSED) revert InvalidField("status");
        if (release.manifestSha256 == bytes32(0)) revert InvalidField("manifestSha256");
        if (release.floor < floor || release.floor > release.version) revert InvalidField("floor");
        bool lasts = release.expires > release.notBefore && release.expires > block.timestamp;
        if (!lasts) revert InvalidField("expires");
        if (release.rolloutBps > EVERYONE) revert InvalidField("rolloutBps");
    }

    /// @dev The time-lock begins when a threshold has approved under the present set. Where more
    /// could, the approval of all shortens it.
    function _approve(
        bytes32 channel,
        Release memory release,
        uint64 deadline,
        CompactSignature calldata signature
    ) private {
        Approval storage approval = approvals[channel][release.version];
        uint64 set = signersVersion;
        if (approval.signersVersion != set) {
            approval.signersVersion = set;
            approval.readyAt = 0;
            approval.approvers = 0;
        }
        bytes32 digest = _digest(_hashOf(channel, release, set, deadline), deadline);
        uint32 bit = uint32(_bitOf(digest, signature));
        uint32 approvers = approval.approvers;
        if (approvers & bit != 0) revert AlreadyApproved();
        approvers |= bit;
        approval.approvers = approvers;
        uint64 readyAt = _readyAt(approval.readyAt, approvers);
        approval.readyAt = readyAt;
        emit Approved(channel, release.version, approvers, readyAt);
    }

    function _setPaused(
        bytes32 channel,
        bool paused,
        uint64 deadline,
        CompactSignature[] calldata signatures,
        uint256 needed
    ) private {
        Channel storage state = channels[channel];
        if (state.paused == paused) revert PausedIs(paused);
        bytes32 structHash = keccak256(
            abi.encode(PAUSE_TYPEHASH, channel, paused, state.nonce, signersVersion, deadline)
        );
        _requireSigned(structHash, deadline, signatures, needed);
        state.paused = paused;
        ++state.nonce;
    }

    /// @dev Walks back over revoked releases; each was active, so there are few.
    function _usable(bytes32 channel, Channel memory state)
        private
        view
        returns (Release memory usable)
    {
        uint64 version = state.latest;
        while (version != 0 && _releases[channel][version].status == Status.REVOKED) {
            version = approvals[channel][version].previous;
        }
        if (version >= state.floor) usable = releaseOf(channel, version);
    }

    function _readyAt(uint64 before, uint32 approvers) private view returns (uint64 readyAt) {
        uint256 count = 0;
        for (uint32 rest = approvers; rest != 0; rest &= rest - 1) {
            ++count;
        }
        readyAt = before;
        if (count == threshold) readyAt = uint64(block.timestamp) + delay;
        if (count == _signerCount() && count > threshold) {
            uint64 emergency = uint64(block.timestamp) + emergencyDelay;
            if (emergency < readyAt) readyAt = emergency;
        }
    }

    function _hashOf(bytes32 channel, Release memory release, uint64 set, uint64 deadline)
        private
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                RELEASE_TYPEHASH,
                channel,
                release.version,
                release.manifestSha256,
                release.cidDigest,
                release.floor,
                release.notBefore,
                release.expires,
                release.rolloutBps,
                set,
                deadline
            )
        );
    }
}

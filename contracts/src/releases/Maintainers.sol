// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Controller} from "../epochs/Controller.sol";
import {CompactSignature} from "../epochs/EpochCertificates.sol";

/// @title Who signs for the releases of a network
/// @notice A set of maintainers with two thresholds: one for what makes nodes run something, and a
/// lower one for what only stops it. Nobody needs an account with money: they sign, anyone sends.
/// @dev Every signature binds the fleet, the chain, the contract, the version of the set and a
/// deadline. A change of the set voids all signatures and approvals made under the set before.
abstract contract Maintainers is IERC5267 {
    /// @notice What a threshold announced and has to wait for.
    struct Announcement {
        /// Hash of its content.
        bytes32 act;
        /// First second in which it may be carried out; zero when nothing is announced.
        uint64 readyAt;
        /// The set that announced it; void under any other.
        uint64 signersVersion;
        /// What the next announcement must carry.
        uint64 nonce;
    }

    /// @notice The set, and when it may act.
    struct Signers {
        uint64 version;
        uint8 threshold;
        uint8 stopThreshold;
        address[] members;
    }

    /// @notice The most maintainers there can be.
    uint256 public constant MAX_SIGNERS = 32;

    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,"
        "bytes32 salt)"
    );

    bytes32 private constant SIGNERS_TYPEHASH = keccak256(
        "SignersChange(address[] add,address[] remove,uint8 threshold,uint8 stopThreshold,"
        "uint64 signersVersion,uint64 nonce,uint64 deadline)"
    );

    string private constant NAME = "Ratio1Appliance";
    string private constant VERSION = "1";

    /// @notice The network whose nodes obey; the salt of every signature.
    bytes32 public immutable fleet;

    /// @notice Seconds between what a threshold decided and its effect.
    uint32 public immutable delay;

    /// @notice The same for a release that every maintainer approved, where that is more than a
    /// threshold.
    uint32 public immutable emergencyDelay;

    /// @notice Counts the sets of maintainers.
    /// @dev Slot 0, with both thresholds.
    uint64 public signersVersion;

    /// @notice How many must sign what makes nodes run something.
    uint8 public threshold;

    /// @notice How many must sign what only stops; less than the threshold.
    uint8 public stopThreshold;

    /// @dev Slot 1.
    address[] private _signers;

    /// @dev Slot 2. Index + 1 in the list; zero for everybody else.
    mapping(address signer => uint256) private _position;

    /// @notice The announced change of maintainers. Slots 3 and 4.
    Announcement public signersChange;

    /// @notice A change of the maintainers or of the root was announced.
    event Announced(bytes32 indexed act, uint64 readyAt);

    /// @notice The maintainers changed.
    event SignersChanged(
        uint64 indexed signersVersion,
        address[] add,
        address[] remove,
        uint8 threshold,
        uint8 stopThreshold
    );

    /// @notice Not 1 ≤ stop threshold < threshold ≤ maintainers ≤ 32.
    error InvalidThresholds(uint256 threshold, uint256 stopThreshold, uint256 signers);

    /// @notice The delay is zero, or the emergency delay is not the smaller one.
    error InvalidDelays();

    /// @notice Somebody to be added is zero or a maintainer already, or one to be removed is none.
    error InvalidSigner(address signer);

    /// @notice The signatures have expired.
    error SignatureExpired(uint64 deadline);

    /// @notice Fewer signatures than the act needs.
    error TooFewSignatures(uint256 signatures, uint256 needed);

    /// @notice A signature is malformed, has a high s, is for something else or by nobody who counts.
    error NotSigner(address recovered);

    /// @notice A signature is by a maintainer whose signature came before.
    error SignedTwice(uint256 index);

    /// @notice Nothing of that content was announced by the present maintainers.
    error NotAnnounced();

    /// @notice The time-lock has not run out.
    error TimeLocked(uint64 readyAt);

    /// @dev Fixes the fleet and the delays, and names the first maintainers.
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
    ) {
        if (emergencyDelay_ == 0 || delay_ < emergencyDelay_) {
            revert InvalidDelays();
        }
        fleet = controller.networkId();
        delay = delay_;
        emergencyDelay = emergencyDelay_;
        _change(first, new address[](0), threshold_, stopThreshold_);
    }

    /// @notice Announces a change of maintainers; a threshold must sign it. It replaces what was
    /// announced before, so an empty change withdraws that.
    /// @param add who joins
    /// @param remove who leaves
    /// @param threshold_ the new threshold
    /// @param stopThreshold_ the new threshold of what only stops
    /// @param deadline last second in which the signatures hold
    /// @param signatures of distinct maintainers over the EIP-712 struct `SignersChange`
    function announceSigners(
        address[] calldata add,
        address[] calldata remove,
        uint8 threshold_,
        uint8 stopThreshold_,
        uint64 deadline,
        CompactSignature[] calldata signatures
    ) external {
        bytes32 structHash = keccak256(
            abi.encode(
                SIGNERS_TYPEHASH,
                keccak256(abi.encodePacked(add)),
                keccak256(abi.encodePacked(remove)),
                threshold_,
                stopThreshold_,
                signersVersion,
                signersChange.nonce,
                deadline
            )
        );
        _requireSigned(structHash, deadline, signatures, threshold);
        _announce(signersChange, keccak256(abi.encode(add, remove, threshold_, stopThreshold_)));
    }

    /// @notice Carries out an announced change of maintainers after the time-lock. Anyone may call.
    /// @param add as announced
    /// @param remove as announced
    /// @param threshold_ as announced
    /// @param stopThreshold_ as announced
    function setSigners(
        address[] calldata add,
        address[] calldata remove,
        uint8 threshold_,
        uint8 stopThreshold_
    ) external {
        _take(signersChange, keccak256(abi.encode(add, remove, threshold_, stopThreshold_)));
        _change(add, remove, threshold_, stopThreshold_);
    }

    /// @notice The maintainers and when they may act.
    function signers() public view returns (Signers memory) {
        return Signers(signersVersion, threshold, stopThreshold, _signers);
    }

    /// @notice Whether somebody is a maintainer.
    /// @param account who
    function isSigner(address account) external view returns (bool) {
        return _position[account] != 0;
    }

    /// @notice The EIP-712 domain of all signatures; its salt is the fleet.
    function eip712Domain()
        external
        view
        returns (bytes1, string memory, string memory, uint256, address, bytes32, uint256[] memory)
    {
        return (hex"1f", NAME, VERSION, block.chainid, address(this), fleet, new uint256[](0));
    }

    /// @dev Passes when enough distinct maintainers signed.
    function _requireSigned(
        bytes32 structHash,
        uint64 deadline,
        CompactSignature[] calldata signatures,
        uint256 needed
    ) internal view {
        if (signatures.length < needed) {
            revert TooFewSignatures(signatures.length, needed);
        }
        bytes32 digest = _digest(structHash, deadline);
        uint256 seen = 0;
        for (uint256 i = 0; i < signatures.length; ++i) {
            uint256 bit = _bitOf(digest, signatures[i]);
            if (seen & bit != 0) revert SignedTwice(i);
            seen |= bit;
        }
    }

    /// @dev What is signed; reverts after the deadline.
    function _digest(bytes32 structHash, uint64 deadline) internal view returns (bytes32) {
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        bytes32 domain = keccak256(
            abi.encode(
                DOMAIN_TYPEHASH,
                keccak256(bytes(NAME)),
                keccak256(bytes(VERSION)),
                block.chainid,
                address(this),
                fleet
            )
        );
        return MessageHashUtils.toTypedDataHash(domain, structHash);
    }

    /// @dev The bit of the maintainer who signed.
    function _bitOf(bytes32 digest, CompactSignature calldata signature)
        internal
        view
        returns (uint256)
    {
        // Refuses a high s and a point that does not exist with another error than NoError.
        (address signer, ECDSA.RecoverError failure,) =
            ECDSA.tryRecover(digest, signature.r, signature.vs);
        uint256 position = failure == ECDSA.RecoverError.NoError ? _position[signer] : 0;
        if (position == 0) revert NotSigner(signer);
        return 1 << (position - 1);
    }

    function _signerCount() internal view returns (uint256) {
        return _signers.length;
    }

    /// @dev Replaces what was announced before.
    function _announce(Announcement storage slot, bytes32 act) internal {
        uint64 readyAt = uint64(block.timestamp) + delay;
        slot.act = act;
        slot.readyAt = readyAt;
        slot.signersVersion = signersVersion;
        ++slot.nonce;
        emit Announced(act, readyAt);
    }

    /// @dev Passes once for what was announced, after its time-lock.
    function _take(Announcement storage slot, bytes32 act) internal {
        uint64 readyAt = slot.readyAt;
        bool announced = readyAt != 0 && slot.act == act && slot.signersVersion == signersVersion;
        if (!announced) revert NotAnnounced();
        if (block.timestamp < readyAt) revert TimeLocked(readyAt);
        slot.readyAt = 0;
    }

    function _change(
        address[] memory add,
        address[] memory remove,
        uint8 threshold_,
        uint8 stopThreshold_
    ) private {
        for (uint256 i = 0; i < remove.length; ++i) {
            _remove(remove[i]);
        }
        for (uint256 i = 0; i < add.length; ++i) {
            if (add[i] == address(0) || _position[add[i]] != 0) revert InvalidSigner(add[i]);
            _signers.push(add[i]);
            _position[add[i]] = _signers.length;
        }
        uint256 n = _signers.length;
        bool valid = 0 < stopThreshold_ && stopThreshold_ < threshold_ && threshold_ <= n
            && n <= MAX_SIGNERS;
        if (!valid) revert InvalidThresholds(threshold_, stopThreshold_, n);
        threshold = threshold_;
        stopThreshold = stopThreshold_;
        ++signersVersion;
        emit SignersChanged(signersVersion, add, remove, threshold_, stopThreshold_);
    }

    /// @dev The last of the list moves to the place of the one who leaves.
    function _remove(address signer) private {
        uint256 position = _position[signer];
        if (position == 0) revert InvalidSigner(signer);
        address last = _signers[_signers.length - 1];
        _signers[position - 1] = last;
        _position[last] = position;
        delete _position[signer];
        _signers.pop();
    }
}

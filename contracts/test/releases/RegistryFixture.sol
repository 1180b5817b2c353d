// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {CompactSignature} from "../../src/epochs/EpochCertificates.sol";
import {ReleaseRegistry} from "../../src/releases/ReleaseRegistry.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

/// @notice A registry with five maintainers, three of whom approve and two of whom stop.
/// @dev Hashes are written out from the type strings, so that they do not share the contract's code.
abstract contract RegistryFixture is NetworkFixture {
    uint256 internal constant KEYS = 0xC000;
    uint32 internal constant DELAY = 1 days;
    uint32 internal constant EMERGENCY = 1 hours;
    bytes32 internal constant CHANNEL = keccak256("stable/x86_64-generic");
    bytes32 internal constant MANIFEST = keccak256("manifest");

    ReleaseRegistry internal registry;

    function setUp() public virtual {
        begin(4);
        registry = new ReleaseRegistry(controller, oraclesFrom(KEYS, 5), 3, 2, DELAY, EMERGENCY);
    }

    function next() internal view returns (ReleaseRegistry.Release memory release) {
        (, uint64 proposed, uint64 floor,,) = registry.channels(CHANNEL);
        release.version = proposed + 1;
        release.manifestSha256 = keccak256(abi.encode(MANIFEST, proposed + 1));
        release.cidDigest = keccak256("cid");
        release.floor = floor;
        release.notBefore = soon(0);
        release.expires = soon(90 days);
        release.rolloutBps = 500;
        release.status = ReleaseRegistry.Status.PROPOSED;
    }

    /// @dev Proposes the next release with the signature of maintainer 0.
    function proposeNext() internal returns (ReleaseRegistry.Release memory release) {
        release = next();
        propose(release);
    }

    function propose(ReleaseRegistry.Release memory release) internal {
        registry.propose(CHANNEL, release, soon(1), approval(0, CHANNEL, release));
    }

    function approveAs(uint256 who, ReleaseRegistry.Release memory release) internal {
        CompactSignature memory signature = approval(who, CHANNEL, release);
        registry.approve(CHANNEL, release.version, release.manifestSha256, soon(1), signature);
    }

    function approved() internal returns (ReleaseRegistry.Release memory release) {
        release = proposeNext();
        approveAs(1, release);
        approveAs(2, release);
    }

    function activated() internal returns (ReleaseRegistry.Release memory release) {
        release = approved();
        vm.warp(soon(DELAY));
        registry.activate(CHANNEL, release.version);
        release.status = ReleaseRegistry.Status.ACTIVE;
    }

    function activeAbove(uint64 floor) internal returns (uint64 version) {
        ReleaseRegistry.Release memory release = next();
        release.floor = floor;
        propose(release);
        approveAs(1, release);
        approveAs(2, release);
        vm.warp(soon(DELAY));
        registry.activate(CHANNEL, release.version);
        return release.version;
    }

    function pause() internal {
        registry.pause(CHANNEL, soon(1), pauseBy(0x3, true));
    }

    function revoke(uint64 version) internal {
        registry.revoke(CHANNEL, version, soon(1), revocationBy(0x3, CHANNEL, version));
    }

    function soon(uint256 seconds_) internal view returns (uint64) {
        return uint64(block.timestamp + seconds_);
    }

    // What maintainers sign; deadlines are soon(1).

    function approval(uint256 who, bytes32 channel, ReleaseRegistry.Release memory release)
        internal
        view
        returns (CompactSignature memory)
    {
        return compact(KEYS + who, digest(releaseHash(channel, release)));
    }

    function releaseHash(bytes32 channel, ReleaseRegistry.Release memory release)
        internal
        view
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                keccak256(
                    "Release(bytes32 channel,uint64 version,bytes32 manifestSha256,bytes32 cidDigest,uint64 floor,uint64 notBefore,uint64 expires,uint16 rolloutBps,uint64 signersVersion,uint64 deadline)"
                ),
                channel,
                release.version,
                release.manifestSha256,
                release.cidDigest,
                release.floor,
                release.notBefore,
                release.expires,
                release.rolloutBps,
                registry.signersVersion(),
                soon(1)
            )
        );
    }

    function pauseBy(uint256 bitmap, bool paused)
        internal
        view
        returns (CompactSignature[] memory)
    {
        return pauseOf(bitmap, CHANNEL, paused);
    }

    function pauseOf(uint256 bitmap, bytes32 channel, bool paused)
        internal
        view
        returns (CompactSignature[] memory)
    {
        (,,, uint56 nonce,) = registry.channels(channel);
        return signed(
            bitmap,
            keccak256(
                abi.encode(
                    keccak256(
                        "Pause(bytes32 channel,bool paused,uint56 nonce,uint64 signersVersion,uint64 deadline)"
                    ),
                    channel,
                    paused,
                    nonce,
                    registry.signersVersion(),
                    soon(1)
                )
            )
        );
    }

    function revocationBy(uint256 bitmap, bytes32 channel, uint64 version)
        internal
        view
        returns (CompactSignature[] memory)
    {
        return signed(
            bitmap,
            keccak256(
                abi.encode(
                    keccak256(
                        "Revocation(bytes32 channel,uint64 version,bytes32 manifestSha256,uint64 signersVersion,uint64 deadline)"
                    ),
                    channel,
                    version,
                    registry.releaseOf(channel, version).manifestSha256,
                    registry.signersVersion(),
                    soon(1)
                )
            )
        );
    }

    function rolloutBy(uint256 bitmap, uint64 version, uint16 bps)
        internal
        view
        returns (CompactSignature[] memory)
    {
        return signed(
            bitmap,
            keccak256(
                abi.encode(
                    keccak256(
                        "Rollout(bytes32 channel,uint64 version,bytes32 manifestSha256,uint16 rolloutBps,uint64 signersVersion,uint64 deadline)"
                    ),
                    CHANNEL,
                    version,
                    registry.releaseOf(CHANNEL, version).manifestSha256,
                    bps,
                    registry.signersVersion(),
                    soon(1)
                )
            )
        );
    }

    function rootBy(uint256 bitmap, uint64 version, bytes32 hash)
        internal
        view
        returns (CompactSignature[] memory)
    {
        (,,, uint64 nonce) = registry.rootChange();
        return signed(
            bitmap,
            keccak256(
                abi.encode(
                    keccak256(
                        "RootChange(uint64 version,bytes32 sha256Hash,uint64 signersVersion,uint64 nonce,uint64 deadline)"
                    ),
                    version,
                    hash,
                    registry.signersVersion(),
                    nonce,
                    soon(1)
                )
            )
        );
    }

    function configBy(uint256 bitmap, bytes32 scope, uint64 version, bytes32 hash, uint64 expires)
        internal
        view
        returns (CompactSignature[] memory)
    {
        (, bytes32 previous,) = registry.configs(scope);
        return signed(
            bitmap,
            keccak256(
                abi.encode(
                    keccak256(
                        "Config(bytes32 scope,uint64 version,bytes32 previousSha256,bytes32 sha256Hash,uint64 expires,uint64 signersVersion,uint64 deadline)"
                    ),
                    scope,
                    version,
                    previous,
                    hash,
                    expires,
                    registry.signersVersion(),
                    soon(1)
                )
            )
        );
    }

    function signersBy(
        uint256 bitmap,
        address[] memory add,
        address[] memory remove,
        uint8 threshold,
        uint8 stopThreshold
    ) internal view returns (CompactSignature[] memory) {
        (,,, uint64 nonce) = registry.signersChange();
        return signed(
            bitmap,
            keccak256(
                abi.encode(
                    keccak256(
                        "SignersChange(address[] add,address[] remove,uint8 threshold,uint8 stopThreshold,uint64 signersVersion,uint64 nonce,uint64 deadline)"
                    ),
                    keccak256(abi.encodePacked(add)),
                    keccak256(abi.encodePacked(remove)),
                    threshold,
                    stopThreshold,
                    registry.signersVersion(),
                    nonce,
                    soon(1)
                )
            )
        );
    }

    /// @dev Changes the maintainers as a threshold of them may.
    function changeSigners(address[] memory add, address[] memory remove) internal {
        CompactSignature[] memory signatures = signersBy(0x7, add, remove, 3, 2);
        registry.announceSigners(add, remove, 3, 2, soon(1), signatures);
        vm.warp(soon(DELAY));
        registry.setSigners(add, remove, 3, 2);
    }

    function signed(uint256 bitmap, bytes32 structHash)
        internal
        view
        returns (CompactSignature[] memory signatures)
    {
        signatures = new CompactSignature[](8);
        uint256 count = 0;
        for (uint256 i = 0; i < 8; ++i) {
            if ((bitmap >> i) & 1 == 1) {
                signatures[count++] = compact(KEYS + i, digest(structHash));
            }
        }
        assembly ("memory-safe") {
            mstore(signatures, count)
        }
    }

    function digest(bytes32 structHash) internal view returns (bytes32) {
        return digestIn(block.chainid, address(registry), keccak256("network"), structHash);
    }

    function digestIn(uint256 chainId, address at, bytes32 fleet, bytes32 structHash)
        internal
        pure
        returns (bytes32)
    {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)"
                ),
                keccak256("Ratio1Appliance"),
                keccak256("1"),
                chainId,
                at,
                fleet
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function one(address who) internal pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = who;
    }

    function none() internal pure returns (address[] memory) {
        return new address[](0);
    }
}

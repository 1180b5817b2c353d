// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {CompactSignature} from "../epochs/EpochCertificates.sol";
import {Maintainers} from "./Maintainers.sol";

/// @title Hashes that maintainers vouch for besides releases
/// @notice The root role, whose keys sign manifests off the chain, and the configuration of groups
/// of nodes and of single ones. Versions count without gaps, so none can be left out or repeated.
abstract contract SignedHashes is Maintainers {
    /// @notice Hash of the configuration of a scope: a group of nodes, or a node.
    struct Config {
        uint64 version;
        bytes32 sha256Hash;
        /// Seconds since 1970.
        uint64 expires;
    }

    bytes32 private constant ROOT_TYPEHASH = keccak256(
        "RootChange(uint64 version,bytes32 sha256Hash,uint64 signersVersion,uint64 nonce,"
        "uint64 deadline)"
    );
    bytes32 private constant CONFIG_TYPEHASH = keccak256(
        "Config(bytes32 scope,uint64 version,bytes32 previousSha256,bytes32 sha256Hash,"
        "uint64 expires,uint64 signersVersion,uint64 deadline)"
    );

    /// @notice The newest configuration of each scope. Slot 5.
    mapping(bytes32 scope => Config) public configs;

    /// @notice SHA-256 of each version of the root role. Slot 6.
    mapping(uint64 version => bytes32) public rootSha256;

    /// @notice The announced version of the root role. Slots 7 and 8.
    Announcement public rootChange;

    /// @notice The newest version of the root role; zero while there is none. Slot 9.
    uint64 public rootVersion;

    /// @notice The root role has a new version.
    event RootChanged(uint64 indexed version, bytes32 sha256Hash);

    /// @notice A scope has a new configuration.
    event ConfigSet(
        bytes32 indexed scope, uint64 indexed version, bytes32 sha256Hash, uint64 expires
    );

    /// @notice The number was used before, or leaves a gap.
    error NotNext(uint64 expected);

    /// @notice A field of a release, a root or a configuration is out of its bounds.
    error InvalidField(string field);

    /// @notice Announces the next version of the root role. It replaces what was announced before.
    /// @param version the newest version + 1
    /// @param sha256Hash SHA-256 of the canonical document
    /// @param deadline last second in which the signatures hold
    /// @param signatures of the threshold over the EIP-712 struct `RootChange`
    function announceRoot(
        uint64 version,
        bytes32 sha256Hash,
        uint64 deadline,
        CompactSignature[] calldata signatures
    ) external {
        if (version != rootVersion + 1) revert NotNext(rootVersion + 1);
        if (sha256Hash == bytes32(0)) revert InvalidField("sha256Hash");
        bytes32 structHash = keccak256(
            abi.encode(
                ROOT_TYPEHASH, version, sha256Hash, signersVersion, rootChange.nonce, deadline
            )
        );
        _requireSigned(structHash, deadline, signatures, threshold);
        _announce(rootChange, keccak256(abi.encode(version, sha256Hash)));
    }

    /// @notice Makes an announced root role the newest after the time-lock. Anyone may call it.
    /// @param version as announced
    /// @param sha256Hash as announced
    function setRootHash(uint64 version, bytes32 sha256Hash) external {
        _take(rootChange, keccak256(abi.encode(version, sha256Hash)));
        rootVersion = version;
        rootSha256[version] = sha256Hash;
        emit RootChanged(version, sha256Hash);
    }

    /// @notice Sets the next configuration of a scope, at once.
    /// @param scope keccak256 of the name of a group, or of the 20 bytes of a node's address
    /// @param version the scope's newest version + 1
    /// @param sha256Hash SHA-256 of the configuration
    /// @param expires last second in which nodes may take it
    /// @param deadline last second in which the signatures hold
    /// @param signatures of the threshold over the EIP-712 struct `Config`
    function setConfig(
        bytes32 scope,
        uint64 version,
        bytes32 sha256Hash,
        uint64 expires,
        uint64 deadline,
        CompactSignature[] calldata signatures
    ) external {
        Config memory last = configs[scope];
        if (version != last.version + 1) revert NotNext(last.version + 1);
        if (sha256Hash == bytes32(0)) revert InvalidField("sha256Hash");
        if (expires <= block.timestamp) revert InvalidField("expires");
        bytes32 structHash = keccak256(
            abi.encode(
                CONFIG_TYPEHASH,
                scope,
                version,
                last.sha256Hash,
                sha256Hash,
                expires,
                signersVersion,
                deadline
            )
        );
        _requireSigned(structHash, deadline, signatures, threshold);
        configs[scope] = Config(version, sha256Hash, expires);
        emit ConfigSet(scope, version, sha256Hash, expires);
    }
}

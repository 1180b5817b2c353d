// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {EpochCertificate, EpochCertificates} from "./EpochCertificates.sol";

/// @title What an oracle says once per epoch (and view), and its hashes
/// @dev Design note "apBFT-1", section 3. The types are those that oracles sign; final from the
/// first version on. A commit is a signature under an {EpochCertificate}.

/// @notice "I have a table, and this is its seal."
struct ObsCommit {
    /// Digest of the configuration it was said under.
    bytes32 configDigest;
    /// The epoch.
    uint32 epoch;
    /// Who says it.
    address oracle;
    /// Seal of the table: keccak256(abi.encode(tableHash, salt, oracle, epoch)).
    bytes32 commitment;
    /// The availability the oracle measured for itself.
    uint8 selfAvailability;
    /// Its measured clock offset.
    int16 clockOffsetMillis;
}

/// @notice "This is what I had sealed."
struct ObsReveal {
    /// Digest of the configuration it was said under.
    bytes32 configDigest;
    /// The epoch.
    uint32 epoch;
    /// Who says it.
    address oracle;
    /// SHA-256 of the deflated table.
    bytes32 tableHash;
    /// Its raw CIDv1.
    bytes cid;
    /// Bytes of the deflated table.
    uint32 length;
    /// What the commitment was salted with.
    bytes32 salt;
    /// Root over the sender's slot bitmaps, or zero.
    bytes32 bitmapRoot;
}

/// @notice "The proposal of this view is justified, and this is its outcome."
struct Prepare {
    /// Digest of the configuration it was said under.
    bytes32 configDigest;
    /// The epoch.
    uint32 epoch;
    /// Who says it.
    address oracle;
    /// Called `view` in the signed struct.
    uint32 viewNumber;
    /// Hash of the proposed set.
    bytes32 inputsDigest;
    /// Hash of the outcome that follows from it.
    bytes32 outcomeDigest;
}

/// @notice What all kinds of statements have in common, and the hash of the whole.
struct Statement {
    /// Digest of the configuration it was said under.
    bytes32 configDigest;
    /// The epoch.
    uint32 epoch;
    /// Who says it.
    address oracle;
    /// Zero for kinds without a view.
    uint32 viewNumber;
    /// EIP-712 hash of the struct.
    bytes32 structHash;
}

/// @title Statements of oracles
/// @notice The numbers of the kinds are those on the wire.
library Statements {
    /// @notice An {ObsCommit}.
    uint8 internal constant OBS_COMMIT = 1;
    /// @notice An {ObsReveal}.
    uint8 internal constant OBS_REVEAL = 2;
    /// @notice A {Prepare}.
    uint8 internal constant PREPARE = 7;
    /// @notice An {EpochCertificate}, signed.
    uint8 internal constant COMMIT = 8;

    bytes32 private constant OBS_COMMIT_TYPEHASH = keccak256(
        "ObsCommit(bytes32 configDigest,uint32 epoch,address oracle,bytes32 commitment,"
        "uint8 selfAvailability,int16 clockOffsetMillis)"
    );

    bytes32 private constant OBS_REVEAL_TYPEHASH = keccak256(
        "ObsReveal(bytes32 configDigest,uint32 epoch,address oracle,bytes32 tableHash,bytes cid,"
        "uint32 length,bytes32 salt,bytes32 bitmapRoot)"
    );

    bytes32 private constant PREPARE_TYPEHASH = keccak256(
        "Prepare(bytes32 configDigest,uint32 epoch,address oracle,uint32 view,"
        "bytes32 inputsDigest,bytes32 outcomeDigest)"
    );

    /// @notice An honest oracle may say this more than once, or nobody says it.
    error NotBinding(uint8 kind);

    /// @notice Reads a statement. Reverts when the bytes hold none.
    /// @param kind what it is
    /// @param oracle who is said to have signed it; a certificate does not name its signer
    /// @param content `abi.encode` of the struct
    function read(uint8 kind, address oracle, bytes calldata content)
        internal
        pure
        returns (Statement memory)
    {
        if (kind == OBS_COMMIT) return _obsCommit(abi.decode(content, (ObsCommit)));
        if (kind == OBS_REVEAL) return _obsReveal(abi.decode(content, (ObsReveal)));
        if (kind == PREPARE) return _prepare(abi.decode(content, (Prepare)));
        if (kind == COMMIT) return _commit(abi.decode(content, (EpochCertificate)), oracle);
        revert NotBinding(kind);
    }

    function _obsCommit(ObsCommit memory said) private pure returns (Statement memory) {
        bytes32 hash = keccak256(abi.encode(OBS_COMMIT_TYPEHASH, said));
        return Statement(said.configDigest, said.epoch, said.oracle, 0, hash);
    }

    function _obsReveal(ObsReveal memory said) private pure returns (Statement memory) {
        bytes32 hash = keccak256(
            abi.encode(
                OBS_REVEAL_TYPEHASH,
                said.configDigest,
                said.epoch,
                said.oracle,
                said.tableHash,
                keccak256(said.cid),
                said.length,
                said.salt,
                said.bitmapRoot
            )
        );
        return Statement(said.configDigest, said.epoch, said.oracle, 0, hash);
    }

    function _prepare(Prepare memory said) private pure returns (Statement memory) {
        bytes32 hash = keccak256(abi.encode(PREPARE_TYPEHASH, said));
        return Statement(said.configDigest, said.epoch, said.oracle, said.viewNumber, hash);
    }

    function _commit(EpochCertificate memory said, address oracle)
        private
        pure
        returns (Statement memory)
    {
        bytes32 hash = keccak256(abi.encode(EpochCertificates.CERTIFICATE_TYPEHASH, said));
        return Statement(said.configDigest, said.epoch, oracle, said.viewNumber, hash);
    }
}

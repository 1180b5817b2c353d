// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title What oracles certify about an epoch, and its hashes
/// @dev Final from the first version on; fields that are not used yet hold zero.
struct EpochCertificate {
    /// Digest of the configuration of the epoch's oracle set.
    bytes32 configDigest;
    /// The epoch.
    uint32 epoch;
    /// The view the outcome was reached in. Solidity reserves the name `view`.
    uint32 viewNumber;
    /// Bitmap of the oracles whose tables are in the agreed set.
    uint32 observers;
    /// Bitmap of those that the θ rule left out.
    uint32 excluded;
    /// The step of the θ ladder that was used.
    uint8 theta;
    /// How many rows the epoch has.
    uint32 nodeCount;
    /// Root over the rows.
    bytes32 registryRoot;
    /// Digest of the agreed set of tables.
    bytes32 inputsDigest;
    /// Root of the availability leaves.
    bytes32 availabilityRoot;
    /// Root of the cumulative leaves.
    bytes32 cumulativeRoot;
    /// SHA-256 of the deflated agreed table.
    bytes32 tableHash;
    /// Root over the oracles' reputations.
    bytes32 reputationRoot;
}

/// @notice An ECDSA signature in the 64 bytes of EIP-2098.
struct CompactSignature {
    /// The x coordinate.
    bytes32 r;
    /// s in its lower half; the highest bit is the parity of y.
    bytes32 vs;
}

/// @title Hashes of certificates
/// @notice EIP-712 struct hashes: with the view for signatures, without it for references.
library EpochCertificates {
    /// @dev What an oracle signs. The member is called `view` here, as in every other language.
    bytes32 internal constant CERTIFICATE_TYPEHASH = keccak256(
        "EpochCertificate(bytes32 configDigest,uint32 epoch,uint32 view,"
        "uint32 observers,uint32 excluded,uint8 theta,uint32 nodeCount,bytes32 registryRoot,"
        "bytes32 inputsDigest,bytes32 availabilityRoot,bytes32 cumulativeRoot,"
        "bytes32 tableHash,bytes32 reputationRoot)"
    );

    /// @dev The same without the view: one outcome may be certified in several views.
    bytes32 internal constant OUTCOME_TYPEHASH = keccak256(
        "EpochOutcome(bytes32 configDigest,uint32 epoch,"
        "uint32 observers,uint32 excluded,uint8 theta,uint32 nodeCount,bytes32 registryRoot,"
        "bytes32 inputsDigest,bytes32 availabilityRoot,bytes32 cumulativeRoot,"
        "bytes32 tableHash,bytes32 reputationRoot)"
    );

    /// @notice The struct hash that goes into the signed digest.
    /// @param certificate the certificate
    function structHash(EpochCertificate calldata certificate) internal pure returns (bytes32) {
        return keccak256(abi.encode(CERTIFICATE_TYPEHASH, certificate));
    }

    /// @notice outcomeHash(e) of consensus.md: what seeds, chain links and references use.
    /// @param certificate the certificate
    function outcomeHash(EpochCertificate calldata certificate) internal pure returns (bytes32) {
        return keccak256(
            bytes.concat(
                abi.encode(OUTCOME_TYPEHASH, certificate.configDigest, certificate.epoch),
                abi.encode(
                    certificate.observers,
                    certificate.excluded,
                    certificate.theta,
                    certificate.nodeCount,
                    certificate.registryRoot,
                    certificate.inputsDigest,
                    certificate.availabilityRoot,
                    certificate.cumulativeRoot,
                    certificate.tableHash,
                    certificate.reputationRoot
                )
            )
        );
    }
}

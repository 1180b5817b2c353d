// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {CompactSignature} from "./EpochCertificates.sol";

/// @title Signatures of a quorum
/// @notice q = ⌊(n + ⌊(n−1)/3⌋)/2⌋ + 1: two quorums share an honest oracle.
library Quorum {
    /// @notice The bitmap names an oracle that is not in the set.
    error ForeignSigner(uint32 bitmap);

    /// @notice The bitmap names suspended oracles.
    error SuspendedSigners(uint32 bitmap);

    /// @notice Fewer signatures than a quorum.
    error QuorumMissed(uint256 signatures, uint256 quorum);

    /// @notice The number of signatures differs from the number of bits.
    error SignatureCountMismatch(uint256 signatures, uint32 bitmap);

    /// @notice A signature is malformed, has a high s, or is not by the oracle at its bit.
    error InvalidOracleSignature(uint256 oracleIndex);

    /// @notice Reverts unless a quorum of distinct oracles signed a digest. A suspended oracle that
    /// stays in the set counts in n, so that a quorum gets no smaller.
    /// @param oracles the set, by index
    /// @param barred bitmap of those whose signatures do not count
    /// @param digest what they signed
    /// @param bitmap the signers, by index
    /// @param signatures one per bit, in ascending order of index
    function verify(
        address[] memory oracles,
        uint32 barred,
        bytes32 digest,
        uint32 bitmap,
        CompactSignature[] calldata signatures
    ) internal pure {
        uint256 n = oracles.length;
        uint256 quorum = (n + (n - 1) / 3) / 2 + 1;
        if (signatures.length < quorum) revert QuorumMissed(signatures.length, quorum);
        if (bitmap >> n != 0) revert ForeignSigner(bitmap);
        if (bitmap & barred != 0) revert SuspendedSigners(bitmap & barred);
        uint256 used = 0;
        for (uint256 i = 0; i < n; ++i) {
            if ((bitmap >> i) & 1 == 0) continue;
            if (used == signatures.length) {
                revert SignatureCountMismatch(signatures.length, bitmap);
            }
            // Refuses a high s and a point that does not exist with another error than NoError.
            (address signer, ECDSA.RecoverError failure,) =
                ECDSA.tryRecover(digest, signatures[used].r, signatures[used].vs);
            if (failure != ECDSA.RecoverError.NoError || signer != oracles[i]) {
                revert InvalidOracleSignature(i);
            }
            ++used;
        }
        if (used != signatures.length) revert SignatureCountMismatch(signatures.length, bitmap);
    }
}

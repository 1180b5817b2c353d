// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title Consents of nodes to be linked
/// @notice A node signs which licence of which owner it agrees to, and until when. Each consent is
/// good for one link.
abstract contract LinkConsents is EIP712 {
    /// @dev What a node signs to consent. Binds chain and contract through the domain.
    bytes32 private constant LINK_TYPEHASH = keccak256(
        "Link(address owner,uint8 licenceType,uint256 licenceId,address node,uint256 nonce,"
        "uint256 deadline)"
    );

    /// @notice The number of this kind of licence in leaves and signatures.
    uint8 public immutable LICENCE_TYPE;

    /// @notice The nonce a node's next consent must carry.
    mapping(address node => uint256) public linkNonce;

    /// @notice The consent was used before, or is for later.
    error InvalidLinkNonce(uint256 expected);

    /// @notice The consent has expired.
    error LinkExpired(uint256 deadline);

    /// @notice The consent is not this node's, or not for this owner, licence, contract and chain.
    error InvalidNodeSignature();

    /// @dev Fixes the kind for ever.
    /// @param licenceType number of this kind of licence
    constructor(uint8 licenceType) EIP712("R1Licences", "1") {
        LICENCE_TYPE = licenceType;
    }

    /// @notice The digest a node signs to consent to a link.
    /// @param owner who may link
    /// @param licenceId which licence
    /// @param node the node
    /// @param nonce the node's link nonce
    /// @param deadline last second in which the consent holds
    function linkDigest(
        address owner,
        uint256 licenceId,
        address node,
        uint256 nonce,
        uint256 deadline
    ) public view returns (bytes32) {
        return _hashTypedDataV4(
            keccak256(
                abi.encode(LINK_TYPEHASH, owner, LICENCE_TYPE, licenceId, node, nonce, deadline)
            )
        );
    }

    /// @dev Uses a consent for the caller up; reverts when it is none.
    function _takeConsent(
        uint256 licenceId,
        address node,
        uint256 nonce,
        uint256 deadline,
        bytes calldata nodeSignature
    ) internal {
        if (block.timestamp > deadline) revert LinkExpired(deadline);
        if (nonce != linkNonce[node]) revert InvalidLinkNonce(linkNonce[node]);
        bytes32 digest = linkDigest(msg.sender, licenceId, node, nonce, deadline);
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecover(digest, nodeSignature);
        if (failure != ECDSA.RecoverError.NoError || signer != node) revert InvalidNodeSignature();
        linkNonce[node] = nonce + 1;
    }
}

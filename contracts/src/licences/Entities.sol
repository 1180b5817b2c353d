// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Controller} from "../epochs/Controller.sol";

/// @title Who stands behind an account
/// @notice Persons and companies whose identity was verified (KYC, KYB). The chain knows an opaque
/// number of each and nothing else. Several accounts may belong to one entity.
/// @dev An attestation is signed off the chain by the attestor that governance named, and anybody
/// may record it.
contract Entities is EIP712 {
    /// @dev What the attestor signs. Binds chain and contract through the domain.
    bytes32 private constant ATTESTATION_TYPEHASH = keccak256(
        "Attestation(address account,bytes32 entityId,uint256 usdLimit,uint256 nonce,"
        "uint256 deadline)"
    );

    /// @notice The network, whose owner is governance.
    Controller public immutable controller;

    /// @notice Whose signature counts; zero until governance names somebody. What an earlier
    /// attestor signed and nobody recorded is void.
    address public attestor;

    /// @notice The entity behind an account; zero when there is none or it was revoked.
    mapping(address account => bytes32) public entityOf;

    /// @notice The nonce that the next attestation of an account must carry.
    mapping(address account => uint256) public attestationNonce;

    /// @dev In whole USD. The newest attestation of any account of the entity counts.
    mapping(bytes32 entityId => uint256) private _usdLimit;

    /// @notice Governance named the attestor.
    event AttestorNamed(address attestor);

    /// @notice An account belongs to an entity, which may spend so much on licences.
    event Attested(address indexed account, bytes32 indexed entityId, uint256 usdLimit);

    /// @notice An account belongs to no entity any longer.
    event Revoked(address indexed account, bytes32 indexed entityId);

    /// @notice The caller is not governance.
    error NotGovernance(address caller);

    /// @notice The caller is neither governance nor the attestor.
    error NotAttestor(address caller);

    /// @notice Nobody is no entity.
    error InvalidEntity();

    /// @notice The attestation was recorded or voided before, or is for later.
    error InvalidAttestationNonce(uint256 expected);

    /// @notice The attestation has expired.
    error AttestationExpired(uint256 deadline);

    /// @notice The attestation is not the attestor's, or not for this content, contract and chain.
    error InvalidAttestorSignature();

    /// @notice Joins the registry to its network.
    /// @param controller_ the network
    constructor(Controller controller_) EIP712("R1Entities", "1") {
        controller = controller_;
    }

    /// @notice Names the attestor; for governance alone.
    /// @param attestor_ whose signature counts from now on, or zero: nobody's
    function nameAttestor(address attestor_) external {
        if (msg.sender != controller.owner()) revert NotGovernance(msg.sender);
        attestor = attestor_;
        emit AttestorNamed(attestor_);
    }

    /// @notice Records what the attestor signed about an account. Anyone may call it.
    /// @param account the account
    /// @param entityId who stands behind it; never zero
    /// @param usdLimit how much the entity may spend on licences in all, in whole USD
    /// @param nonce the account's attestation nonce
    /// @param deadline last second in which the attestation may be recorded
    /// @param signature 65 bytes r, s, v of the attestor over the EIP-712 struct `Attestation`
    function attest(
        address account,
        bytes32 entityId,
        uint256 usdLimit,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external {
        if (entityId == bytes32(0)) revert InvalidEntity();
        if (block.timestamp > deadline) revert AttestationExpired(deadline);
        uint256 expected = attestationNonce[account];
        if (nonce != expected) revert InvalidAttestationNonce(expected);
        bytes32 digest = attestationDigest(account, entityId, usdLimit, nonce, deadline);
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecover(digest, signature);
        if (failure != ECDSA.RecoverError.NoError || signer != attestor) {
            revert InvalidAttestorSignature();
        }
        attestationNonce[account] = nonce + 1;
        entityOf[account] = entityId;
        _usdLimit[entityId] = usdLimit;
        emit Attested(account, entityId, usdLimit);
    }

    /// @notice Takes an account from its entity, and voids every attestation of it that was signed
    /// and not recorded; for governance and the attestor.
    /// @param account the account; it need not belong to an entity
    function revoke(address account) external {
        if (msg.sender != attestor && msg.sender != controller.owner()) {
            revert NotAttestor(msg.sender);
        }
        ++attestationNonce[account];
        emit Revoked(account, entityOf[account]);
        delete entityOf[account];
    }

    /// @notice How much the entity behind an account may spend on licences in all, through whatever
    /// account, in whole USD; zero when there is no entity.
    /// @param account the account
    function usdLimitOf(address account) external view returns (uint256) {
        return _usdLimit[entityOf[account]];
    }

    /// @notice The digest the attestor signs.
    /// @param account the account
    /// @param entityId who stands behind it
    /// @param usdLimit how much the entity may spend on licences in all, in whole USD
    /// @param nonce the account's attestation nonce
    /// @param deadline last second in which the attestation may be recorded
    function attestationDigest(
        address account,
        bytes32 entityId,
        uint256 usdLimit,
        uint256 nonce,
        uint256 deadline
    ) public view returns (bytes32) {
        return _hashTypedDataV4(
            keccak256(
                abi.encode(ATTESTATION_TYPEHASH, account, entityId, usdLimit, nonce, deadline)
            )
        );
    }
}

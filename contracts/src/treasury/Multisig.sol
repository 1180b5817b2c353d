// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {
    MultiSignerERC7913
} from "@openzeppelin/contracts/utils/cryptography/signers/MultiSignerERC7913.sol";

/// @title An account of several signers
/// @notice Acts when enough of its signers signed what is to be done. Who they are, how many must
/// agree and how signatures are checked is OpenZeppelin's; here is only what they sign.
/// @dev Anyone may hand in what was signed. Signers may be keys or contracts (ERC-7913).
contract Multisig is MultiSignerERC7913, EIP712 {
    bytes32 private constant EXECUTE_TYPEHASH =
        keccak256("Execute(address target,bytes data,uint256 nonce,uint256 deadline)");

    /// @notice The nonce the next act must carry.
    uint256 public nonce;

    /// @notice The account acted.
    event Executed(uint256 indexed nonce, address indexed target, bytes data);

    /// @notice Too few signed, or somebody who is no signer, or something else.
    error InvalidSignatures();

    /// @notice What was signed holds no longer.
    error ExecutionExpired(uint256 deadline);

    /// @notice Only the account itself may change its signers.
    error NotSelf(address caller);

    modifier onlySelf() {
        if (msg.sender != address(this)) revert NotSelf(msg.sender);
        _;
    }

    /// @notice Names the first signers.
    /// @param signers each the 20 bytes of an address, or an ERC-7913 verifier and key
    /// @param threshold_ how many must agree
    constructor(bytes[] memory signers, uint64 threshold_)
        MultiSignerERC7913(signers, threshold_)
        EIP712("R1Multisig", "1")
    {}

    /// @notice Does what enough signers signed, once.
    /// @param target the contract that is called
    /// @param data the call
    /// @param deadline last second in which the signatures hold
    /// @param signatures `abi.encode(bytes[] signers, bytes[] signatures)`, signers ascending by
    /// keccak256
    /// @return answer what the contract answered
    function execute(
        address target,
        bytes calldata data,
        uint256 deadline,
        bytes calldata signatures
    ) external returns (bytes memory answer) {
        if (block.timestamp > deadline) revert ExecutionExpired(deadline);
        uint256 used = nonce;
        bytes32 digest = executeDigest(target, data, used, deadline);
        if (!_rawSignatureValidation(digest, signatures)) revert InvalidSignatures();
        nonce = used + 1;
        emit Executed(used, target, data);
        return Address.functionCall(target, data);
    }

    /// @notice Adds signers; for the account itself.
    /// @param signers who signs in addition
    function addSigners(bytes[] calldata signers) external onlySelf {
        _addSigners(signers);
    }

    /// @notice Removes signers; for the account itself. Enough must be left.
    /// @param signers who signs no longer
    function removeSigners(bytes[] calldata signers) external onlySelf {
        _removeSigners(signers);
    }

    /// @notice Sets how many must agree; for the account itself.
    /// @param threshold_ at least one, at most all
    function setThreshold(uint64 threshold_) external onlySelf {
        _setThreshold(threshold_);
    }

    /// @notice The digest that signers sign.
    /// @param target the contract that is called
    /// @param data the call
    /// @param nonce_ the account's nonce
    /// @param deadline last second in which the signatures hold
    function executeDigest(address target, bytes calldata data, uint256 nonce_, uint256 deadline)
        public
        view
        returns (bytes32)
    {
        return _hashTypedDataV4(
            keccak256(abi.encode(EXECUTE_TYPEHASH, target, keccak256(data), nonce_, deadline))
        );
    }
}

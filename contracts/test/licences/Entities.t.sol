// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Entities} from "../../src/licences/Entities.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract EntitiesTest is NetworkFixture {
    event AttestorNamed(address attestor);
    event Attested(address indexed account, bytes32 indexed entityId, uint256 usdLimit);
    event Revoked(address indexed account, bytes32 indexed entityId);

    /// Order of the curve: s and ORDER − s sign the same, so only the lower one may pass.
    uint256 private constant ORDER =
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    bytes32 private constant ACME = keccak256("acme");

    uint256 private deadline;

    function setUp() public {
        vm.warp(START);
        found();
        deadline = block.timestamp + 1 hours;
    }

    function test_recordsWhatTheAttestorSigned() public {
        bytes memory signature = attestation(OWNER, ACME, 5_000, 0, deadline);
        vm.expectEmit(true, true, false, true);
        emit Attested(OWNER, ACME, 5_000);
        vm.prank(STRANGER);
        entities.attest(OWNER, ACME, 5_000, 0, deadline, signature);
        assertEq(entities.entityOf(OWNER), ACME, "entity");
        assertEq(entities.usdLimitOf(OWNER), 5_000, "limit");
        assertEq(entities.attestationNonce(OWNER), 1, "used up");
        assertEq(entities.entityOf(STRANGER), bytes32(0), "nobody");
        assertEq(entities.usdLimitOf(STRANGER), 0, "nobody may spend nothing");
    }

    function test_theNewestAttestationOfAnyAccountSetsTheLimitOfAll() public {
        attest(OWNER, ACME, 5_000);
        attest(STRANGER, ACME, 2_000);
        assertEq(entities.usdLimitOf(OWNER), 2_000, "of the entity");
        attest(OWNER, ACME, 9_000);
        assertEq(entities.usdLimitOf(STRANGER), 9_000, "of the entity");
        attest(OWNER, keccak256("another"), 1);
        assertEq(entities.entityOf(OWNER), keccak256("another"), "moved");
        assertEq(entities.usdLimitOf(STRANGER), 9_000, "stays");
    }

    function test_refusesAReplayAndAnotherOrder() public {
        bytes memory first = attestation(OWNER, ACME, 5_000, 0, deadline);
        bytes memory second = attestation(OWNER, ACME, 1, 1, deadline);
        vm.expectRevert(abi.encodeWithSelector(Entities.InvalidAttestationNonce.selector, 0));
        entities.attest(OWNER, ACME, 1, 1, deadline, second);
        entities.attest(OWNER, ACME, 5_000, 0, deadline, first);
        entities.attest(OWNER, ACME, 1, 1, deadline, second);
        vm.expectRevert(abi.encodeWithSelector(Entities.InvalidAttestationNonce.selector, 2));
        entities.attest(OWNER, ACME, 5_000, 0, deadline, first);
        vm.expectRevert(Entities.InvalidAttestorSignature.selector);
        entities.attest(OWNER, ACME, 5_000, 2, deadline, first);
    }

    function test_refusesAnExpiredAttestation() public {
        bytes memory signature = attestation(OWNER, ACME, 5_000, 0, deadline);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(Entities.AttestationExpired.selector, deadline));
        entities.attest(OWNER, ACME, 5_000, 0, deadline, signature);
        vm.warp(deadline);
        entities.attest(OWNER, ACME, 5_000, 0, deadline, signature);
    }

    function test_refusesAnythingButWhatWasSigned() public {
        bytes memory signature = attestation(OWNER, ACME, 5_000, 0, deadline);
        bytes4 refusal = Entities.InvalidAttestorSignature.selector;
        vm.expectRevert(refusal);
        entities.attest(STRANGER, ACME, 5_000, 0, deadline, signature);
        vm.expectRevert(refusal);
        entities.attest(OWNER, keccak256("evil"), 5_000, 0, deadline, signature);
        vm.expectRevert(refusal);
        entities.attest(OWNER, ACME, 5_001, 0, deadline, signature);
        vm.expectRevert(refusal);
        entities.attest(OWNER, ACME, 5_000, 0, deadline + 1, signature);
        vm.expectRevert(Entities.InvalidEntity.selector);
        entities.attest(OWNER, bytes32(0), 5_000, 0, deadline, signature);
    }

    function test_refusesAnAttestationOfAnotherChainOrContract() public {
        bytes memory signature = attestation(OWNER, ACME, 5_000, 0, deadline);
        Entities other = new Entities(controller);
        vm.prank(GOVERNANCE);
        other.nameAttestor(vm.addr(ATTESTOR_KEY));
        vm.expectRevert(Entities.InvalidAttestorSignature.selector);
        other.attest(OWNER, ACME, 5_000, 0, deadline, signature);
        vm.chainId(8453);
        vm.expectRevert(Entities.InvalidAttestorSignature.selector);
        entities.attest(OWNER, ACME, 5_000, 0, deadline, signature);
    }

    function test_refusesAStrangersMalleableOrMalformedSignature() public {
        bytes memory fine = attestation(OWNER, ACME, 5_000, 0, deadline);
        bytes32 digest = entities.attestationDigest(OWNER, ACME, 5_000, 0, deadline);
        bytes[4] memory broken = [malleable(digest), signed(0xBAD, digest), bytes(""), fine];
        broken[3][64] = bytes1(uint8(broken[3][64]) - 27);
        for (uint256 i = 0; i < broken.length; ++i) {
            vm.expectRevert(Entities.InvalidAttestorSignature.selector);
            entities.attest(OWNER, ACME, 5_000, 0, deadline, broken[i]);
        }
        entities.attest(
            OWNER, ACME, 5_000, 0, deadline, attestation(OWNER, ACME, 5_000, 0, deadline)
        );
    }

    function test_nobodyAttestsWhenNobodyIsNamed() public {
        vm.prank(GOVERNANCE);
        entities.nameAttestor(address(0));
        bytes memory signature = attestation(OWNER, ACME, 5_000, 0, deadline);
        vm.expectRevert(Entities.InvalidAttestorSignature.selector);
        entities.attest(OWNER, ACME, 5_000, 0, deadline, signature);
        vm.expectRevert(Entities.InvalidAttestorSignature.selector);
        entities.attest(OWNER, ACME, 5_000, 0, deadline, new bytes(65));
    }

    function test_governanceNamesTheAttestor() public {
        bytes memory signature = attestation(OWNER, ACME, 5_000, 0, deadline);
        vm.expectRevert(abi.encodeWithSelector(Entities.NotGovernance.selector, STRANGER));
        vm.prank(STRANGER);
        entities.nameAttestor(STRANGER);
        vm.expectEmit(false, false, false, true);
        emit AttestorNamed(STRANGER);
        vm.prank(GOVERNANCE);
        entities.nameAttestor(STRANGER);
        assertEq(entities.attestor(), STRANGER, "named");
        vm.expectRevert(Entities.InvalidAttestorSignature.selector);
        entities.attest(OWNER, ACME, 5_000, 0, deadline, signature);
    }

    function test_revokesAndVoidsWhatWasSigned() public {
        attest(OWNER, ACME, 5_000);
        attest(STRANGER, ACME, 5_000);
        bytes memory pending = attestation(OWNER, ACME, 5_000, 1, deadline);
        vm.expectRevert(abi.encodeWithSelector(Entities.NotAttestor.selector, STRANGER));
        vm.prank(STRANGER);
        entities.revoke(OWNER);
        vm.expectEmit(true, true, false, true);
        emit Revoked(OWNER, ACME);
        vm.prank(vm.addr(ATTESTOR_KEY));
        entities.revoke(OWNER);
        assertEq(entities.entityOf(OWNER), bytes32(0), "revoked");
        assertEq(entities.usdLimitOf(OWNER), 0, "nothing to spend");
        assertEq(entities.usdLimitOf(STRANGER), 5_000, "the other account stays");
        vm.expectRevert(abi.encodeWithSelector(Entities.InvalidAttestationNonce.selector, 2));
        entities.attest(OWNER, ACME, 5_000, 1, deadline, pending);
        vm.prank(GOVERNANCE);
        entities.revoke(STRANGER);
        assertEq(entities.entityOf(STRANGER), bytes32(0), "by governance");
        attest(OWNER, ACME, 7);
        assertEq(entities.usdLimitOf(OWNER), 7, "again");
    }

    function signed(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function malleable(bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ATTESTOR_KEY, digest);
        return abi.encodePacked(r, bytes32(ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27));
    }
}

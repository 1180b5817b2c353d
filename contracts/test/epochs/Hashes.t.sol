// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {EpochCertificate, EpochCertificates} from "../../src/epochs/EpochCertificates.sol";
import {RewardTree} from "../../src/rewards/RewardTree.sol";
import {Test} from "../support/Test.sol";
import {Tree} from "../support/Tree.sol";

/// The same numbers as the Java test `HashesTest` of `bundles/chain`: both read the fixture.
contract HashesTest is Test {
    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    string private json;

    function setUp() public {
        json = vm.readFile("test/fixtures/hashes.json");
    }

    function test_certificateHashesAreThoseOfTheFixture() public view {
        (bytes32 structHash, bytes32 outcome) = this.hashes(certificate());
        assertEq(outcome, hash(".outcomeHash"), "outcome");
        bytes32 domain = domainOf("R1Availability", ".controller");
        assertEq(
            keccak256(abi.encodePacked(hex"1901", domain, structHash)), hash(".digest"), "digest"
        );
    }

    function test_rewardTreeIsThatOfTheFixture() public view {
        bytes32[] memory leaves = new bytes32[](5);
        for (uint256 i = 0; i < leaves.length; ++i) {
            leaves[i] =
                RewardTree.leaf(1, i + 1, 100 * (i + 1), 1_458_508_188_386_985_115 * 100 * (i + 1));
        }
        bytes32[] memory expected = vm.parseJsonBytes32Array(json, ".leaves");
        for (uint256 i = 0; i < leaves.length; ++i) {
            assertEq(leaves[i], expected[i], "leaf");
        }
        assertEq(Tree.root(leaves), hash(".cumulativeRoot"), "root");
    }

    function test_linkDigestIsThatOfTheFixture() public view {
        bytes32 content = keccak256(
            abi.encode(
                keccak256(
                    "Link(address owner,uint8 licenceType,uint256 licenceId,address node,"
                    "uint256 nonce,uint256 deadline)"
                ),
                vm.parseJsonAddress(json, ".link.owner"),
                uint8(1),
                vm.parseJsonUint(json, ".link.licenceId"),
                vm.parseJsonAddress(json, ".link.node"),
                vm.parseJsonUint(json, ".link.nonce"),
                vm.parseJsonUint(json, ".link.deadline")
            )
        );
        bytes32 domain = domainOf("R1Licences", ".nodeDeed");
        assertEq(
            keccak256(abi.encodePacked(hex"1901", domain, content)), hash(".linkDigest"), "digest"
        );
    }

    function hashes(EpochCertificate calldata what) external pure returns (bytes32, bytes32) {
        return (EpochCertificates.structHash(what), EpochCertificates.outcomeHash(what));
    }

    function certificate() private view returns (EpochCertificate memory) {
        return EpochCertificate({
            configDigest: hash(".certificate.configDigest"),
            epoch: uint32(number(".certificate.epoch")),
            viewNumber: uint32(number(".certificate.view")),
            observers: uint32(number(".certificate.observers")),
            excluded: uint32(number(".certificate.excluded")),
            theta: uint8(number(".certificate.theta")),
            nodeCount: uint32(number(".certificate.nodeCount")),
            registryRoot: hash(".certificate.registryRoot"),
            inputsDigest: hash(".certificate.inputsDigest"),
            availabilityRoot: hash(".certificate.availabilityRoot"),
            cumulativeRoot: hash(".cumulativeRoot"),
            tableHash: hash(".certificate.tableHash"),
            reputationRoot: hash(".certificate.reputationRoot")
        });
    }

    function domainOf(string memory name, string memory contractKey)
        private
        view
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                DOMAIN_TYPEHASH,
                keccak256(bytes(name)),
                keccak256("1"),
                number(".chainId"),
                vm.parseJsonAddress(json, contractKey)
            )
        );
    }

    function hash(string memory key) private view returns (bytes32) {
        return vm.parseJsonBytes32(json, key);
    }

    function number(string memory key) private view returns (uint256) {
        return vm.parseJsonUint(json, key);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Said} from "../support/Said.sol";
import {Test} from "../support/Test.sol";

/// The same bytes and numbers as the Java test `StatementsFixtureTest` of `bundles/apbft`, which
/// made the fixture from the messages that oracles sign.
contract StatementsTest is Test {
    string private json;

    function setUp() public {
        json = vm.readFile("test/fixtures/statements.json");
    }

    function test_twoObsCommits() public {
        assertDigest(".statements[0]");
        assertDigest(".statements[1]"); // a clock offset above zero
    }

    function test_obsReveal() public {
        assertDigest(".statements[2]");
    }

    function test_prepare() public {
        assertDigest(".statements[3]");
    }

    function test_commit() public {
        assertDigest(".statements[4]");
    }

    function assertDigest(string memory key) private {
        bytes32 structHash = new Said()
            .structHash(
                uint8(vm.parseJsonUint(json, string.concat(key, ".kind"))),
                vm.parseJsonAddress(json, ".oracle"),
                vm.parseJsonBytes(json, string.concat(key, ".content"))
            );
        assertEq(
            keccak256(abi.encodePacked(hex"1901", domain(), structHash)),
            vm.parseJsonBytes32(json, string.concat(key, ".digest")),
            "digest"
        );
    }

    function domain() private view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,"
                    "address verifyingContract)"
                ),
                keccak256("R1Availability"),
                keccak256("1"),
                vm.parseJsonUint(json, ".chainId"),
                vm.parseJsonAddress(json, ".controller")
            )
        );
    }
}

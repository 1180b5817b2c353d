// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {CompactSignature} from "../../src/epochs/EpochCertificates.sol";
import {ReleaseRegistry} from "../../src/releases/ReleaseRegistry.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

/// Whole transactions. A release is rare; what they cost only has to stay payable.
contract ReleasesGasTest is RegistryFixture {
    function test_aReleaseCostsLittle() public {
        activated();
        ReleaseRegistry.Release memory release = proposeNext();
        assertLe(measured("ReleaseRegistry.propose"), 230_000, "propose");
        approveAs(1, release);
        assertLe(measured("ReleaseRegistry.approve"), 70_000, "approve");
        approveAs(2, release);
        vm.warp(soon(DELAY));
        registry.activate(CHANNEL, 2);
        assertLe(measured("ReleaseRegistry.activate"), 80_000, "activate");
        revoke(2);
        assertLe(measured("ReleaseRegistry.revoke"), 70_000, "revoke");
        CompactSignature[] memory signatures = pauseBy(0x3, true);
        registry.pause(CHANNEL, soon(1), signatures);
        assertLe(measured("ReleaseRegistry.pause"), 70_000, "pause");
    }
}

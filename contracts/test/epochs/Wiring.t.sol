// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Controller} from "../../src/epochs/Controller.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

/// A network in which one contract points elsewhere cannot be founded.
contract WiringTest is NetworkFixture {
    function setUp() public {
        vm.warp(START - 1 hours);
        found();
    }

    function test_acceptsANetworkThatIsWhole() public {
        wire();
        new Controller(bytes32(0), GOVERNANCE, timing(), VOID_AFTER, contracts());
    }

    function test_refusesAControllerThatIsElsewhere() public {
        address[8] memory parts = joined();
        for (uint256 i = 0; i < parts.length; ++i) {
            refuses(parts[i], "controller()", parts[i]);
        }
    }

    function test_refusesATokenThatIsElsewhere() public {
        refuses(address(r1), "rewards()", address(r1));
        refuses(address(r1), "devMinter()", address(r1));
        refuses(address(deed), "r1()", address(deed));
        refuses(address(rewards), "r1()", address(rewards));
        refuses(address(treasury), "r1()", address(treasury));
        refuses(address(devMinter), "r1()", address(devMinter));
    }

    function test_refusesLicencesThatAreElsewhere() public {
        address registry = address(nodeRegistry);
        refuses(registry, "nodeDeed()", address(deed));
        refuses(registry, "masterDeed()", address(masterDeed));
        refuses(registry, "genesisDeed()", address(genesisDeed));
        refuses(address(deed), "nodeRegistry()", address(deed));
        refuses(address(masterDeed), "nodeRegistry()", address(masterDeed));
        refuses(address(genesisDeed), "nodeRegistry()", address(genesisDeed));
        refuses(address(deed), "entities()", address(deed));
        refuses(address(masterDeed), "entities()", address(masterDeed));
        refuses(address(genesisDeed), "entities()", address(genesisDeed));
        refuses(address(rewards), "nodeDeed()", address(rewards));
        refuses(address(rewards), "masterDeed()", address(rewards));
        refuses(address(rewards), "genesisDeed()", address(rewards));
    }

    function test_refusesAGenesisDeedOfAnother() public {
        wire();
        Controller.Contracts memory parts = contracts();
        vm.mockCall(
            address(genesisDeed),
            abi.encodeWithSignature("ownerOf(uint256)", 1),
            abi.encode(STRANGER)
        );
        vm.expectRevert(abi.encodeWithSelector(Controller.NotWired.selector, address(genesisDeed)));
        new Controller(bytes32(0), GOVERNANCE, timing(), VOID_AFTER, parts);
    }

    /// Lets one getter point elsewhere while a network is founded.
    function refuses(address at, string memory getter, address blamed) private {
        wire();
        vm.mockCall(at, abi.encodeWithSignature(getter), abi.encode(address(0xDEAD)));
        vm.expectRevert(abi.encodeWithSelector(Controller.NotWired.selector, blamed));
        new Controller(bytes32(0), GOVERNANCE, timing(), VOID_AFTER, contracts());
    }

    /// The same contracts, as if they had been made for the next controller.
    function wire() private {
        vm.clearMockedCalls();
        address[8] memory parts = joined();
        for (uint256 i = 0; i < parts.length; ++i) {
            vm.mockCall(parts[i], abi.encodeWithSignature("controller()"), abi.encode(next(0)));
        }
    }

    function joined() private view returns (address[8] memory) {
        return [
            address(entities),
            address(deed),
            address(masterDeed),
            address(genesisDeed),
            address(rewards),
            address(treasury),
            address(devMinter),
            address(directory)
        ];
    }
}

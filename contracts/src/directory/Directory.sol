// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Controller} from "../epochs/Controller.sol";

/// @title Where the later contracts of a network are
/// @notice The contracts that money and permissions rest on are fixed in the controller for ever.
/// Those that build on them are entered here, each name once, so that a client finds all of them
/// through the controller and no entry can be exchanged under its users.
contract Directory {
    /// @notice A contract and its name.
    struct Entry {
        string name;
        address at;
    }

    /// @notice The network, whose owner is governance.
    Controller public immutable controller;

    /// @dev In the order in which they were entered.
    Entry[] private _entries;

    mapping(bytes32 nameHash => address) private _addresses;

    /// @notice A contract was entered.
    event Entered(string name, address at);

    /// @notice The caller is not governance.
    error NotGovernance(address caller);

    /// @notice The name is taken, for ever.
    error AlreadyEntered(string name, address at);

    /// @notice An entry needs a name and a contract.
    error InvalidEntry(string name, address at);

    /// @notice Joins the directory to its network, with what is deployed together with it. Some of
    /// that comes after the controller, and so after this contract: it is entered at the address it
    /// will get, and who deploys a network must look whether it is there.
    /// @param controller_ the network
    /// @param founding what the network has from its beginning
    constructor(Controller controller_, Entry[] memory founding) {
        controller = controller_;
        for (uint256 i = 0; i < founding.length; ++i) {
            _enter(founding[i].name, founding[i].at);
        }
    }

    /// @notice Enters a later contract; for governance alone, once per name.
    /// @param name name of the contract as in its source, such as `ReleaseRegistry`
    /// @param at its address; it must be deployed
    function enter(string calldata name, address at) external {
        if (msg.sender != controller.owner()) revert NotGovernance(msg.sender);
        if (at.code.length == 0) revert InvalidEntry(name, at);
        _enter(name, at);
    }

    /// @notice The contract of a name; zero while there is none.
    /// @param name name of the contract
    function addressOf(string calldata name) external view returns (address) {
        return _addresses[keccak256(bytes(name))];
    }

    /// @notice Everything that was entered, in that order.
    function entries() external view returns (Entry[] memory) {
        return _entries;
    }

    function _enter(string memory name, address at) private {
        if (bytes(name).length == 0 || at == address(0)) revert InvalidEntry(name, at);
        bytes32 key = keccak256(bytes(name));
        if (_addresses[key] != address(0)) revert AlreadyEntered(name, _addresses[key]);
        _addresses[key] = at;
        _entries.push(Entry(name, at));
        emit Entered(name, at);
    }
}

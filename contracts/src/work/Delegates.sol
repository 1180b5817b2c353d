// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

/// @title Who may act for a payer
/// @notice A payer may let others order and change jobs for it. They act with the payer's money:
/// what they spend is taken from the payer, what comes back goes to the payer.
abstract contract Delegates {
    using EnumerableSet for EnumerableSet.AddressSet;

    /// @notice May create jobs.
    uint256 public constant CREATE_JOBS = 1;

    /// @notice May make jobs last longer.
    uint256 public constant EXTEND_DURATION = 2;

    /// @notice May add nodes to jobs.
    uint256 public constant EXTEND_NODES = 4;

    /// @notice May take back jobs that never started.
    uint256 public constant REDEEM_UNUSED_JOB = 8;

    uint256 private constant ALL = 15;

    mapping(address payer => mapping(address delegate => uint256)) private _permissions;

    mapping(address payer => EnumerableSet.AddressSet) private _delegates;

    /// @notice A payer changed what another may do for it.
    event DelegatePermissionsUpdated(
        address indexed payer, address indexed delegate, uint256 permissions
    );

    /// @notice A payer let another do nothing any more.
    event DelegateRemoved(address indexed payer, address indexed delegate);

    /// @notice The caller may not do this for the payer.
    error NotAuthorized(address payer, address caller, uint256 permission);

    /// @notice Nobody, or the payer itself, is no delegate.
    error InvalidDelegate(address delegate);

    /// @notice No permission, or one there is not.
    error InvalidPermissions(uint256 permissions);

    /// @notice Lets another act for the caller, in place of what it was allowed before.
    /// @param delegate who
    /// @param permissions the sum of what it may do
    function setDelegatePermissions(address delegate, uint256 permissions) external {
        if (delegate == address(0) || delegate == msg.sender) revert InvalidDelegate(delegate);
        if (permissions == 0 || permissions > ALL) revert InvalidPermissions(permissions);
        _permissions[msg.sender][delegate] = permissions;
        // slither-disable-next-line unused-return
        _delegates[msg.sender].add(delegate);
        emit DelegatePermissionsUpdated(msg.sender, delegate, permissions);
    }

    /// @notice Lets another do nothing for the caller any more.
    /// @param delegate who
    function removeDelegate(address delegate) external {
        if (!_delegates[msg.sender].remove(delegate)) revert InvalidDelegate(delegate);
        delete _permissions[msg.sender][delegate];
        emit DelegateRemoved(msg.sender, delegate);
    }

    /// @notice Everybody who may act for a payer, in no particular order.
    /// @param payer for whom
    function getDelegatedAddresses(address payer) external view returns (address[] memory) {
        return _delegates[payer].values();
    }

    /// @notice What another may do for a payer; the payer itself may do everything.
    /// @param payer for whom
    /// @param delegate who
    function getDelegatePermissions(address payer, address delegate) public view returns (uint256) {
        return payer == delegate ? ALL : _permissions[payer][delegate];
    }

    function _requirePermission(address payer, uint256 permission) internal view {
        if (getDelegatePermissions(payer, msg.sender) & permission == 0) {
            revert NotAuthorized(payer, msg.sender, permission);
        }
    }
}

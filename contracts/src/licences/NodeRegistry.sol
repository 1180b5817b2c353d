// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Which licence each node works under
/// @notice A node holds one licence at most, of whatever kind. The contracts of all kinds write
/// here, and nobody else can.
contract NodeRegistry {
    /// @notice The licence of a node.
    struct Holding {
        /// Zero when there is none.
        uint8 licenceType;
        uint248 licenceId;
    }

    uint8 private constant NODE_DEED = 1;
    uint8 private constant MASTER_DEED = 2;
    uint8 private constant GENESIS_DEED = 3;

    /// @notice The Node Deed licences.
    address public immutable nodeDeed;

    /// @notice The Master deed licences.
    address public immutable masterDeed;

    /// @notice The genesis deed.
    address public immutable genesisDeed;

    mapping(address node => Holding) private _holdings;

    /// @notice The caller is no licence contract.
    error NotLicenceContract(address caller);

    /// @notice The node holds a licence already.
    error NodeHeld(address node, uint8 licenceType, uint256 licenceId);

    /// @notice The node holds no licence of the caller.
    error NodeNotHeld(address node, uint8 licenceType);

    /// @notice Fixes the licence contracts for ever.
    /// @param nodeDeed_ the Node Deed licences
    /// @param masterDeed_ the Master deed licences
    /// @param genesisDeed_ the genesis deed
    constructor(address nodeDeed_, address masterDeed_, address genesisDeed_) {
        nodeDeed = nodeDeed_;
        masterDeed = masterDeed_;
        genesisDeed = genesisDeed_;
    }

    /// @notice Enters a node under a licence of the caller.
    /// @param node the node
    /// @param licenceId token id
    function take(address node, uint256 licenceId) external {
        uint8 licenceType = _typeOf(msg.sender);
        Holding memory held = _holdings[node];
        if (held.licenceType != 0) revert NodeHeld(node, held.licenceType, held.licenceId);
        _holdings[node] = Holding(licenceType, uint248(licenceId));
    }

    /// @notice Removes a node that holds a licence of the caller.
    /// @param node the node
    function release(address node) external {
        uint8 licenceType = _typeOf(msg.sender);
        if (_holdings[node].licenceType != licenceType) revert NodeNotHeld(node, licenceType);
        delete _holdings[node];
    }

    /// @notice The licence of a node; zeros when there is none.
    /// @param node the node
    /// @return licenceType kind of licence
    /// @return licenceId token id
    function holding(address node) external view returns (uint8 licenceType, uint256 licenceId) {
        Holding memory held = _holdings[node];
        return (held.licenceType, held.licenceId);
    }

    /// @notice Whether a node holds a licence. Banned licences have no node.
    /// @param node the node
    function isNodeActive(address node) external view returns (bool) {
        return _holdings[node].licenceType != 0;
    }

    function _typeOf(address caller) private view returns (uint8) {
        if (caller == nodeDeed) return NODE_DEED;
        if (caller == masterDeed) return MASTER_DEED;
        if (caller == genesisDeed) return GENESIS_DEED;
        revert NotLicenceContract(caller);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Entities} from "./Entities.sol";

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

    /// @notice Who stands behind the owners of licences.
    Entities public immutable entities;

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
    /// @param entities_ who stands behind the owners of licences
    /// @param nodeDeed_ the Node Deed licences
    /// @param masterDeed_ the Master deed licences
    /// @param genesisDeed_ the genesis deed
    constructor(Entities entities_, address nodeDeed_, address masterDeed_, address genesisDeed_) {
        entities = entities_;
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
        // Licences are numbered from one.
        // forge-lint: disable-next-line(unsafe-typecast)
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

    /// @notice Who holds the licence of a node, of whatever kind; zero for a node without one.
    /// @param node the node
    function ownerOfNode(address node) public view returns (address) {
        Holding memory held = _holdings[node];
        if (held.licenceType == 0) return address(0);
        return IERC721(_contractOf(held.licenceType)).ownerOf(held.licenceId);
    }

    /// @notice The entity behind the owner of a node's licence; zero for a node without a licence
    /// and when no entity stands behind its owner.
    /// @param node the node
    function entityOfNode(address node) external view returns (bytes32) {
        address owner = ownerOfNode(node);
        return owner == address(0) ? bytes32(0) : entities.entityOf(owner);
    }

    function _contractOf(uint8 licenceType) private view returns (address) {
        if (licenceType == NODE_DEED) return nodeDeed;
        return licenceType == MASTER_DEED ? masterDeed : genesisDeed;
    }

    function _typeOf(address caller) private view returns (uint8) {
        if (caller == nodeDeed) return NODE_DEED;
        if (caller == masterDeed) return MASTER_DEED;
        if (caller == genesisDeed) return GENESIS_DEED;
        revert NotLicenceContract(caller);
    }
}

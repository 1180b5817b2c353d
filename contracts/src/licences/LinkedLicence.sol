// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {
    ERC721Enumerable
} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Enumerable.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {Controller} from "../epochs/Controller.sol";
import {EpochClock} from "../epochs/EpochClock.sol";
import {AttestedOwners} from "./AttestedOwners.sol";
import {Entities} from "./Entities.sol";
import {LinkConsents} from "./LinkConsents.sol";
import {NodeRegistry} from "./NodeRegistry.sol";

/// @title A licence that is linked to a node
/// @notice What all kinds of licences share: links with the node's consent, their history by time,
/// bans, and the views of clients. How a licence is made and what it earns is each kind's own.
/// @dev Names and events follow the genuine contracts where the rule is the same.
abstract contract LinkedLicence is ERC721Enumerable, AttestedOwners, LinkConsents {
    using Checkpoints for Checkpoints.Trace160;
    using EpochClock for EpochClock.Clock;

    /// @notice State of a licence.
    struct Licence {
        uint8 licenceType;
        uint256 licenceId;
        address owner;
        /// Zero when it is linked to none.
        address node;
        /// When that link was made, in seconds since 1970; zero when there is none.
        uint64 linkedSince;
        bool banned;
        /// What was paid so far, in 10⁻¹⁸ R1.
        uint256 claimed;
    }

    /// @dev What a claim and the next link must know; one word.
    struct Standing {
        /// When the licence was first linked, in seconds since 1970; zero when it never was.
        uint64 activatedAt;
        bool banned;
        /// How often the licence changed hands after it may have earned something.
        uint32 handedOver;
        /// How many of the sellers are settled with; the oldest are first.
        uint32 settled;
        /// When it was linked last; an unlink leaves it as it is.
        uint64 linkedAt;
    }

    /// @notice A licence that was linked to one node at two moments.
    struct Row {
        uint8 licenceType;
        uint256 licenceId;
        address node;
    }

    /// @notice The network, whose owner is governance.
    Controller public immutable controller;

    /// @notice Knows the licence of every node, of whatever kind.
    NodeRegistry public immutable nodeRegistry;

    /// @notice How long a licence stays with a node before it can be linked to another, in seconds.
    uint256 public immutable relinkSeconds;

    mapping(uint256 licenceId => Standing) internal _standing;

    /// @dev Every link and unlink of a licence, by time; the value of an unlink is zero.
    mapping(uint256 licenceId => Checkpoints.Trace160) private _links;

    /// @notice A licence was linked to a node.
    event LinkNode(address indexed to, uint256 indexed licenseId, address nodeAddress);

    /// @notice A licence was taken off its node.
    event UnlinkNode(address indexed owner, uint256 indexed licenseId, address oldNodeAddress);

    /// @notice Governance banned a licence or lifted the ban.
    event LicenseBanChanged(uint256 indexed licenseId, bool banned, string reason);

    /// @notice The caller does not hold the licence.
    error NotLicenseOwner();

    /// @notice The licence is banned.
    error LicenseBanned();

    /// @notice The licence is banned already.
    error LicenseAlreadyBanned();

    /// @notice The licence is not banned.
    error LicenseNotBanned();

    /// @notice The licence is linked to no node.
    error LicenseNotLinked();

    /// @notice The licence was linked too short a time ago.
    error CannotReassignYet(uint256 allowedFrom);

    /// @notice Nobody is no node.
    error InvalidNodeAddress();

    /// @notice A node holds one licence at most.
    error NodeAddressAlreadyRegistered();

    /// @notice The caller is not governance.
    error NotGovernance(address caller);

    modifier onlyGovernance() {
        if (msg.sender != controller.owner()) revert NotGovernance(msg.sender);
        _;
    }

    /// @dev Joins the contract to its network.
    /// @param controller_ the network
    /// @param nodeRegistry_ knows the licence of every node
    /// @param entities_ who may link
    /// @param relinkSeconds_ how long a licence stays with a node before it can be linked again
    constructor(
        Controller controller_,
        NodeRegistry nodeRegistry_,
        Entities entities_,
        uint256 relinkSeconds_
    ) AttestedOwners(entities_) {
        controller = controller_;
        nodeRegistry = nodeRegistry_;
        relinkSeconds = relinkSeconds_;
    }

    /// @notice Links a licence of the caller to a node; a node it was linked to is released. An
    /// entity stands behind the caller.
    /// @param licenceId token id
    /// @param node the node
    /// @param nonce the node's link nonce
    /// @param deadline last second in which the node's consent holds
    /// @param nodeSignature 65 bytes r, s, v of the node over the EIP-712 struct `Link`
    function link(
        uint256 licenceId,
        address node,
        uint256 nonce,
        uint256 deadline,
        bytes calldata nodeSignature
    ) external {
        _requireOwner(licenceId);
        Standing memory standing = _standing[licenceId];
        if (standing.banned) revert LicenseBanned();
        _requireEntity(msg.sender);
        _requireReassignable(standing.linkedAt);
        if (node == address(0)) revert InvalidNodeAddress();
        if (nodeRegistry.isNodeActive(node)) revert NodeAddressAlreadyRegistered();
        _takeConsent(licenceId, node, nonce, deadline, nodeSignature);

        _release(licenceId, msg.sender);
        uint64 now_ = uint64(block.timestamp);
        if (standing.activatedAt == 0) standing.activatedAt = now_;
        standing.linkedAt = now_;
        _standing[licenceId] = standing;
        nodeRegistry.take(node, licenceId);
        _record(licenceId, node);
        emit LinkNode(msg.sender, licenceId, node);
    }

    /// @notice Takes a licence of the caller off its node.
    /// @param licenceId token id
    function unlink(uint256 licenceId) external {
        _requireOwner(licenceId);
        if (!_release(licenceId, msg.sender)) revert LicenseNotLinked();
    }

    /// @notice Bans a licence: its link ends, and it can be neither linked, claimed for nor moved.
    /// @param licenceId token id
    /// @param reason for the record
    function ban(uint256 licenceId, string calldata reason) external onlyGovernance {
        address owner = _requireOwned(licenceId);
        if (_standing[licenceId].banned) revert LicenseAlreadyBanned();
        _release(licenceId, owner);
        _standing[licenceId].banned = true;
        emit LicenseBanChanged(licenceId, true, reason);
    }

    /// @notice Lifts a ban.
    /// @param licenceId token id
    /// @param reason for the record
    function unban(uint256 licenceId, string calldata reason) external onlyGovernance {
        if (!_standing[licenceId].banned) revert LicenseNotBanned();
        _standing[licenceId].banned = false;
        emit LicenseBanChanged(licenceId, false, reason);
    }

    /// @notice Whether a node holds an active licence of this kind.
    /// @param node the node
    function isNodeActive(address node) external view returns (bool) {
        return nodeToLicenseId(node) != 0;
    }

    /// @notice The licence of this kind that a node is linked to; zero when there is none.
    /// @param node the node
    function nodeToLicenseId(address node) public view returns (uint256) {
        (uint8 licenceType, uint256 licenceId) = nodeRegistry.holding(node);
        return licenceType == LICENCE_TYPE ? licenceId : 0;
    }

    /// @notice How many licences were ever made. Their ids count from one to it.
    function licenceCount() public view virtual returns (uint256);

    /// @notice Who holds the licence of a node; reverts for a node without one.
    /// @param node the node
    function getNodeOwner(address node) external view returns (address) {
        return ownerOf(nodeToLicenseId(node));
    }

    /// @notice The node a licence was linked to at the end of the last block up to a moment.
    /// @param licenceId token id
    /// @param timestamp seconds since 1970
    function nodeAt(uint256 licenceId, uint96 timestamp) public view returns (address) {
        return address(_links[licenceId].upperLookupRecent(timestamp));
    }

    /// @notice When a licence was first linked, in seconds since 1970; zero when it never was.
    /// @param licenceId token id
    function activatedAt(uint256 licenceId) external view returns (uint64) {
        return _standing[licenceId].activatedAt;
    }

    /// @notice Whom a claim for a licence pays; reverts for a banned one.
    /// @param licenceId token id
    /// @return owner its owner
    /// @return activated when it was first linked; zero when it never was
    function claimant(uint256 licenceId)
        public
        view
        virtual
        returns (address owner, uint64 activated)
    {
        owner = _requireOwned(licenceId);
        Standing memory standing = _standing[licenceId];
        if (standing.banned) revert LicenseBanned();
        return (owner, standing.activatedAt);
    }

    /// @notice State of a licence; reverts when there is none.
    /// @param licenceId token id
    function licence(uint256 licenceId) public view returns (Licence memory) {
        address owner = _requireOwned(licenceId);
        // slither-disable-next-line unused-return
        (, uint96 since, uint160 node) = _links[licenceId].latestCheckpoint();
        return Licence(
            LICENCE_TYPE,
            licenceId,
            owner,
            address(node),
            // A time of a block.
            // forge-lint: disable-next-line(unsafe-typecast)
            node == 0 ? 0 : uint64(since),
            _standing[licenceId].banned,
            controller.rewards().claimed(LICENCE_TYPE, licenceId)
        );
    }

    /// @notice A page of all licences that were ever made, by id. One that was destroyed is left
    /// out, so that a page may be shorter.
    /// @param offset how many to skip
    /// @param limit how many to look at
    function licences(uint256 offset, uint256 limit) external view returns (Licence[] memory page) {
        uint256 size = _pageSize(licenceCount(), offset, limit);
        page = new Licence[](size);
        uint256 found = 0;
        for (uint256 id = offset + 1; id <= offset + size; ++id) {
            if (_ownerOf(id) != address(0)) page[found++] = licence(id);
        }
        // Shortens the array in place.
        assembly ("memory-safe") {
            mstore(page, found)
        }
    }

    /// @notice A page of an owner's licences, in no particular order.
    /// @param owner who holds them
    /// @param offset how many to skip
    /// @param limit the most to return
    function licencesOf(address owner, uint256 offset, uint256 limit)
        external
        view
        returns (Licence[] memory page)
    {
        page = new Licence[](_pageSize(balanceOf(owner), offset, limit));
        for (uint256 i = 0; i < page.length; ++i) {
            page[i] = licence(tokenOfOwnerByIndex(owner, offset + i));
        }
    }

    /// @notice Those of a page of licences that were linked to one and the same node at two
    /// moments, by id. Never changes once the later moment lies before the newest block.
    /// @param fromTimestamp the earlier moment
    /// @param toTimestamp the later moment
    /// @param offset how many licences to skip
    /// @param limit how many licences to look at
    function rowsAt(uint96 fromTimestamp, uint96 toTimestamp, uint256 offset, uint256 limit)
        external
        view
        returns (Row[] memory rows)
    {
        uint256 size = _pageSize(licenceCount(), offset, limit);
        rows = new Row[](size);
        uint256 found = 0;
        for (uint256 id = offset + 1; id <= offset + size; ++id) {
            address node = nodeAt(id, fromTimestamp);
            if (node != address(0) && node == nodeAt(id, toTimestamp)) {
                rows[found++] = Row(LICENCE_TYPE, id, node);
            }
        }
        // Shortens the array in place.
        assembly ("memory-safe") {
            mstore(rows, found)
        }
    }

    /// @dev A licence that changes hands leaves its node; a banned one stays where it is.
    function _update(address to, uint256 tokenId, address auth)
        internal
        virtual
        override
        returns (address from)
    {
        if (_standing[tokenId].banned) revert LicenseBanned();
        from = super._update(to, tokenId, auth);
        if (from != address(0)) _release(tokenId, from);
    }

    /// @dev Whether a licence had a row in an epoch that has ended. Rows follow from the changes of
    /// its link alone: the epoch after a change is one if the node was linked at both its ends.
    function _hadRow(uint256 licenceId, EpochClock.Clock memory clock)
        internal
        view
        returns (bool)
    {
        uint256 ended = clock.endedBy(block.timestamp);
        Checkpoints.Trace160 storage changes = _links[licenceId];
        uint256 count = ended == 0 ? 0 : changes.length();
        for (uint32 i = 0; i < count; ++i) {
            Checkpoints.Checkpoint160 memory change = changes.at(i);
            uint256 epoch = clock.firstFrom(change._key);
            if (epoch >= ended) break;
            address node = address(change._value);
            if (node == address(0)) continue;
            uint96 begin = SafeCast.toUint96(clock.beginOf(epoch));
            uint96 end = SafeCast.toUint96(clock.beginOf(epoch + 1));
            if (nodeAt(licenceId, begin) == node && nodeAt(licenceId, end) == node) return true;
        }
        return false;
    }

    function _release(uint256 licenceId, address owner) private returns (bool) {
        address node = address(_links[licenceId].latest());
        if (node == address(0)) return false;
        nodeRegistry.release(node);
        _record(licenceId, address(0));
        emit UnlinkNode(owner, licenceId, node);
        return true;
    }

    function _record(uint256 licenceId, address node) private {
        // slither-disable-next-line unused-return
        _links[licenceId].push(uint96(block.timestamp), uint160(node));
    }

    function _requireOwner(uint256 licenceId) internal view {
        if (_ownerOf(licenceId) != msg.sender) revert NotLicenseOwner();
    }

    function _requireReassignable(uint64 linkedAt) private view {
        uint256 allowedFrom = linkedAt + relinkSeconds;
        if (linkedAt != 0 && block.timestamp < allowedFrom) revert CannotReassignYet(allowedFrom);
    }

    function _pageSize(uint256 total, uint256 offset, uint256 limit)
        private
        pure
        returns (uint256)
    {
        uint256 rest = offset < total ? total - offset : 0;
        return limit < rest ? limit : rest;
    }
}

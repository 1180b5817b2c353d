// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Controller} from "../epochs/Controller.sol";
import {Directory} from "./Directory.sol";
import {Escrow} from "../work/Escrow.sol";
import {GenesisDeed} from "../licences/GenesisDeed.sol";
import {LinkedLicence} from "../licences/LinkedLicence.sol";
import {MasterDeed} from "../licences/MasterDeed.sol";
import {NodeDeed} from "../licences/NodeDeed.sol";
import {NodeRegistry} from "../licences/NodeRegistry.sol";
import {R1} from "../token/R1.sol";

/// @notice The kind of a licence.
enum LicenseType {
    None,
    ND,
    MND,
    GND
}

/// @notice Everything about a licence; all zero when there is none.
struct LicenseDetails {
    LicenseType licenseType;
    uint256 licenseId;
    address owner;
    /// Zero when it is linked to none.
    address nodeAddress;
    /// The most it ever mines, in 10⁻¹⁸ R1.
    uint256 totalAssignedAmount;
    /// What was paid so far, in 10⁻¹⁸ R1.
    uint256 totalClaimedAmount;
    /// Always zero: claims are cumulative, and {RewardsClaimed} tells when each was.
    uint256 lastClaimEpoch;
    /// When it was linked to its node; zero when it is linked to none.
    uint256 assignTimestamp;
    /// Always zero: a quorum certifies, no single oracle does.
    address lastClaimOracle;
    bool isBanned;
    /// Always zero: jobs are paid in R1.
    uint256 usdcPoaiRewards;
    /// What jobs paid for it so far, after penalties and burning, in 10⁻¹⁸ R1; Node Deeds alone are
    /// paid for jobs. What is still in an escrow is not in it.
    uint256 r1PoaiRewards;
}

/// @notice What a list shows of a licence.
struct LicenseListItem {
    LicenseType licenseType;
    uint256 licenseId;
    address owner;
    address nodeAddress;
    uint256 totalAssignedAmount;
    uint256 totalClaimedAmount;
    uint256 assignTimestamp;
    bool isBanned;
}

/// @notice An oracle of the current epoch.
struct OracleDetails {
    address oracleAddress;
    /// Always zero: signatures are in the events of certificates, and reputation counts them.
    uint256 signaturesCount;
    /// Always zero: oracles come in sets, and {OraclesAnnounced} tells when each did.
    uint256 additionTimestamp;
}

/// @notice What an address holds.
struct AddressBalances {
    address addr;
    uint256 ethBalance;
    uint256 r1Balance;
}

/// @notice The owner of a node's Node Deed; zero when it has none.
struct NdNodeOwner {
    address nodeAddress;
    address owner;
}

/// @notice Figures of the token and the licences, amounts in 10⁻¹⁸ R1.
struct Economy {
    uint256 maxSupply;
    uint256 totalMinted;
    uint256 totalMined;
    uint256 totalSupply;
    uint256 totalBurned;
    uint256 ndSupply;
    uint256 ndMaxSupply;
    /// How many epochs are recorded.
    uint256 certifiedEpochs;
    /// How many Master and Genesis deeds there are.
    uint256 mndSupply;
    /// How many jobs were ever ordered.
    uint256 jobs;
    /// What the escrow holds for jobs, and for those who did not withdraw yet.
    uint256 escrowed;
}

/// @title Many views in one call
/// @notice For nodes, explorers and command lines. It keeps nothing, changes nothing and has nothing
/// that can be set.
/// @dev Names and structs follow the genuine contract; where the data do not exist here a field is
/// zero, as its struct says. Lists show the genesis deed first, then Master deeds, then Node Deeds.
/// The escrow is the one in the network's directory; a network without one pays for no jobs.
contract Reader {
    /// @notice The most entries of any list in one call.
    uint256 public constant MAX_PAGE = 200;

    /// @notice The network.
    Controller public immutable controller;

    /// @notice The token.
    R1 public immutable r1;

    /// @notice The Node Deed licences.
    NodeDeed public immutable nodeDeed;

    /// @notice The Master deed licences.
    MasterDeed public immutable masterDeed;

    /// @notice The genesis deed.
    GenesisDeed public immutable genesisDeed;

    /// @dev The most a Node Deed ever mines, in 10⁻¹⁸ R1.
    uint256 private immutable _ndAssigned;

    /// @dev The most the genesis deed ever mines, in 10⁻¹⁸ R1.
    uint256 private immutable _gndAssigned;

    /// @notice So many entries are not given in one call; ask for pages.
    error PageTooLarge(uint256 entries, uint256 most);

    /// @notice Joins the reader to a network.
    /// @param controller_ the network, through which every other contract is found
    constructor(Controller controller_) {
        controller = controller_;
        r1 = controller_.r1();
        nodeDeed = controller_.nodeDeed();
        masterDeed = controller_.masterDeed();
        genesisDeed = controller_.genesisDeed();
        _ndAssigned = controller_.rewards().ND_MAX_MINING_PER_LICENSE();
        _gndAssigned = controller_.rewards().GND_TOTAL_EMISSION();
    }

    /// @notice A Node Deed; reverts when there is none.
    /// @param licenseId token id
    function getNdLicenseDetails(uint256 licenseId) public view returns (LicenseDetails memory) {
        return _details(_item(nodeDeed.licence(licenseId)), _escrow());
    }

    /// @notice A Master deed; reverts when there is none.
    /// @param licenseId token id
    function getMndLicenseDetails(uint256 licenseId) external view returns (LicenseDetails memory) {
        return _details(_item(masterDeed.licence(licenseId)), _escrow());
    }

    /// @notice The genesis deed.
    function getGndLicenseDetails() external view returns (LicenseDetails memory) {
        return _details(_item(genesisDeed.licence(genesisDeed.GND_TOKEN_ID())), _escrow());
    }

    /// @notice The genesis deed and all Master deeds; reverts when they are more than {MAX_PAGE}.
    function getAllMndsDetails() external view returns (LicenseDetails[] memory) {
        (uint256 mndSupply,) = getLicensesTotalSupply();
        return _inFull(_page(address(0), 0, mndSupply));
    }

    /// @notice The licence of a node; all zero for a node without one.
    /// @param node the node
    function getNodeLicenseDetails(address node)
        public
        view
        returns (LicenseDetails memory details)
    {
        (uint8 licenceType, uint256 licenseId) = controller.nodeRegistry().holding(node);
        if (licenceType == 0) return details;
        return _details(_item(_licences(LicenseType(licenceType)).licence(licenseId)), _escrow());
    }

    /// @notice The licence of a node in short; all zero for a node without one.
    /// @param node the node
    function getNodeLicenseDetailsByNode(address node)
        external
        view
        returns (uint256 licenseId, address owner, uint256 assignTimestamp)
    {
        LicenseDetails memory details = getNodeLicenseDetails(node);
        return (details.licenseId, details.owner, details.assignTimestamp);
    }

    /// @notice Every licence of an owner; reverts when they are more than {MAX_PAGE}.
    /// @param user the owner
    function getUserLicenses(address user) external view returns (LicenseDetails[] memory) {
        return _inFull(_page(user, 0, _held(user)));
    }

    /// @notice A page of an owner's licences, those of a kind in no particular order.
    /// @param user the owner
    /// @param offset how many to skip
    /// @param limit the most to return
    function getUserLicensesPage(address user, uint256 offset, uint256 limit)
        external
        view
        returns (LicenseDetails[] memory)
    {
        _requirePage(limit);
        uint256 held = _held(user);
        return _inFull(_page(user, offset, limit < held ? limit : held));
    }

    /// @notice How many licences there are.
    /// @return mndSupply Master and Genesis deeds
    /// @return ndSupply Node Deeds
    function getLicensesTotalSupply() public view returns (uint256 mndSupply, uint256 ndSupply) {
        return (masterDeed.totalSupply() + genesisDeed.totalSupply(), nodeDeed.totalSupply());
    }

    /// @notice A page of all licences there are.
    /// @param offset how many to skip
    /// @param limit the most to return
    /// @return mndSupply how many Master and Genesis deeds there are
    /// @return ndSupply how many Node Deeds there are
    /// @return licenses the page, shorter than `limit` at the end
    function getLicensesPage(uint256 offset, uint256 limit)
        external
        view
        returns (uint256 mndSupply, uint256 ndSupply, LicenseListItem[] memory licenses)
    {
        (mndSupply, ndSupply) = getLicensesTotalSupply();
        licenses = _page(address(0), offset, limit);
    }

    /// @notice The nodes of an owner's licences, zero for one that is linked to none; reverts when
    /// they are more than {MAX_PAGE}.
    /// @param wallet the owner
    function getWalletNodes(address wallet) external view returns (address[] memory nodes) {
        LicenseListItem[] memory owned = _page(wallet, 0, _held(wallet));
        nodes = new address[](owned.length);
        for (uint256 i = 0; i < owned.length; ++i) {
            nodes[i] = owned[i].nodeAddress;
        }
    }

    /// @notice The oracles of the current epoch.
    function getOraclesDetails() external view returns (OracleDetails[] memory details) {
        address[] memory oracles = controller.getOracles();
        details = new OracleDetails[](oracles.length);
        for (uint256 i = 0; i < oracles.length; ++i) {
            details[i] = OracleDetails(oracles[i], 0, 0);
        }
    }

    /// @notice What addresses hold.
    /// @param addresses at most {MAX_PAGE}
    function getAddressesBalances(address[] calldata addresses)
        external
        view
        returns (AddressBalances[] memory balances)
    {
        _requirePage(addresses.length);
        balances = new AddressBalances[](addresses.length);
        for (uint256 i = 0; i < addresses.length; ++i) {
            address addr = addresses[i];
            balances[i] = AddressBalances(addr, addr.balance, r1.balanceOf(addr));
        }
    }

    /// @notice The owners of nodes' Node Deeds.
    /// @param nodeAddresses at most {MAX_PAGE}
    function getNdNodesOwners(address[] calldata nodeAddresses)
        external
        view
        returns (NdNodeOwner[] memory nodesOwners)
    {
        _requirePage(nodeAddresses.length);
        nodesOwners = new NdNodeOwner[](nodeAddresses.length);
        for (uint256 i = 0; i < nodeAddresses.length; ++i) {
            nodesOwners[i] = NdNodeOwner(nodeAddresses[i], _ndOwner(nodeAddresses[i]));
        }
    }

    /// @notice Which nodes hold a licence.
    /// @param nodeAddresses at most {MAX_PAGE}
    function isMultiNodeAlreadyLinked(address[] calldata nodeAddresses)
        external
        view
        returns (bool[] memory linked)
    {
        _requirePage(nodeAddresses.length);
        linked = new bool[](nodeAddresses.length);
        for (uint256 i = 0; i < nodeAddresses.length; ++i) {
            linked[i] = controller.isNodeActive(nodeAddresses[i]);
        }
    }

    /// @notice Whether the node of one of an owner's licences is an oracle of the current epoch.
    /// @param user the owner
    function hasOracleNode(address user) external view returns (bool) {
        NodeRegistry nodes = controller.nodeRegistry();
        address[] memory oracles = controller.getOracles();
        for (uint256 i = 0; i < oracles.length; ++i) {
            if (user != address(0) && nodes.ownerOfNode(oracles[i]) == user) return true;
        }
        return false;
    }

    /// @notice The network and every contract that was entered in its directory.
    function getNetwork()
        external
        view
        returns (Controller.Network memory network, Directory.Entry[] memory entries)
    {
        return (controller.network(), controller.directory().entries());
    }

    /// @notice Figures of the token, the licences and the escrow.
    function getEconomy() external view returns (Economy memory figures) {
        (figures.mndSupply, figures.ndSupply) = getLicensesTotalSupply();
        figures.ndMaxSupply = nodeDeed.MAX_LICENSE_SUPPLY();
        figures.certifiedEpochs = controller.pendingEpoch();
        figures.maxSupply = r1.MAX_SUPPLY();
        figures.totalMinted = r1.totalMinted();
        figures.totalMined = r1.totalMined();
        figures.totalSupply = r1.totalSupply();
        figures.totalBurned = figures.totalMinted - figures.totalSupply;
        Escrow escrow = _escrow();
        if (address(escrow) == address(0)) return figures;
        figures.jobs = escrow.nextJobId() - 1;
        figures.escrowed = r1.balanceOf(address(escrow));
    }

    /// @dev A page of an owner's licences, or of all licences when the owner is zero, whom callers
    /// must refuse.
    function _page(address owner, uint256 offset, uint256 limit)
        private
        view
        returns (LicenseListItem[] memory page)
    {
        _requirePage(limit);
        page = new LicenseListItem[](limit);
        uint256 found = 0;
        LicenseType[3] memory kinds = [LicenseType.GND, LicenseType.MND, LicenseType.ND];
        for (uint256 kind = 0; kind < kinds.length; ++kind) {
            LinkedLicence licences = _licences(kinds[kind]);
            uint256 count = owner == address(0) ? licences.totalSupply() : licences.balanceOf(owner);
            for (; offset < count && found < limit; ++offset) {
                uint256 licenseId = owner == address(0)
                    ? licences.tokenByIndex(offset)
                    : licences.tokenOfOwnerByIndex(owner, offset);
                page[found++] = _item(licences.licence(licenseId));
            }
            offset -= offset < count ? offset : count;
        }
        // Shortens the array in place.
        assembly ("memory-safe") {
            mstore(page, found)
        }
    }

    function _inFull(LicenseListItem[] memory items)
        private
        view
        returns (LicenseDetails[] memory details)
    {
        Escrow escrow = _escrow();
        details = new LicenseDetails[](items.length);
        for (uint256 i = 0; i < items.length; ++i) {
            details[i] = _details(items[i], escrow);
        }
    }

    /// @dev How many licences of all kinds an owner has; reverts for zero.
    function _held(address owner) private view returns (uint256) {
        return
            nodeDeed.balanceOf(owner) + masterDeed.balanceOf(owner) + genesisDeed.balanceOf(owner);
    }

    function _licences(LicenseType kind) private view returns (LinkedLicence) {
        if (kind == LicenseType.ND) return nodeDeed;
        return kind == LicenseType.MND ? LinkedLicence(masterDeed) : LinkedLicence(genesisDeed);
    }

    /// @dev Zero while the network has none.
    function _escrow() private view returns (Escrow) {
        return Escrow(controller.directory().addressOf("Escrow"));
    }

    function _ndOwner(address node) private view returns (address) {
        uint256 licenseId = nodeDeed.nodeToLicenseId(node);
        return licenseId == 0 ? address(0) : nodeDeed.ownerOf(licenseId);
    }

    function _item(LinkedLicence.Licence memory found)
        private
        view
        returns (LicenseListItem memory)
    {
        // The kinds have the numbers of this enumeration.
        LicenseType kind = LicenseType(found.licenceType);
        return LicenseListItem(
            kind,
            found.licenceId,
            found.owner,
            found.node,
            _assigned(kind, found.licenceId),
            found.claimed,
            found.linkedSince,
            found.banned
        );
    }

    function _assigned(LicenseType kind, uint256 licenseId) private view returns (uint256) {
        if (kind == LicenseType.ND) return _ndAssigned;
        return kind == LicenseType.MND ? masterDeed.assignment(licenseId).amount : _gndAssigned;
    }

    /// @dev Of any kind: the fields that a list leaves out and nobody fills are zero here.
    function _details(LicenseListItem memory item, Escrow escrow)
        private
        view
        returns (LicenseDetails memory)
    {
        bool paidForJobs = item.licenseType == LicenseType.ND && address(escrow) != address(0);
        return LicenseDetails(
            item.licenseType,
            item.licenseId,
            item.owner,
            item.nodeAddress,
            item.totalAssignedAmount,
            item.totalClaimedAmount,
            0,
            item.assignTimestamp,
            address(0),
            item.isBanned,
            0,
            paidForJobs ? escrow.releasedTo(item.licenseId) : 0
        );
    }

    function _requirePage(uint256 entries) private pure {
        if (entries > MAX_PAGE) revert PageTooLarge(entries, MAX_PAGE);
    }
}

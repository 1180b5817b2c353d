// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Controller} from "../epochs/Controller.sol";
import {Directory} from "./Directory.sol";
import {LinkedLicence} from "../licences/LinkedLicence.sol";
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
    /// What its node earned by jobs, in 10⁻¹⁸ R1; zero while this reader knows no escrow.
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
}

/// @title Many views in one call
/// @notice For nodes, explorers and command lines. It keeps nothing, changes nothing and has nothing
/// that can be set.
/// @dev Names and structs follow the genuine contract; where the data do not exist here a field is
/// zero, as its struct says. Its lists are of Node Deeds alone: Master deeds and the genesis deed have
/// contracts of their own that list them, so their number is zero here.
contract Reader {
    /// @notice The most entries of any list in one call.
    uint256 public constant MAX_PAGE = 200;

    /// @notice The network.
    Controller public immutable controller;

    /// @notice The token.
    R1 public immutable r1;

    /// @notice The Node Deed licences.
    NodeDeed public immutable nodeDeed;

    /// @dev The most a Node Deed ever mines, in 10⁻¹⁸ R1.
    uint256 private immutable _ndAssigned;

    /// @notice So many entries are not given in one call; ask for pages.
    error PageTooLarge(uint256 entries, uint256 most);

    /// @notice Joins the reader to a network.
    /// @param controller_ the network, through which every other contract is found
    constructor(Controller controller_) {
        controller = controller_;
        r1 = controller_.r1();
        nodeDeed = controller_.nodeDeed();
        _ndAssigned = controller_.rewards().ND_MAX_MINING_PER_LICENSE();
    }

    /// @notice A Node Deed; reverts when there is none.
    /// @param licenseId token id
    function getNdLicenseDetails(uint256 licenseId) public view returns (LicenseDetails memory) {
        return _details(_ndItem(licenseId));
    }

    /// @notice The licence of a node; all zero for a node without one.
    /// @param node the node
    function getNodeLicenseDetails(address node)
        public
        view
        returns (LicenseDetails memory details)
    {
        uint256 ndLicenseId = nodeDeed.nodeToLicenseId(node);
        if (ndLicenseId != 0) return getNdLicenseDetails(ndLicenseId);
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
        return _userLicenses(user, 0, nodeDeed.balanceOf(user));
    }

    /// @notice A page of an owner's licences, in no particular order.
    /// @param user the owner
    /// @param offset how many to skip
    /// @param limit the most to return
    function getUserLicensesPage(address user, uint256 offset, uint256 limit)
        external
        view
        returns (LicenseDetails[] memory)
    {
        return _userLicenses(user, offset, limit);
    }

    /// @notice How many licences there are.
    /// @return mndSupply Master and Genesis deeds
    /// @return ndSupply Node Deeds
    function getLicensesTotalSupply() public view returns (uint256 mndSupply, uint256 ndSupply) {
        return (0, nodeDeed.totalSupply());
    }

    /// @notice A page of all licences.
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
        _requirePage(limit);
        (mndSupply, ndSupply) = getLicensesTotalSupply();
        LinkedLicence.Licence[] memory page = nodeDeed.licences(offset, limit);
        licenses = new LicenseListItem[](page.length);
        for (uint256 i = 0; i < page.length; ++i) {
            licenses[i] = _item(page[i]);
        }
    }

    /// @notice The nodes of an owner's licences, zero for one that is linked to none; reverts when
    /// they are more than {MAX_PAGE}.
    /// @param wallet the owner
    function getWalletNodes(address wallet) external view returns (address[] memory nodes) {
        LinkedLicence.Licence[] memory owned = _owned(wallet, 0, nodeDeed.balanceOf(wallet));
        nodes = new address[](owned.length);
        for (uint256 i = 0; i < owned.length; ++i) {
            nodes[i] = owned[i].node;
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

    /// @notice Figures of the token and the licences.
    function getEconomy() external view returns (Economy memory) {
        uint256 minted = r1.totalMinted();
        uint256 supply = r1.totalSupply();
        return Economy(
            r1.MAX_SUPPLY(),
            minted,
            r1.totalMined(),
            supply,
            minted - supply,
            nodeDeed.totalSupply(),
            nodeDeed.MAX_LICENSE_SUPPLY(),
            controller.pendingEpoch()
        );
    }

    function _userLicenses(address user, uint256 offset, uint256 limit)
        private
        view
        returns (LicenseDetails[] memory details)
    {
        LinkedLicence.Licence[] memory owned = _owned(user, offset, limit);
        details = new LicenseDetails[](owned.length);
        for (uint256 i = 0; i < owned.length; ++i) {
            details[i] = _details(_item(owned[i]));
        }
    }

    function _owned(address owner, uint256 offset, uint256 limit)
        private
        view
        returns (LinkedLicence.Licence[] memory)
    {
        _requirePage(limit);
        return nodeDeed.licencesOf(owner, offset, limit);
    }

    function _ndOwner(address node) private view returns (address) {
        uint256 licenseId = nodeDeed.nodeToLicenseId(node);
        return licenseId == 0 ? address(0) : nodeDeed.ownerOf(licenseId);
    }

    function _ndItem(uint256 licenseId) private view returns (LicenseListItem memory) {
        return _item(nodeDeed.licence(licenseId));
    }

    function _item(LinkedLicence.Licence memory nd) private view returns (LicenseListItem memory) {
        return LicenseListItem(
            LicenseType.ND,
            nd.licenceId,
            nd.owner,
            nd.node,
            _ndAssigned,
            nd.claimed,
            nd.linkedSince,
            nd.banned
        );
    }

    /// @dev Of any kind: the fields that a list leaves out are zero here.
    function _details(LicenseListItem memory item) private pure returns (LicenseDetails memory) {
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
            0
        );
    }

    function _requirePage(uint256 entries) private pure {
        if (entries > MAX_PAGE) revert PageTooLarge(entries, MAX_PAGE);
    }
}

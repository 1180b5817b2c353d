// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Controller} from "../../src/epochs/Controller.sol";
import {Directory} from "../../src/directory/Directory.sol";
import {EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {
    AddressBalances,
    Economy,
    LicenseDetails,
    LicenseListItem,
    LicenseType,
    NdNodeOwner,
    OracleDetails,
    Reader
} from "../../src/directory/Reader.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";
import {Tree} from "../support/Tree.sol";

contract ReaderTest is NetworkFixture {
    uint256 private constant CAP = 1_575_188_843_457_943_925_233;

    Reader private reader;

    /// OWNER has deeds 1 to 3, of which 1 and 3 are linked; STRANGER has deed 4, banned.
    function setUp() public {
        begin(4);
        reader = new Reader(controller);
        deedsFor(OWNER, 3);
        deedsFor(STRANGER, 1);
        linkAs(OWNER, 1, 0);
        linkAs(OWNER, 3, 1);
        vm.prank(GOVERNANCE);
        deed.ban(4, "fraud");
    }

    function test_aNodeDeedInFull() public {
        earn(1, 200);
        LicenseDetails memory found = reader.getNdLicenseDetails(1);
        assertEq(uint256(found.licenseType), uint256(LicenseType.ND), "type");
        assertEq(found.licenseId, 1, "id");
        assertEq(found.owner, OWNER, "owner");
        assertEq(found.nodeAddress, node(0), "node");
        assertEq(found.totalAssignedAmount, CAP, "assigned");
        assertEq(found.totalClaimedAmount, 200 * RATE / 255, "claimed");
        assertEq(found.assignTimestamp, START - 1 hours, "linked");
        assertTrue(!found.isBanned, "not banned");
        uint256 nothing = found.lastClaimEpoch + found.usdcPoaiRewards + found.r1PoaiRewards;
        assertEq(nothing, 0, "what does not exist is zero");
        assertEq(found.lastClaimOracle, address(0), "no single oracle");
        assertTrue(reader.getNdLicenseDetails(4).isBanned, "banned");
    }

    function test_aDeedThatDoesNotExist() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 5));
        reader.getNdLicenseDetails(5);
    }

    function test_theLicenceOfANode() public view {
        LicenseDetails memory found = reader.getNodeLicenseDetails(node(1));
        assertEq(
            keccak256(abi.encode(found)),
            keccak256(abi.encode(reader.getNdLicenseDetails(3))),
            "deed 3"
        );
        (uint256 id, address owner, uint256 since) = reader.getNodeLicenseDetailsByNode(node(1));
        assertEq(id, 3, "id");
        assertEq(owner, OWNER, "owner");
        assertEq(since, START - 1 hours, "since");
        LicenseDetails memory none;
        assertEq(
            keccak256(abi.encode(reader.getNodeLicenseDetails(STRANGER))),
            keccak256(abi.encode(none)),
            "all zero without one"
        );
    }

    function test_theLicencesOfAnOwner() public view {
        LicenseDetails[] memory all = reader.getUserLicenses(OWNER);
        assertEq(all.length, 3, "three");
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(
                keccak256(abi.encode(all[i])),
                keccak256(abi.encode(reader.getNdLicenseDetails(all[i].licenseId))),
                "each in full"
            );
        }
        assertEq(reader.getUserLicenses(GOVERNANCE).length, 0, "none");
        LicenseDetails[] memory page = reader.getUserLicensesPage(OWNER, 1, 5);
        assertEq(page.length, 2, "the rest of a page");
        assertEq(page[0].licenseId, all[1].licenseId, "from the offset on");
        assertEq(reader.getUserLicensesPage(OWNER, 3, 5).length, 0, "beyond");
    }

    function test_pagesOfAllLicences() public view {
        (uint256 mnd, uint256 nd) = reader.getLicensesTotalSupply();
        assertEq(mnd, 0, "no Master deeds");
        assertEq(nd, 4, "Node Deeds");
        LicenseListItem[] memory page;
        (mnd, nd, page) = reader.getLicensesPage(1, 2);
        assertEq(mnd, 0, "no Master deeds");
        assertEq(nd, 4, "Node Deeds");
        assertEq(page.length, 2, "page");
        assertEq(uint256(page[0].licenseType), uint256(LicenseType.ND), "type");
        assertEq(page[0].licenseId, 2, "second");
        assertEq(page[0].nodeAddress, address(0), "linked to none");
        assertEq(page[0].assignTimestamp, 0, "so since never");
        assertEq(page[1].licenseId, 3, "third");
        assertEq(page[1].owner, OWNER, "owner");
        assertEq(page[1].nodeAddress, node(1), "node");
        assertEq(page[1].totalAssignedAmount, CAP, "assigned");
        assertEq(page[1].totalClaimedAmount, 0, "claimed");
        assertEq(page[1].assignTimestamp, START - 1 hours, "linked");
        (,, page) = reader.getLicensesPage(3, 200);
        assertEq(page.length, 1, "the end");
        assertTrue(page[0].isBanned, "banned");
        (,, page) = reader.getLicensesPage(4, 1);
        assertEq(page.length, 0, "beyond");
        (,, page) = reader.getLicensesPage(0, 0);
        assertEq(page.length, 0, "nothing asked for");
    }

    function test_theNodesOfAWallet() public view {
        address[] memory nodes = reader.getWalletNodes(OWNER);
        assertEq(nodes.length, 3, "one per licence");
        assertEq(nodes[0], node(0), "first");
        assertEq(nodes[1], address(0), "linked to none");
        assertEq(nodes[2], node(1), "third");
    }

    function test_oracles() public view {
        OracleDetails[] memory details = reader.getOraclesDetails();
        address[] memory list = controller.getOracles();
        assertEq(details.length, list.length, "all");
        for (uint256 i = 0; i < list.length; ++i) {
            assertEq(details[i].oracleAddress, list[i], "address");
            assertEq(details[i].signaturesCount + details[i].additionTimestamp, 0, "zero");
        }
    }

    function test_balances() public {
        vm.deal(STRANGER, 3 ether);
        vm.prank(GOVERNANCE);
        devMinter.mint(OWNER, 5);
        AddressBalances[] memory found = reader.getAddressesBalances(pair(OWNER, STRANGER));
        assertEq(found[0].addr, OWNER, "address");
        assertEq(found[0].r1Balance, 5, "R1");
        assertEq(found[0].ethBalance, 0, "no ETH");
        assertEq(found[1].addr, STRANGER, "address");
        assertEq(found[1].r1Balance, 0, "no R1");
        assertEq(found[1].ethBalance, 3 ether, "ETH");
    }

    function test_ownersOfNodes() public view {
        NdNodeOwner[] memory found = reader.getNdNodesOwners(pair(node(1), node(7)));
        assertEq(found[0].nodeAddress, node(1), "node");
        assertEq(found[0].owner, OWNER, "owner");
        assertEq(found[1].nodeAddress, node(7), "node");
        assertEq(found[1].owner, address(0), "nobody");
        bool[] memory linked = reader.isMultiNodeAlreadyLinked(pair(node(1), node(7)));
        assertTrue(linked[0] && !linked[1], "linked");
    }

    function test_whoseNodeIsAnOracle() public {
        assertTrue(!reader.hasOracleNode(OWNER), "not yet");
        address[] memory list = oracles(4);
        list[2] = node(1);
        vm.prank(GOVERNANCE);
        controller.announceOracles(list);
        vm.warp(START + 1);
        assertTrue(!reader.hasOracleNode(OWNER), "oracles of epoch 0 are as they were");
        vm.warp(endOf(0));
        assertTrue(reader.hasOracleNode(OWNER), "deed 3");
        assertTrue(!reader.hasOracleNode(STRANGER), "another");
        assertTrue(!reader.hasOracleNode(address(0)), "nobody owns oracles without a licence");
    }

    function test_theWholeNetwork() public {
        vm.prank(GOVERNANCE);
        directory.enter("R1", address(r1));
        (Controller.Network memory network, Directory.Entry[] memory entries) = reader.getNetwork();
        assertEq(
            keccak256(abi.encode(network)), keccak256(abi.encode(controller.network())), "network"
        );
        assertEq(entries.length, 1, "entries");
        assertEq(entries[0].at, address(r1), "entry");
    }

    function test_figures() public {
        earn(1, 255);
        Economy memory found = reader.getEconomy();
        assertEq(found.maxSupply, r1.MAX_SUPPLY(), "most");
        assertEq(found.totalMinted, 4 * PRICE + RATE, "minted");
        assertEq(found.totalMined, RATE, "mined");
        assertEq(found.totalBurned, 4 * PRICE / 5, "burned");
        assertEq(found.totalSupply, found.totalMinted - found.totalBurned, "supply");
        assertEq(found.ndSupply, 4, "deeds");
        assertEq(found.ndMaxSupply, 46_224, "deeds at most");
        assertEq(found.certifiedEpochs, 1, "epochs");
    }

    function test_pagesAreBounded() public {
        bytes memory tooLarge =
            abi.encodeWithSelector(Reader.PageTooLarge.selector, uint256(201), uint256(200));
        address[] memory many = new address[](201);
        vm.expectRevert(tooLarge);
        reader.getLicensesPage(0, 201);
        vm.expectRevert(tooLarge);
        reader.getUserLicensesPage(OWNER, 0, 201);
        vm.expectRevert(tooLarge);
        reader.getAddressesBalances(many);
        vm.expectRevert(tooLarge);
        reader.getNdNodesOwners(many);
        vm.expectRevert(tooLarge);
        reader.isMultiNodeAlreadyLinked(many);
        deedsFor(GOVERNANCE, 85);
        uint256 second = PRICE * 3 / 2;
        vm.startPrank(GOVERNANCE);
        devMinter.mint(GOVERNANCE, second * 116);
        r1.approve(address(deed), second * 116);
        deed.buy(116, 2, second, block.timestamp);
        vm.stopPrank();
        vm.expectRevert(tooLarge);
        reader.getUserLicenses(GOVERNANCE);
        vm.expectRevert(tooLarge);
        reader.getWalletNodes(GOVERNANCE);
        assertEq(reader.getUserLicensesPage(GOVERNANCE, 150, 200).length, 51, "the last page");
    }

    /// @dev Epoch 0 credits one licence, and it claims.
    function earn(uint256 id, uint256 credits) private {
        bytes32[] memory tree = new bytes32[](1);
        tree[0] = leaf(id, credits);
        EpochCertificate memory certificate = certificateOf(0);
        certificate.cumulativeRoot = Tree.root(tree);
        record(certificate);
        rewards.claim(1, id, credits, credits * RATE, new bytes32[](0));
    }

    function pair(address one, address other) private pure returns (address[] memory list) {
        list = new address[](2);
        (list[0], list[1]) = (one, other);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Controller} from "../../src/epochs/Controller.sol";
import {Directory} from "../../src/directory/Directory.sol";
import {EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {Escrow} from "../../src/work/Escrow.sol";
import {JobPrices} from "../../src/work/JobPrices.sol";
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
        assertEq(reader.getUserLicenses(GOVERNANCE).length, 1, "the genesis deed");
        assertEq(reader.getUserLicenses(COMPANY).length, 0, "none");
        LicenseDetails[] memory page = reader.getUserLicensesPage(OWNER, 1, 5);
        assertEq(page.length, 2, "the rest of a page");
        assertEq(page[0].licenseId, all[1].licenseId, "from the offset on");
        assertEq(reader.getUserLicensesPage(OWNER, 3, 5).length, 0, "beyond");
    }

    function test_nobodyOwnsNothing() public {
        bytes memory nobody =
            abi.encodeWithSelector(IERC721Errors.ERC721InvalidOwner.selector, address(0));
        vm.expectRevert(nobody);
        reader.getUserLicenses(address(0));
        vm.expectRevert(nobody);
        reader.getUserLicensesPage(address(0), 0, 5);
        vm.expectRevert(nobody);
        reader.getWalletNodes(address(0));
    }

    function test_pagesOfAllLicences() public view {
        (uint256 mnd, uint256 nd) = reader.getLicensesTotalSupply();
        assertEq(mnd, 1, "the genesis deed");
        assertEq(nd, 4, "Node Deeds");
        LicenseListItem[] memory page;
        (mnd, nd, page) = reader.getLicensesPage(2, 2);
        assertEq(mnd, 1, "the genesis deed");
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
        (,, page) = reader.getLicensesPage(4, 200);
        assertEq(page.length, 1, "the end");
        assertTrue(page[0].isBanned, "banned");
        (,, page) = reader.getLicensesPage(5, 1);
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
        assertEq(found.mndSupply, 1, "the genesis deed");
        assertEq(found.jobs + found.escrowed, 0, "no escrow yet");
    }

    function test_pagesAreBounded() public {
        bytes memory tooLarge =
            abi.encodeWithSelector(Reader.PageTooLarge.selector, uint256(201), uint256(200));
        address[] memory many = new address[](201);
        vm.expectRevert(tooLarge);
        reader.getLicensesPage(0, 201);
        vm.expectRevert(tooLarge);
        reader.getUserLicensesPage(OWNER, 0, 201);
        vm.expectRevert(
            abi.encodeWithSelector(Reader.PageTooLarge.selector, type(uint256).max, uint256(200))
        );
        reader.getLicensesPage(0, type(uint256).max);
        vm.expectRevert(tooLarge);
        reader.getAddressesBalances(many);
        vm.expectRevert(tooLarge);
        reader.getNdNodesOwners(many);
        vm.expectRevert(tooLarge);
        reader.isMultiNodeAlreadyLinked(many);
        deedsFor(GOVERNANCE, 85);
        uint256 second = PRICE * 3 / 2;
        vm.startPrank(GOVERNANCE);
        devMinter.mint(GOVERNANCE, second * 115);
        r1.approve(address(deed), second * 115);
        deed.buy(115, 2, second, block.timestamp);
        vm.stopPrank();
        vm.expectRevert(tooLarge);
        reader.getUserLicenses(GOVERNANCE);
        vm.expectRevert(tooLarge);
        reader.getWalletNodes(GOVERNANCE);
        assertEq(reader.getUserLicensesPage(GOVERNANCE, 150, 200).length, 51, "the last page");
    }

    function test_aMasterDeedInFull() public {
        uint256 id = masterDeedFor(STRANGER, 5e18);
        linkAs(masterDeed, STRANGER, id, 5);
        LicenseDetails memory found = reader.getMndLicenseDetails(id);
        assertEq(uint256(found.licenseType), uint256(LicenseType.MND), "type");
        assertEq(found.licenseId, 1, "id");
        assertEq(found.owner, STRANGER, "owner");
        assertEq(found.nodeAddress, node(5), "node");
        assertEq(found.totalAssignedAmount, 5e18, "assigned");
        assertEq(found.totalClaimedAmount + found.r1PoaiRewards, 0, "nothing yet");
        assertEq(found.assignTimestamp, block.timestamp, "linked");
        assertEq(
            keccak256(abi.encode(reader.getNodeLicenseDetails(node(5)))),
            keccak256(abi.encode(found)),
            "by its node"
        );
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 2));
        reader.getMndLicenseDetails(2);
    }

    function test_theGenesisDeedInFull() public {
        linkAs(genesisDeed, GOVERNANCE, 1, 6);
        LicenseDetails memory found = reader.getGndLicenseDetails();
        assertEq(uint256(found.licenseType), uint256(LicenseType.GND), "type");
        assertEq(found.licenseId, 1, "id");
        assertEq(found.owner, GOVERNANCE, "owner");
        assertEq(found.nodeAddress, node(6), "node");
        assertEq(found.totalAssignedAmount, rewards.GND_TOTAL_EMISSION(), "assigned");
        assertEq(reader.getNodeLicenseDetails(node(6)).licenseId, 1, "by its node");
    }

    function test_listsTheGenesisDeedThenMasterDeedsThenNodeDeeds() public {
        masterDeedFor(OWNER, 1e18);
        masterDeedFor(STRANGER, 2e18);
        masterDeedFor(OWNER, 3e18);
        vm.prank(GOVERNANCE);
        masterDeed.initiateBurn(STRANGER);
        vm.prank(STRANGER);
        masterDeed.burn(2);
        (uint256 mnd, uint256 nd, LicenseListItem[] memory all) = reader.getLicensesPage(0, 200);
        assertEq(mnd, 3, "one was burned");
        assertEq(nd, 4, "Node Deeds");
        assertEq(all.length, 7, "all");
        uint256[2][7] memory expected = [
            [uint256(3), 1],
            [uint256(2), 1],
            [uint256(2), 3],
            [uint256(1), 1],
            [uint256(1), 2],
            [uint256(1), 3],
            [uint256(1), 4]
        ];
        for (uint256 i = 0; i < 7; ++i) {
            assertEq(uint256(all[i].licenseType), expected[i][0], "type");
            assertEq(all[i].licenseId, expected[i][1], "id");
        }
        assertEq(reader.getAllMndsDetails().length, 3, "the first three");
        assertEq(reader.getAllMndsDetails()[2].totalAssignedAmount, 3e18, "assigned");
        // However it is cut into pages, nothing is left out or shown twice.
        for (uint256 size = 1; size < 8; ++size) {
            for (uint256 offset = 0; offset < 7; offset += size) {
                (,, LicenseListItem[] memory page) = reader.getLicensesPage(offset, size);
                for (uint256 i = 0; i < page.length; ++i) {
                    assertEq(
                        keccak256(abi.encode(page[i])),
                        keccak256(abi.encode(all[offset + i])),
                        "same"
                    );
                }
                assertEq(page.length, offset + size < 7 ? size : 7 - offset, "clipped");
            }
        }
    }

    function test_anOwnerOfSeveralKinds() public {
        masterDeedFor(OWNER, 1e18);
        LicenseDetails[] memory owned = reader.getUserLicenses(OWNER);
        assertEq(owned.length, 4, "a Master deed and three Node Deeds");
        assertEq(uint256(owned[0].licenseType), uint256(LicenseType.MND), "first");
        assertEq(uint256(owned[1].licenseType), uint256(LicenseType.ND), "then");
        LicenseDetails[] memory page = reader.getUserLicensesPage(OWNER, 1, 2);
        assertEq(page.length, 2, "page");
        assertEq(keccak256(abi.encode(page[0])), keccak256(abi.encode(owned[1])), "across kinds");
        address[] memory walletNodes = reader.getWalletNodes(OWNER);
        assertEq(walletNodes.length, 4, "nodes");
        assertEq(walletNodes[0], address(0), "the Master deed has none");
        assertEq(walletNodes[1], node(0), "deed 1");
    }

    function test_whatJobsPaid() public {
        Escrow escrow = new Escrow(controller, new JobPrices(feed));
        vm.prank(GOVERNANCE);
        directory.enter("Escrow", address(escrow));
        assertEq(reader.getNdLicenseDetails(1).r1PoaiRewards, 0, "nothing yet");
        vm.mockCall(
            address(escrow), abi.encodeCall(escrow.releasedTo, (1)), abi.encode(uint256(42))
        );
        assertEq(reader.getNdLicenseDetails(1).r1PoaiRewards, 42, "deed 1");
        assertEq(reader.getUserLicenses(OWNER)[0].r1PoaiRewards, 42, "in lists");
        assertEq(reader.getNdLicenseDetails(2).r1PoaiRewards, 0, "deed 2");
        assertEq(
            reader.getGndLicenseDetails().r1PoaiRewards, 0, "the genesis deed has number 1 too"
        );
        vm.prank(GOVERNANCE);
        devMinter.mint(address(escrow), 7);
        assertEq(reader.getEconomy().escrowed, 7, "held");
        vm.mockCall(address(escrow), abi.encodeCall(escrow.nextJobId, ()), abi.encode(uint256(4)));
        assertEq(reader.getEconomy().jobs, 3, "ordered");
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

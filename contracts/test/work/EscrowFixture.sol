// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {AddressLists} from "../../src/work/AddressLists.sol";
import {AvailabilityTree} from "../../src/work/AvailabilityTree.sol";
import {CompactSignature, EpochCertificate} from "../../src/epochs/EpochCertificates.sol";
import {DecisionCertificate} from "../../src/epochs/DecisionCertificates.sol";
import {Escrow} from "../../src/work/Escrow.sol";
import {JobPrices} from "../../src/work/JobPrices.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";
import {Orders} from "../../src/work/Orders.sol";
import {Settlement} from "../../src/work/Settlement.sol";
import {StubFeed} from "../support/StubFeed.sol";
import {Tree} from "../support/Tree.sol";

/// A network with an escrow, a payer with R1, and four linked nodes, in ascending order.
abstract contract EscrowFixture is NetworkFixture {
    uint256 internal constant PAYER_KEY = 0xD001;
    uint256 internal constant ENTRY = 1;
    /// At 0.5 USD per R1 a node of type ENTRY costs 0.75 R1 per epoch.
    uint256 internal constant JOB_USD_PER_R1 = 0.5e18;
    uint256 internal constant NODE_PRICE = 0.75e18;
    uint256 internal constant NODES = 4;
    uint32 internal constant TERM = 30;

    address internal PAYER;
    StubFeed internal jobFeed;
    Escrow internal escrow;
    address[] internal nodes;
    /// Who owns the licence of each node.
    address[] internal operators;
    uint256[] internal licences;

    /// The rows of each certified epoch, and the last certificate of it.
    mapping(uint32 epoch => EpochCertificate) internal certificates;
    mapping(uint32 epoch => bytes32[]) internal leavesOf;
    mapping(uint32 epoch => mapping(address node => uint256)) internal rowOf;
    mapping(uint32 epoch => mapping(address node => uint8)) internal availabilityOf;
    mapping(uint32 epoch => uint8) internal typeIn;

    function beginEscrow() internal {
        begin(4);
        PAYER = vm.addr(PAYER_KEY);
        jobFeed = new StubFeed(JOB_USD_PER_R1);
        escrow = new Escrow(controller, new JobPrices(jobFeed));
        for (uint256 i = 0; i < NODES; ++i) {
            address operator = address(uint160(0x9000 + i));
            linkAs(operator, deedsFor(operator, 1), i);
            nodes.push(node(i));
        }
        nodes = AddressLists.union(new address[](0), nodes);
        for (uint256 i = 0; i < NODES; ++i) {
            licences.push(deed.nodeToLicenseId(nodes[i]));
            operators.push(deed.ownerOf(licences[i]));
        }
        vm.prank(GOVERNANCE);
        devMinter.mint(PAYER, 1_000_000e18);
        vm.prank(PAYER);
        r1.approve(address(escrow), type(uint256).max);
        vm.warp(START + 1);
    }

    function request(uint256 jobType, uint256 last, uint256 count)
        internal
        pure
        returns (Orders.JobCreationRequest[] memory requests)
    {
        requests = new Orders.JobCreationRequest[](1);
        requests[0] = Orders.JobCreationRequest(jobType, keccak256("project"), last, count);
    }

    function anything() internal view returns (Orders.Funding memory) {
        return Orders.Funding(type(uint256).max, block.timestamp, 0, 0, 0);
    }

    /// A job of the payer that lasts so many epochs from this one on.
    function order(uint256 epochs, uint256 count) internal returns (uint256) {
        Orders.JobCreationRequest[] memory requests =
            request(ENTRY, controller.currentEpoch() + epochs, count);
        Orders.Funding memory funding = anything();
        vm.prank(PAYER);
        return escrow.createJobs(PAYER, requests, funding)[0];
    }

    function decisionFor(uint256 jobId, uint32 fromEpoch, address[] memory set, uint64 sequence)
        internal
        view
        returns (DecisionCertificate memory)
    {
        return DecisionCertificate({
            configDigest: controller.configDigestOf(controller.currentEpoch()),
            topic: keccak256(abi.encode("r1.placement", jobId)),
            sequence: sequence,
            viewNumber: 0,
            valueHash: keccak256(abi.encode(jobId, fromEpoch, set))
        });
    }

    function place(uint256 jobId, uint32 fromEpoch, address[] memory set) internal {
        DecisionCertificate memory decision =
            decisionFor(jobId, fromEpoch, set, escrow.standingOf(jobId).sequence);
        CompactSignature[] memory signatures = decidedBy(0x7, decision);
        escrow.recordNodes(jobId, fromEpoch, set, decision, 0x7, signatures);
    }

    function first(uint256 count) internal view returns (address[] memory set) {
        set = new address[](count);
        for (uint256 i = 0; i < count; ++i) {
            set[i] = nodes[i];
        }
    }

    function nobody() internal pure returns (address[] memory) {
        return new address[](0);
    }

    /// Certifies the pending epoch; every node has the same availability.
    function certify(uint8 availability) internal returns (uint32) {
        return certify([availability, availability, availability, availability]);
    }

    /// Certifies the pending epoch with rows of Node Deeds.
    function certify(uint8[4] memory availability) internal returns (uint32) {
        return certify(availability, 1);
    }

    function certify(uint8[4] memory availability, uint8 licenceType)
        internal
        returns (uint32 epoch)
    {
        epoch = controller.pendingEpoch();
        typeIn[epoch] = licenceType;
        for (uint256 i = 0; i < NODES; ++i) {
            rowOf[epoch][nodes[i]] = i;
            availabilityOf[epoch][nodes[i]] = availability[i];
            leavesOf[epoch].push(
                keccak256(
                    abi.encode(
                        uint256(0), epoch, licenceType, licences[i], nodes[i], availability[i]
                    )
                )
            );
        }
        EpochCertificate memory certificate = certificateOf(epoch);
        certificate.availabilityRoot = Tree.root(leavesOf[epoch]);
        record(certificate);
        certificates[epoch] = certificate;
    }

    /// Certifies epochs with full availability until one is the pending one.
    function certifyUntil(uint32 epoch) internal {
        while (controller.pendingEpoch() < epoch) certify(255);
    }

    function entry(uint32 epoch, address who)
        internal
        view
        returns (AvailabilityTree.Entry memory)
    {
        uint256 row = rowOf[epoch][who];
        return AvailabilityTree.Entry(
            typeIn[epoch],
            licences[row],
            who,
            availabilityOf[epoch][who],
            Tree.proof(leavesOf[epoch], row)
        );
    }

    function entries(uint32 epoch, address[] memory of_)
        internal
        view
        returns (AvailabilityTree.Entry[] memory list)
    {
        list = new AvailabilityTree.Entry[](of_.length);
        for (uint256 i = 0; i < list.length; ++i) {
            list[i] = entry(epoch, of_[i]);
        }
    }

    function settle(uint256 jobId, uint32 epoch, address[] memory of_) internal {
        escrow.settle(jobId, certificates[epoch], entries(epoch, of_));
    }

    function shares(uint256 count) internal view returns (Settlement.Share[] memory list) {
        list = new Settlement.Share[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i] = Settlement.Share(nodes[i], licences[i]);
        }
    }

    /// Certifies and settles every epoch up to one, which is left out.
    function runUntil(uint256 jobId, uint32 end) internal {
        while (controller.pendingEpoch() < end) {
            uint32 epoch = certify(255);
            settle(jobId, epoch, escrow.nodesOf(jobId, epoch));
        }
    }

    function only(address one) internal pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = one;
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Controller} from "../epochs/Controller.sol";
import {EpochCertificate, EpochCertificates} from "../epochs/EpochCertificates.sol";
import {EpochClock} from "../epochs/EpochClock.sol";
import {VoidEpoch, VoidEpochs} from "../epochs/VoidEpochs.sol";
import {GenesisDeed} from "../licences/GenesisDeed.sol";
import {Handovers} from "../licences/Handovers.sol";
import {MasterDeed} from "../licences/MasterDeed.sol";
import {NodeDeed} from "../licences/NodeDeed.sol";
import {R1} from "../token/R1.sol";
import {Treasury} from "../treasury/Treasury.sol";
import {RewardTree} from "./RewardTree.sol";
import {Schedules} from "./Schedules.sol";

/// @title Pays what certificates recorded
/// @notice One proof pays everything a licence has earned since its last claim. Every claim is
/// bounded by the schedule here, so that not even a corrupt quorum mints beyond it.
contract Rewards is Schedules {
    using EpochCertificates for EpochCertificate;
    using EpochClock for EpochClock.Clock;
    using VoidEpochs for VoidEpoch;

    /// @dev What was paid to a licence; one word.
    struct Paid {
        uint128 amount;
        /// How many epochs were recorded when it was paid last.
        uint32 upTo;
    }

    /// @dev The leaf that is claimed.
    struct Earned {
        uint8 licenceType;
        uint256 licenceId;
        uint256 credits;
        uint256 weight;
    }

    /// @dev What is claimed to be recorded for an epoch.
    struct Recorded {
        uint32 epoch;
        bytes32 outcome;
        bytes32 cumulativeRoot;
    }

    /// @dev What a claim is judged by.
    struct Basis {
        bytes32 root;
        /// How many epochs the root covers.
        uint256 upTo;
        /// How many epochs are recorded.
        uint256 certified;
        EpochClock.Clock clock;
        /// When the licence was first linked; zero when it never was.
        uint64 activatedAt;
    }

    /// @dev A claim that passed every check.
    struct Due {
        uint256 amount;
        /// What was paid before.
        uint256 paid;
        uint256 epochs;
    }

    /// @notice A seller who has not been settled with for so many epochs after the last that was his
    /// was recorded may be passed over.
    uint256 public constant SETTLEMENT_EPOCHS = 90;

    /// @notice The token, of which everything mined was paid here.
    R1 public immutable r1;

    /// @notice The network.
    Controller public immutable controller;

    /// @notice Says which pool gets how much of what the genesis deed mines.
    Treasury public immutable treasury;

    mapping(uint8 licenceType => mapping(uint256 licenceId => Paid)) private _paid;

    /// @notice A licence was paid: to its owner or a seller, or the genesis deed to the pools.
    event RewardsClaimed(
        address indexed to,
        uint8 indexed licenceType,
        uint256 indexed licenseId,
        uint256 rewardsAmount,
        uint256 totalEpochs
    );

    /// @notice A seller got what was his, which may be nothing.
    event HandoverSettled(
        address indexed seller,
        uint8 indexed licenceType,
        uint256 indexed licenseId,
        uint32 throughEpoch,
        uint256 rewardsAmount
    );

    /// @notice A seller was passed over.
    event HandoverLapsed(
        address indexed seller,
        uint8 indexed licenceType,
        uint256 indexed licenseId,
        uint32 throughEpoch
    );

    /// @notice The root does not contain the leaf.
    error InvalidProof(bytes32 root);

    /// @notice Everything the proof shows was paid before.
    error NothingToClaim(uint256 paid);

    /// @notice More would be paid than the schedule of all licences allows.
    error EmissionCeilingReached(uint256 wouldBe, uint256 ceiling);

    /// @notice The certificate is not of the last epoch that was the seller's and had a root.
    error OtherEpochSettles(uint32 epoch, uint32 throughEpoch);

    /// @notice The certificate is not the one that was recorded for its epoch.
    error CertificateNotRecorded(uint32 epoch);

    /// @notice The seller may still be settled with.
    error SettlementNotOver(uint256 certified, uint256 needed);

    /// @notice Joins the contract to its network.
    /// @param r1_ the token, whose minter this contract is
    /// @param controller_ the network
    /// @param nodeDeed_ the Node Deed licences
    /// @param masterDeed_ the Master deed licences
    /// @param genesisDeed_ the genesis deed
    /// @param treasury_ the pools
    constructor(
        R1 r1_,
        Controller controller_,
        NodeDeed nodeDeed_,
        MasterDeed masterDeed_,
        GenesisDeed genesisDeed_,
        Treasury treasury_
    ) Schedules(nodeDeed_, masterDeed_, genesisDeed_) {
        r1 = r1_;
        controller = controller_;
        treasury = treasury_;
    }

    /// @notice Pays the owner of a licence what it earned and was not paid yet; for the genesis deed
    /// the pools. Anyone may call it. Sellers must have been settled with.
    /// @param licenceType kind of licence
    /// @param licenceId token id
    /// @param credits C: the sum of its availability bytes
    /// @param weight W: the sum of rate · availability byte
    /// @param proof sibling hashes from the leaf up to the newest recorded cumulative root
    /// @return amount what was paid, in 10⁻¹⁸ R1
    function claim(
        uint8 licenceType,
        uint256 licenceId,
        uint256 credits,
        uint256 weight,
        bytes32[] calldata proof
    ) external returns (uint256 amount) {
        Earned memory earned = Earned(licenceType, licenceId, credits, weight);
        (address owner, Basis memory basis) = _newest(licenceType, licenceId);
        Due memory due = _due(earned, basis, proof);
        amount = due.amount;
        if (amount == 0) revert NothingToClaim(due.paid);
        _pay(owner, earned, due, basis.upTo);
    }

    /// @notice Pays the oldest seller of a licence what it had earned and was not paid by the end of
    /// the last epoch that was his. Anyone may call it. Epochs that governance voided have no root:
    /// what was recorded before them settles.
    /// @param licenceType kind of licence
    /// @param licenceId token id
    /// @param credits C at the end of that epoch
    /// @param weight W at the end of that epoch
    /// @param certificate the recorded certificate of that epoch; its view does not matter
    /// @param proof sibling hashes from the leaf up to the certificate's cumulative root
    /// @return amount what was paid, in 10⁻¹⁸ R1; may be nothing
    function settle(
        uint8 licenceType,
        uint256 licenceId,
        uint256 credits,
        uint256 weight,
        EpochCertificate calldata certificate,
        bytes32[] calldata proof
    ) external returns (uint256 amount) {
        Earned memory earned = Earned(licenceType, licenceId, credits, weight);
        Recorded memory recorded =
            Recorded(certificate.epoch, certificate.outcomeHash(), certificate.cumulativeRoot);
        return _settle(earned, recorded, proof);
    }

    /// @notice The same when a quorum voided the last epoch that was his.
    /// @param licenceType kind of licence
    /// @param licenceId token id
    /// @param credits C at the end of that epoch
    /// @param weight W at the end of that epoch
    /// @param voided the recorded void of that epoch; its view does not matter
    /// @param proof sibling hashes from the leaf up to the cumulative root of the void
    /// @return amount what was paid, in 10⁻¹⁸ R1; may be nothing
    function settleVoid(
        uint8 licenceType,
        uint256 licenceId,
        uint256 credits,
        uint256 weight,
        VoidEpoch calldata voided,
        bytes32[] calldata proof
    ) external returns (uint256 amount) {
        Earned memory earned = Earned(licenceType, licenceId, credits, weight);
        Recorded memory recorded =
            Recorded(voided.epoch, voided.outcomeHash(), voided.cumulativeRoot);
        return _settle(earned, recorded, proof);
    }

    /// @notice Passes over the oldest seller of a licence with whom nobody has settled for
    /// {SETTLEMENT_EPOCHS}: what was his goes with the licence. Anyone may call it. Without it one
    /// bad certificate, or a lost tree, could keep later owners from claiming for ever.
    /// @param licenceType kind of licence
    /// @param licenceId token id
    function lapse(uint8 licenceType, uint256 licenceId) external {
        (Handovers.Handover memory handover,) = _sellable(licenceType).takeHandover(licenceId);
        uint256 certified = controller.pendingEpoch();
        uint256 needed = uint256(handover.throughEpoch) + 1 + SETTLEMENT_EPOCHS;
        if (certified < needed) revert SettlementNotOver(certified, needed);
        emit HandoverLapsed(handover.seller, licenceType, licenceId, handover.throughEpoch);
    }

    /// @notice What {claim} would pay now; zero when everything was paid. Reverts as it does.
    /// @param licenceType kind of licence
    /// @param licenceId token id
    /// @param credits C: the sum of its availability bytes
    /// @param weight W: the sum of rate · availability byte
    /// @param proof sibling hashes from the leaf up to the newest recorded cumulative root
    function claimable(
        uint8 licenceType,
        uint256 licenceId,
        uint256 credits,
        uint256 weight,
        bytes32[] calldata proof
    ) external view returns (uint256) {
        Earned memory earned = Earned(licenceType, licenceId, credits, weight);
        (, Basis memory basis) = _newest(licenceType, licenceId);
        return _due(earned, basis, proof).amount;
    }

    /// @notice What was paid to a licence so far, in 10⁻¹⁸ R1.
    /// @param licenceType kind of licence
    /// @param licenceId token id
    function claimed(uint8 licenceType, uint256 licenceId) external view returns (uint256) {
        return _paid[licenceType][licenceId].amount;
    }

    function _settle(Earned memory earned, Recorded memory recorded, bytes32[] calldata proof)
        private
        returns (uint256 amount)
    {
        (Handovers.Handover memory handover, uint64 activatedAt) =
            _sellable(earned.licenceType).takeHandover(earned.licenceId);
        uint32 epoch = handover.throughEpoch;
        _requireSettles(recorded, epoch);
        Basis memory basis = _basis(activatedAt);
        basis.root = recorded.cumulativeRoot;
        basis.upTo = uint256(epoch) + 1;
        Due memory due = _due(earned, basis, proof);
        amount = due.amount;
        if (amount > 0) _pay(handover.seller, earned, due, basis.upTo);
        emit HandoverSettled(handover.seller, earned.licenceType, earned.licenceId, epoch, amount);
    }

    /// @dev The root at the end of an epoch is that of the newest epoch up to it that has one.
    function _requireSettles(Recorded memory recorded, uint32 throughEpoch) private view {
        uint32 epoch = recorded.epoch;
        if (epoch > throughEpoch) revert OtherEpochSettles(epoch, throughEpoch);
        if (recorded.outcome != controller.outcomeHash(epoch)) {
            revert CertificateNotRecorded(epoch);
        }
        for (uint32 later = epoch + 1; later <= throughEpoch; ++later) {
            bool rootless = controller.isVoidedByGovernance(later);
            if (!rootless) revert OtherEpochSettles(epoch, throughEpoch);
        }
    }

    function _pay(address to, Earned memory earned, Due memory due, uint256 upTo) private {
        _paid[earned.licenceType][earned.licenceId] =
            Paid(SafeCast.toUint128(due.paid + due.amount), SafeCast.toUint32(upTo));
        bool pools = earned.licenceType == GENESIS_DEED;
        emit RewardsClaimed(
            pools ? address(treasury) : to,
            earned.licenceType,
            earned.licenceId,
            due.amount,
            due.epochs
        );
        if (pools) _fillPools(due.amount);
        else r1.mint(to, due.amount);
    }

    function _fillPools(uint256 amount) private {
        Treasury.Share[5] memory shares = treasury.split(amount);
        for (uint256 i = 0; i < shares.length; ++i) {
            r1.mint(shares[i].pool, shares[i].amount);
        }
    }

    function _newest(uint8 licenceType, uint256 licenceId)
        private
        view
        returns (address owner, Basis memory basis)
    {
        uint64 activatedAt;
        (owner, activatedAt) = _licencesOf(licenceType).claimant(licenceId);
        basis = _basis(activatedAt);
    }

    function _basis(uint64 activatedAt) private view returns (Basis memory) {
        (bytes32 root, uint256 certified, uint64 start, uint32 duration) = controller.claimBasis();
        return Basis(root, certified, certified, EpochClock.Clock(start, duration), activatedAt);
    }

    function _due(Earned memory earned, Basis memory basis, bytes32[] calldata proof)
        private
        view
        returns (Due memory due)
    {
        // The first epoch that began when the licence had been linked is the first it can earn in.
        uint256 first =
            basis.activatedAt == 0 ? type(uint256).max : basis.clock.firstFrom(basis.activatedAt);
        uint256 total = _earned(
            earned.licenceType, earned.licenceId, earned.credits, earned.weight, first, basis.upTo
        );
        _requireProven(earned, basis.root, proof);

        Paid memory paid = _paid[earned.licenceType][earned.licenceId];
        due.paid = paid.amount;
        due.amount = total > due.paid ? total - due.paid : 0;
        due.epochs = basis.upTo - Math.min(basis.upTo, Math.max(first, paid.upTo));
        uint256 wouldBe = r1.totalMined() + due.amount;
        uint256 ceiling = emissionCeiling(basis.certified);
        if (wouldBe > ceiling) revert EmissionCeilingReached(wouldBe, ceiling);
    }

    function _requireProven(Earned memory earned, bytes32 root, bytes32[] calldata proof)
        private
        pure
    {
        bytes32 leaf = RewardTree.leaf(
            earned.licenceType, earned.licenceId, earned.credits, earned.weight
        );
        if (!RewardTree.contains(proof, root, leaf)) revert InvalidProof(root);
    }
}

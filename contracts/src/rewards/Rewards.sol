// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Controller} from "../epochs/Controller.sol";
import {NodeDeed} from "../licences/NodeDeed.sol";
import {R1} from "../token/R1.sol";
import {RewardTree} from "./RewardTree.sol";

/// @title Pays what certificates recorded
/// @notice One proof pays everything a licence has earned since its last claim. Every claim is
/// bounded by the schedule here, so that not even a corrupt quorum mints beyond it.
contract Rewards {
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

    /// @dev A claim that passed every check.
    struct Settlement {
        address owner;
        uint256 amount;
        uint256 certified;
        uint256 epochs;
    }

    /// @notice Availability of a node that missed nothing.
    uint256 public constant MAX_AVAILABILITY = 255;

    /// @notice R1 of a Node Deed per fully available epoch, in 10⁻¹⁸ R1.
    uint256 public constant ND_MAX_RELEASE_PER_EPOCH = 1_458_508_188_386_985_115;

    /// @notice The most a Node Deed ever mines, in 10⁻¹⁸ R1.
    uint256 public constant ND_MAX_MINING_PER_LICENSE = 1_575_188_843_457_943_925_233;

    /// @notice The most all Node Deeds together mine per recorded epoch, in 10⁻¹⁸ R1.
    uint256 public constant EMISSION_CEILING = 46_224 * ND_MAX_RELEASE_PER_EPOCH;

    /// @dev The number of Node Deeds in leaves: `NodeDeed.LICENCE_TYPE`.
    uint8 private constant NODE_DEED = 1;

    /// @notice The token, of which everything mined was paid here.
    R1 public immutable r1;

    /// @notice The network.
    Controller public immutable controller;

    /// @notice The Node Deed licences.
    NodeDeed public immutable nodeDeed;

    mapping(uint8 licenceType => mapping(uint256 licenceId => Paid)) private _paid;

    /// @notice A licence was paid.
    event RewardsClaimed(
        address indexed to, uint256 indexed licenseId, uint256 rewardsAmount, uint256 totalEpochs
    );

    /// @notice No such kind of licence earns rewards here.
    error UnknownLicenceType(uint8 licenceType);

    /// @notice More credits than availability bytes since the licence was first linked.
    error CreditsExceedEpochs(uint256 credits, uint256 most);

    /// @notice The weight is not what the schedule gives for the credits.
    error WeightOffSchedule(uint256 weight, uint256 expected);

    /// @notice The newest recorded root does not contain the leaf.
    error InvalidProof(bytes32 root);

    /// @notice Everything the proof shows was paid before.
    error NothingToClaim(uint256 paid);

    /// @notice More would be paid than the schedule of all licences allows.
    error EmissionCeilingReached(uint256 wouldBe, uint256 ceiling);

    /// @notice Joins the contract to its network.
    /// @param r1_ the token, whose minter this contract is
    /// @param controller_ the network
    /// @param nodeDeed_ the licences
    constructor(R1 r1_, Controller controller_, NodeDeed nodeDeed_) {
        r1 = r1_;
        controller = controller_;
        nodeDeed = nodeDeed_;
    }

    /// @notice Pays the owner of a licence what it earned and was not paid yet. Anyone may call it.
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
        Settlement memory due = _settle(Earned(licenceType, licenceId, credits, weight), proof);
        amount = due.amount;
        Paid storage paid = _paid[licenceType][licenceId];
        if (amount == 0) revert NothingToClaim(paid.amount);
        paid.amount = SafeCast.toUint128(paid.amount + amount);
        paid.upTo = SafeCast.toUint32(due.certified);
        emit RewardsClaimed(due.owner, licenceId, amount, due.epochs);
        r1.mint(due.owner, amount);
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
        return _settle(Earned(licenceType, licenceId, credits, weight), proof).amount;
    }

    /// @notice What was paid to a licence so far, in 10⁻¹⁸ R1.
    /// @param licenceType kind of licence
    /// @param licenceId token id
    function claimed(uint8 licenceType, uint256 licenceId) external view returns (uint256) {
        return _paid[licenceType][licenceId].amount;
    }

    function _settle(Earned memory earned, bytes32[] calldata proof)
        private
        view
        returns (Settlement memory due)
    {
        if (earned.licenceType != NODE_DEED) revert UnknownLicenceType(earned.licenceType);
        (bytes32 root, uint256 certified, uint64 start, uint32 duration) = controller.claimBasis();
        uint64 activated;
        (due.owner, activated) = nodeDeed.claimant(earned.licenceId);
        uint256 first = _firstEpoch(activated, start, duration);
        _requireOnSchedule(earned, first < certified ? certified - first : 0);
        _requireProven(earned, root, proof);

        Paid memory paid = _paid[earned.licenceType][earned.licenceId];
        uint256 total = Math.min(earned.weight / MAX_AVAILABILITY, ND_MAX_MINING_PER_LICENSE);
        due.amount = total > paid.amount ? total - paid.amount : 0;
        due.certified = certified;
        due.epochs = certified - Math.min(certified, Math.max(first, paid.upTo));
        uint256 wouldBe = r1.totalMined() + due.amount;
        uint256 ceiling = certified * EMISSION_CEILING;
        if (wouldBe > ceiling) revert EmissionCeilingReached(wouldBe, ceiling);
    }

    function _requireProven(Earned memory earned, bytes32 root, bytes32[] calldata proof)
        private
        view
    {
        bytes32 leaf = RewardTree.leaf(
            earned.licenceType, earned.licenceId, earned.credits, earned.weight
        );
        if (!RewardTree.contains(proof, root, leaf)) revert InvalidProof(root);
    }

    function _requireOnSchedule(Earned memory earned, uint256 epochs) private pure {
        uint256 most = epochs * MAX_AVAILABILITY;
        if (earned.credits > most) revert CreditsExceedEpochs(earned.credits, most);
        uint256 expected = earned.credits * ND_MAX_RELEASE_PER_EPOCH;
        if (earned.weight != expected) revert WeightOffSchedule(earned.weight, expected);
    }

    /// @dev The first epoch that began when the licence had been linked: the first it can earn in.
    function _firstEpoch(uint64 activated, uint64 start, uint32 duration)
        private
        pure
        returns (uint256)
    {
        if (activated == 0) return type(uint256).max;
        return activated <= start ? 0 : Math.ceilDiv(activated - start, duration);
    }
}

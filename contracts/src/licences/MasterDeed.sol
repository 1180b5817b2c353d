// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Controller} from "../epochs/Controller.sol";
import {EpochClock} from "../epochs/EpochClock.sol";
import {Entities} from "./Entities.sol";
import {Handovers} from "./Handovers.sol";
import {LinkConsents} from "./LinkConsents.sol";
import {LinkedLicence} from "./LinkedLicence.sol";
import {NodeRegistry} from "./NodeRegistry.sol";
import {VestingCurve} from "./VestingCurve.sol";

/// @title Master Node Deed
/// @notice A licence of founders and seed partners. Governance assigns it an amount, which its node
/// mines along the vesting curve. It moves or ends only when governance has agreed.
/// @dev Names, limits and events follow the genuine contract (`MNDLicense`) where the rule is the
/// same. What an assignment says never changes, so rates of past epochs do not either.
contract MasterDeed is Handovers {
    using EpochClock for EpochClock.Clock;

    /// @notice What a licence mines.
    struct Assignment {
        /// In 10⁻¹⁸ R1.
        uint128 amount;
        /// The first epoch after its cliff.
        uint32 firstMiningEpoch;
    }

    /// @notice The most that is assigned to a licence or to all licences of an owner, 2 % of all
    /// R1, in 10⁻¹⁸ R1.
    uint256 public constant MND_MAX_TOKENS_ASSIGNED_PER_LICENSE = 3_236_067.96e18;

    /// @notice The most that is assigned to all licences, 26.1 % of all R1, in 10⁻¹⁸ R1.
    uint256 public constant MND_MAX_TOTAL_ASSIGNED_TOKENS = 42_230_686.878e18;

    /// @notice How many licences there can ever be.
    uint256 public constant MAX_LICENSE_SUPPLY = 500;

    /// @notice What is assigned to all licences, in 10⁻¹⁸ R1: the assignments of those that exist,
    /// and what the others had claimed.
    uint256 public totalLicensesAssignedTokensAmount;

    /// @notice What is assigned to the licences of an owner, in 10⁻¹⁸ R1.
    mapping(address owner => uint256) public assignedTo;

    /// @notice To whom an owner may transfer one licence; zero when governance has not agreed.
    mapping(address from => address) public initiatedTransferReceiver;

    /// @notice Whether an owner may destroy one licence.
    mapping(address from => bool) public initiatedBurn;

    mapping(uint256 licenceId => Assignment) private _assignments;

    uint256 private _count;

    /// @notice Governance made a licence.
    event LicenseCreated(address indexed to, uint256 indexed tokenId, uint256 totalAssignedAmount);

    /// @notice Governance agreed to one transfer.
    event TransferInitiated(address indexed from, address indexed to);

    /// @notice Governance agreed to the end of one licence.
    event BurnInitiated(address indexed from);

    /// @notice The assignment is zero or above the limit of a licence.
    error InvalidLicensePower(uint256 amount);

    /// @notice The owner's licences would exceed the limit of an owner.
    error AssignedAmountExceedsLimit(address owner, uint256 wouldBe);

    /// @notice All licences together would exceed their limit.
    error MaxTotalAssignedTokensReached(uint256 wouldBe);

    /// @notice There are as many licences as there can be.
    error MaxTokenSupplyReached();

    /// @notice Governance has not agreed.
    error SoulboundNonTransferableToken(address from, address to);

    /// @notice Nobody can be given nothing.
    error InvalidReceiver(address to);

    /// @notice Joins the contract to its network.
    /// @param controller_ the network
    /// @param nodeRegistry_ knows the licence of every node
    /// @param entities_ who may link
    /// @param relinkSeconds_ how long a licence stays with a node before it can be linked again
    constructor(
        Controller controller_,
        NodeRegistry nodeRegistry_,
        Entities entities_,
        uint256 relinkSeconds_
    )
        ERC721("MNDLicense", "MND")
        LinkConsents(2)
        LinkedLicence(controller_, nodeRegistry_, entities_, relinkSeconds_)
    {}

    /// @notice Makes a licence; for governance alone. Its cliff is counted from genesis; when that is
    /// over, its curve begins now.
    /// @param to who gets it
    /// @param newTotalAssignedAmount what it may mine, in 10⁻¹⁸ R1
    /// @return licenceId token id
    function addLicense(address to, uint256 newTotalAssignedAmount)
        external
        onlyGovernance
        returns (uint256 licenceId)
    {
        uint256 amount = newTotalAssignedAmount;
        if (amount == 0 || amount > MND_MAX_TOKENS_ASSIGNED_PER_LICENSE) {
            revert InvalidLicensePower(amount);
        }
        uint256 total = totalLicensesAssignedTokensAmount + amount;
        if (total > MND_MAX_TOTAL_ASSIGNED_TOKENS) revert MaxTotalAssignedTokensReached(total);
        if (_count == MAX_LICENSE_SUPPLY) revert MaxTokenSupplyReached();
        licenceId = ++_count;
        totalLicensesAssignedTokensAmount = total;
        uint256 ended = EpochClock.clockOf(controller).endedBy(block.timestamp);
        uint256 first = Math.max(ended, VestingCurve.CLIFF_EPOCHS);
        _assignments[licenceId] = Assignment(SafeCast.toUint128(amount), SafeCast.toUint32(first));
        emit LicenseCreated(to, licenceId, amount);
        _mint(to, licenceId);
    }

    /// @notice Lets an owner transfer one licence; for governance alone.
    /// @param from the owner
    /// @param to who may get it
    function initiateTransfer(address from, address to) external onlyGovernance {
        if (to == address(0)) revert InvalidReceiver(to);
        initiatedTransferReceiver[from] = to;
        emit TransferInitiated(from, to);
    }

    /// @notice Lets an owner destroy one licence; for governance alone.
    /// @param from the owner
    function initiateBurn(address from) external onlyGovernance {
        initiatedBurn[from] = true;
        emit BurnInitiated(from);
    }

    /// @notice Destroys a licence of the caller. What was not claimed is forfeited and can be
    /// assigned again; sellers must have been settled with.
    /// @param licenceId token id
    function burn(uint256 licenceId) external {
        _requireOwner(licenceId);
        _requireSettled(licenceId, _standing[licenceId]);
        uint256 claimed = controller.rewards().claimed(LICENCE_TYPE, licenceId);
        totalLicensesAssignedTokensAmount -= _assignments[licenceId].amount - claimed;
        _burn(licenceId);
    }

    /// @notice What a licence mines, whether it exists still or not; zeros when there never was one.
    /// @param licenceId token id
    function assignment(uint256 licenceId) external view returns (Assignment memory) {
        return _assignments[licenceId];
    }

    /// @notice What a licence mines in some epochs if its node misses nothing, in 10⁻¹⁸ R1.
    /// @param licenceId token id
    /// @param fromEpoch the first of them
    /// @param toEpoch the first that is not one of them
    function releasedBetween(uint256 licenceId, uint256 fromEpoch, uint256 toEpoch)
        external
        view
        returns (uint256)
    {
        Assignment memory a = _assignments[licenceId];
        return VestingCurve.releasedBefore(a.amount, a.firstMiningEpoch, toEpoch)
            - VestingCurve.releasedBefore(a.amount, a.firstMiningEpoch, fromEpoch);
    }

    /// @inheritdoc LinkedLicence
    function licenceCount() public view override returns (uint256) {
        return _count;
    }

    /// @dev Moves the owner's sum with the licence, where governance has agreed.
    function _update(address to, uint256 tokenId, address auth)
        internal
        override
        returns (address from)
    {
        from = super._update(to, tokenId, auth);
        uint256 amount = _assignments[tokenId].amount;
        if (from != address(0)) {
            _takeAgreement(from, to);
            assignedTo[from] -= amount;
        }
        if (to == address(0)) return from;
        uint256 wouldBe = assignedTo[to] + amount;
        if (wouldBe > MND_MAX_TOKENS_ASSIGNED_PER_LICENSE) {
            revert AssignedAmountExceedsLimit(to, wouldBe);
        }
        assignedTo[to] = wouldBe;
    }

    function _takeAgreement(address from, address to) private {
        bool agreed = to == address(0) ? initiatedBurn[from] : initiatedTransferReceiver[from] == to;
        if (!agreed) revert SoulboundNonTransferableToken(from, to);
        if (to == address(0)) delete initiatedBurn[from];
        else delete initiatedTransferReceiver[from];
    }
}

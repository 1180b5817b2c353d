// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Controller} from "../epochs/Controller.sol";
import {R1} from "../token/R1.sol";

/// @title A pool of the treasury that pays for milestones alone
/// @notice R1 that comes here leaves only for a milestone that was announced here a waiting period
/// before, with its purpose, amount, recipient and document, and never before the pool unlocks.
/// @dev Nothing can change administrator, periods or a milestone, and no other call moves R1. Other
/// tokens that are sent here stay for ever.
contract LockedPool {
    using SafeERC20 for R1;

    /// @notice How a milestone stands.
    enum Status {
        None,
        Announced,
        Paid,
        Cancelled
    }

    /// @notice What is paid for.
    struct Milestone {
        Status status;
        /// The first epoch in which it may be paid.
        uint32 payableFrom;
        address recipient;
        /// In 10⁻¹⁸ R1.
        uint256 amount;
        /// Hash of the document that says what must be reached.
        bytes32 documentHash;
        /// Hash of the report on what was reached; zero until it is paid.
        bytes32 reportHash;
        string purpose;
    }

    /// @notice Whole epochs between the announcement of a milestone and its payment.
    uint32 public constant WAITING_EPOCHS = 14;

    /// @notice The only token that can leave.
    R1 public immutable r1;

    /// @notice The network, whose epochs count.
    Controller public immutable controller;

    /// @notice Who announces and pays milestones; meant to be a multisig, whose signers may change.
    address public immutable administrator;

    /// @notice The first epoch in which anything may leave.
    uint32 public immutable unlockEpoch;

    /// @notice What milestones were paid so far, in 10⁻¹⁸ R1.
    uint256 public totalPaid;

    /// @dev By number.
    Milestone[] private _milestones;

    /// @notice A milestone was announced.
    event MilestoneAnnounced(
        uint256 indexed milestone,
        address indexed recipient,
        uint256 amount,
        string purpose,
        bytes32 documentHash,
        uint32 payableFrom
    );

    /// @notice A milestone was reached and paid.
    event MilestonePaid(
        uint256 indexed milestone, address indexed recipient, uint256 amount, bytes32 reportHash
    );

    /// @notice A milestone will not be paid.
    event MilestoneCancelled(uint256 indexed milestone, string reason);

    /// @notice The caller is not the administrator.
    error NotAdministrator(address caller);

    /// @notice A milestone needs a recipient other than the pool, an amount, a purpose and a
    /// document.
    error InvalidMilestone();

    /// @notice A payment needs a report.
    error ReportMissing();

    /// @notice There is no such milestone, or it was paid or cancelled.
    error MilestoneNotOpen(uint256 milestone, Status status);

    /// @notice The milestone may not be paid yet.
    error MilestoneWaits(uint256 milestone, uint32 payableFrom, uint32 currentEpoch);

    modifier onlyAdministrator() {
        if (msg.sender != administrator) revert NotAdministrator(msg.sender);
        _;
    }

    /// @notice Fixes everything.
    /// @param r1_ the token
    /// @param controller_ the network
    /// @param administrator_ who announces and pays milestones
    /// @param unlockEpoch_ the first epoch in which anything may leave
    constructor(R1 r1_, Controller controller_, address administrator_, uint32 unlockEpoch_) {
        r1 = r1_;
        controller = controller_;
        administrator = administrator_;
        unlockEpoch = unlockEpoch_;
    }

    /// @notice Announces a milestone. The pool need not hold its amount yet.
    /// @param recipient who will be paid
    /// @param amount what will be paid, in 10⁻¹⁸ R1
    /// @param purpose what for
    /// @param documentHash hash of the document that says what must be reached
    /// @return milestone its number
    function announce(
        address recipient,
        uint256 amount,
        string calldata purpose,
        bytes32 documentHash
    ) external onlyAdministrator returns (uint256 milestone) {
        bool whole = recipient != address(0) && recipient != address(this) && amount != 0
            && bytes(purpose).length != 0 && documentHash != 0;
        if (!whole) revert InvalidMilestone();
        milestone = _milestones.length;
        uint32 from = controller.currentEpoch() + 1 + WAITING_EPOCHS;
        if (from < unlockEpoch) from = unlockEpoch;
        _milestones.push(
            Milestone(Status.Announced, from, recipient, amount, documentHash, 0, purpose)
        );
        emit MilestoneAnnounced(milestone, recipient, amount, purpose, documentHash, from);
    }

    /// @notice Pays a milestone that was reached.
    /// @param milestone its number
    /// @param reportHash hash of the report on what was reached
    function pay(uint256 milestone, bytes32 reportHash) external onlyAdministrator {
        Milestone storage open = _open(milestone);
        uint32 epoch = controller.currentEpoch();
        if (epoch < open.payableFrom) revert MilestoneWaits(milestone, open.payableFrom, epoch);
        if (reportHash == 0) revert ReportMissing();
        open.status = Status.Paid;
        open.reportHash = reportHash;
        totalPaid += open.amount;
        emit MilestonePaid(milestone, open.recipient, open.amount, reportHash);
        r1.safeTransfer(open.recipient, open.amount);
    }

    /// @notice Says that a milestone will not be paid; its money stays.
    /// @param milestone its number
    /// @param reason for the record
    function cancel(uint256 milestone, string calldata reason) external onlyAdministrator {
        _open(milestone).status = Status.Cancelled;
        emit MilestoneCancelled(milestone, reason);
    }

    /// @notice How many milestones were announced; they are numbered from zero.
    function milestoneCount() external view returns (uint256) {
        return _milestones.length;
    }

    /// @notice A milestone; one without status when there is none.
    /// @param milestone its number
    function milestoneOf(uint256 milestone) external view returns (Milestone memory none) {
        return milestone < _milestones.length ? _milestones[milestone] : none;
    }

    function _open(uint256 milestone) private view returns (Milestone storage open) {
        if (milestone >= _milestones.length) revert MilestoneNotOpen(milestone, Status.None);
        open = _milestones[milestone];
        if (open.status != Status.Announced) revert MilestoneNotOpen(milestone, open.status);
    }
}

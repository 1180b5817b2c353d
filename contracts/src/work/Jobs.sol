// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @title Who has a part in a job
interface Jobs {
    /// @notice There is no such job.
    error UnknownJob(uint256 jobId);

    /// @notice Everybody who pays for a job, or is or was paid for it.
    /// @param jobId the job
    /// @return payer who paid for it
    /// @return operators the owners of the licences whose nodes ran it, ascending and distinct
    function partiesOf(uint256 jobId)
        external
        view
        returns (address payer, address[] memory operators);
}

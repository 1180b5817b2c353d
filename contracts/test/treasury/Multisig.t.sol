// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

import {
    MultiSignerERC7913
} from "@openzeppelin/contracts/utils/cryptography/signers/MultiSignerERC7913.sol";
import {LockedPool} from "../../src/treasury/LockedPool.sol";
import {Multisig} from "../../src/treasury/Multisig.sol";
import {Treasury} from "../../src/treasury/Treasury.sol";
import {NetworkFixture} from "../support/NetworkFixture.sol";

contract MultisigTest is NetworkFixture {
    event Executed(uint256 indexed nonce, address indexed target, bytes data);

    /// Order of the curve: s and ORDER − s sign the same, so only the lower one may pass.
    uint256 private constant ORDER =
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    uint256 private constant SIGNER_KEYS = 0xF000;

    Multisig private account;
    LockedPool private pool;

    /// Two of three, who administer the pools of another treasury.
    function setUp() public {
        begin(4);
        vm.warp(START);
        account = new Multisig(signers(3), 2);
        pool = new Treasury(r1, controller, LIQUIDITY, COMPANY, address(account)).grants();
    }

    function test_actsWhenEnoughSigned() public {
        bytes memory data = announcement();
        vm.expectEmit(true, true, false, true);
        emit Executed(0, address(pool), data);
        vm.prank(STRANGER);
        bytes memory answer = account.execute(
            address(pool), data, block.timestamp, signed(data, 0, block.timestamp, 0, 2)
        );
        assertEq(abi.decode(answer, (uint256)), 0, "the number of the milestone");
        assertEq(pool.milestoneCount(), 1, "announced");
        assertEq(account.nonce(), 1, "used");
    }

    function test_refusesTooFewTwiceTheSameAndStrangers() public {
        bytes memory data = announcement();
        uint256 deadline = block.timestamp;
        refuses(data, deadline, signed(data, 0, deadline, 0, 1));
        refuses(data, deadline, signed(data, 0, deadline, 2, 4)); // the fourth is no signer
        refuses(data, deadline, "");

        bytes32 digest = account.executeDigest(address(pool), data, 0, deadline);
        bytes[] memory who = new bytes[](2);
        bytes[] memory what = new bytes[](2);
        (who[0], who[1]) = (signers(1)[0], signers(1)[0]);
        (what[0], what[1]) = (sign(0, digest), sign(0, digest));
        refuses(data, deadline, abi.encode(who, what));
    }

    function test_refusesAReplayInTimeOnAnotherContractOrChain() public {
        bytes memory data = announcement();
        uint256 deadline = block.timestamp + 10;
        bytes memory signatures = signed(data, 0, deadline, 0, 2);
        Multisig other = new Multisig(signers(3), 2);
        vm.expectRevert(Multisig.InvalidSignatures.selector);
        other.execute(address(pool), data, deadline, signatures);
        refuses(data, deadline + 1, signatures);
        vm.chainId(8453);
        refuses(data, deadline, signatures);
        vm.chainId(31337);
        vm.expectRevert(Multisig.InvalidSignatures.selector);
        account.execute(address(treasury), data, deadline, signatures);
        account.execute(address(pool), data, deadline, signatures);
        refuses(data, deadline, signatures);
        vm.warp(deadline + 1);
        signatures = signed(data, 1, deadline, 0, 2);
        vm.expectRevert(abi.encodeWithSelector(Multisig.ExecutionExpired.selector, deadline));
        account.execute(address(pool), data, deadline, signatures);
    }

    function test_refusesAHighS() public {
        bytes memory data = announcement();
        uint256 deadline = block.timestamp;
        bytes32 digest = account.executeDigest(address(pool), data, 0, deadline);
        (bytes[] memory who, uint256[] memory keys) = ordered(0, 2);
        bytes[] memory what = new bytes[](2);
        what[0] = sign(keys[0], digest);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SIGNER_KEYS + keys[1], digest);
        what[1] = abi.encodePacked(r, bytes32(ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        refuses(data, deadline, abi.encode(who, what));
    }

    function test_handsOnWhyACallFailed() public {
        bytes memory data = abi.encodeCall(pool.pay, (0, keccak256("report")));
        bytes memory signatures = signed(data, 0, block.timestamp, 0, 2);
        vm.expectRevert(
            abi.encodeWithSelector(LockedPool.MilestoneNotOpen.selector, 0, LockedPool.Status.None)
        );
        account.execute(address(pool), data, block.timestamp, signatures);
        assertEq(account.nonce(), 0, "may be tried again");
    }

    function test_onlyItselfChangesItsSigners() public {
        bytes[] memory all = signers(5);
        bytes[] memory more = new bytes[](2);
        (more[0], more[1]) = (all[3], all[4]);
        bytes memory refusal = abi.encodeWithSelector(Multisig.NotSelf.selector, GOVERNANCE);
        vm.startPrank(GOVERNANCE);
        vm.expectRevert(refusal);
        account.addSigners(more);
        vm.expectRevert(refusal);
        account.removeSigners(more);
        vm.expectRevert(refusal);
        account.setThreshold(1);
        vm.stopPrank();
        does(abi.encodeCall(account.addSigners, (more)), 0, 2);
        assertEq(account.getSignerCount(), 5, "five");
        does(abi.encodeCall(account.setThreshold, (4)), 1, 3);
        assertEq(account.threshold(), 4, "four must agree");
        bytes memory removal = abi.encodeCall(account.removeSigners, (more));
        bytes memory signatures = signedFor(address(account), removal, 2, block.timestamp, 0, 4);
        vm.expectRevert(
            abi.encodeWithSelector(
                MultiSignerERC7913.MultiSignerERC7913UnreachableThreshold.selector, 3, 4
            )
        );
        account.execute(address(account), removal, block.timestamp, signatures);
        does(abi.encodeCall(account.setThreshold, (2)), 0, 4);
        does(removal, 1, 4);
        assertEq(account.getSignerCount(), 3, "three");
    }

    function does(bytes memory data, uint256 first, uint256 end) private {
        bytes memory signatures =
            signedFor(address(account), data, account.nonce(), block.timestamp, first, end);
        account.execute(address(account), data, block.timestamp, signatures);
    }

    function announcement() private pure returns (bytes memory) {
        return abi.encodeCall(LockedPool.announce, (OWNER, 5, "a wallet", keccak256("document")));
    }

    function refuses(bytes memory data, uint256 deadline, bytes memory signatures) private {
        vm.expectRevert(Multisig.InvalidSignatures.selector);
        account.execute(address(pool), data, deadline, signatures);
    }

    function signed(bytes memory data, uint256 nonce, uint256 deadline, uint256 first, uint256 end)
        private
        view
        returns (bytes memory)
    {
        return signedFor(address(pool), data, nonce, deadline, first, end);
    }

    function signedFor(
        address target,
        bytes memory data,
        uint256 nonce,
        uint256 deadline,
        uint256 first,
        uint256 end
    ) private view returns (bytes memory) {
        bytes32 digest = account.executeDigest(target, data, nonce, deadline);
        (bytes[] memory who, uint256[] memory keys) = ordered(first, end);
        bytes[] memory what = new bytes[](who.length);
        for (uint256 i = 0; i < who.length; ++i) {
            what[i] = sign(keys[i], digest);
        }
        return abi.encode(who, what);
    }

    /// Signers from one to before another, ascending by hash.
    function ordered(uint256 first, uint256 end)
        private
        pure
        returns (bytes[] memory who, uint256[] memory keys)
    {
        who = new bytes[](end - first);
        keys = new uint256[](end - first);
        bytes[] memory all = signers(end);
        for (uint256 i = first; i < end; ++i) {
            uint256 at = i - first;
            while (at > 0 && keccak256(who[at - 1]) > keccak256(all[i])) {
                (who[at], keys[at]) = (who[at - 1], keys[at - 1]);
                --at;
            }
            (who[at], keys[at]) = (all[i], i);
        }
    }

    function sign(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SIGNER_KEYS + key, digest);
        return abi.encodePacked(r, s, v);
    }

    function signers(uint256 count) private pure returns (bytes[] memory list) {
        list = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i] = abi.encodePacked(vm.addr(SIGNER_KEYS + i));
        }
    }
}

package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.Rewards;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What no oracle is ever to call here: a test that makes one do so fails. */
interface Uncalled extends Chain, Licences, Rewards {

  @Override
  default AutoCloseable onHead(Consumer<BlockRef> listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  default BigInteger r1Balance(EvmAddress account) {
    throw new UnsupportedOperationException();
  }

  @Override
  default Optional<Licence> activeFor(EvmAddress node) {
    throw new UnsupportedOperationException();
  }

  @Override
  default Optional<Licence> byId(LicenceId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  default List<Licence> ownedBy(EvmAddress owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  default List<Licence> all() {
    throw new UnsupportedOperationException();
  }

  @Override
  default Set<EvmAddress> activeNodes() {
    throw new UnsupportedOperationException();
  }

  @Override
  default BigInteger linkNonce(LicenceType type, EvmAddress node) {
    throw new UnsupportedOperationException();
  }

  @Override
  default Bytes32 digest(LinkAuthorisation authorisation) {
    throw new UnsupportedOperationException();
  }

  @Override
  default BigInteger price() {
    throw new UnsupportedOperationException();
  }

  @Override
  default List<LicenceId> buy(Account buyer, int count, BigInteger maximumPrice, Instant deadline) {
    throw new UnsupportedOperationException();
  }

  @Override
  default List<LicenceId> buy(Account buyer, int count, BigInteger maximumPrice) {
    throw new UnsupportedOperationException();
  }

  @Override
  default Receipt link(Account owner, LinkAuthorisation authorisation, byte[] nodeSignature) {
    throw new UnsupportedOperationException();
  }

  @Override
  default Receipt unlink(Account owner, LicenceId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  default Receipt transfer(Account owner, LicenceId id, EvmAddress to) {
    throw new UnsupportedOperationException();
  }

  @Override
  default BigInteger claimable(ClaimProof proof) {
    throw new UnsupportedOperationException();
  }

  @Override
  default Receipt claim(Account payer, ClaimProof proof) {
    throw new UnsupportedOperationException();
  }
}

package ai.ratio1.identity.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.Signatures;
import java.util.Arrays;
import java.util.Optional;

/** Checks signatures with one engine. */
public final class CurveSignatures implements Signatures {

  private static final int RECOVERABLE = 65;
  private static final int V_OFFSET = 27;

  private final Curve curve;
  private final AddressBook book;

  /**
   * A checker.
   *
   * @param cacheSize how many points of addresses it keeps
   * @param seed random
   */
  public CurveSignatures(Curve curve, int cacheSize, int seed) {
    this.curve = curve;
    this.book = new AddressBook(curve, cacheSize, seed);
  }

  @Override
  public boolean verify(NodeAddress signer, Bytes32 digest, byte[] der) {
    byte[] signature = DerSignature.read(der);
    if (signature == null) {
      return false;
    }
    AddressBook.Entry entry = book.find(signer.text());
    return entry != null && entry.point().verify(digest.toArray(), signature);
  }

  @Override
  public Optional<EvmAddress> recover(Bytes32 digest, byte[] signature) {
    if (signature.length != RECOVERABLE) {
      return Optional.empty();
    }
    int recoveryId = signature[RECOVERABLE - 1] - V_OFFSET;
    if (recoveryId < 0
        || recoveryId > 1
        || !Scalars.inRange(signature, 0)
        || !Scalars.inRange(signature, Scalars.LENGTH)
        || !Scalars.isLow(signature, Scalars.LENGTH)) {
      return Optional.empty();
    }
    byte[] pair = Arrays.copyOf(signature, RECOVERABLE - 1);
    return Optional.ofNullable(curve.recover(digest.toArray(), pair, recoveryId))
        .map(AddressBook::evmAddress);
  }

  @Override
  public EvmAddress evmAddress(NodeAddress address) {
    return entry(address).evmAddress();
  }

  @Override
  public Optional<NodeAddress> parse(String text) {
    return Optional.ofNullable(book.find(text)).map(AddressBook.Entry::address);
  }

  @Override
  public String engine() {
    return curve.name();
  }

  /** How often a point had to be found because the cache did not have it. */
  public long misses() {
    return book.misses();
  }

  Curve.Point point(NodeAddress address) {
    return entry(address).point();
  }

  Optional<Curve.Point> findPoint(NodeAddress address) {
    return Optional.ofNullable(book.find(address.text())).map(AddressBook.Entry::point);
  }

  private AddressBook.Entry entry(NodeAddress address) {
    AddressBook.Entry entry = book.find(address.text());
    if (entry == null) {
      throw IdentityError.NO_POINT.failure(address + " is no point of the curve.");
    }
    return entry;
  }
}

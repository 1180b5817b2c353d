package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import java.util.List;

/**
 * A certificate, and the agreed set where the sender knows it. Also the answer to whoever is
 * behind.
 *
 * @param header context and sender
 * @param view the view in which the quorum committed
 * @param outcome what was agreed
 * @param signers bitmap of the signing oracles, by index
 * @param signatures their signatures over the certificate, ascending by index
 * @param tables the hashes of the tables in the agreed set, ascending by index, or empty
 */
public record Cert(
    Header header,
    long view,
    EpochOutcome outcome,
    int signers,
    List<Octets> signatures,
    List<Bytes32> tables)
    implements Message {

  private static final Bytes32 TYPE =
      Struct.type(
          "Cert",
          "uint32 view,bytes32 outcomeHash,uint32 signers,bytes[] signatures,bytes32[] tables");

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if counts do not match the bitmaps, or header and outcome are
   *     about different epochs or configurations
   */
  public Cert {
    signatures = List.copyOf(signatures);
    tables = List.copyOf(tables);
    Struct.check(header, outcome);
    int observers = Integer.bitCount(outcome.observers());
    if (signers < 0
        || Integer.bitCount(signers) != signatures.size()
        || (!tables.isEmpty() && tables.size() != observers)) {
      throw new IllegalArgumentException("one signature per signer, one table per observer");
    }
  }

  /** The message that shows a certificate. */
  public static Cert of(Header header, SignedCertificate certificate, List<Bytes32> tables) {
    List<Octets> signatures = certificate.signatures().stream().map(Octets::of).toList();
    return new Cert(
        header,
        certificate.view(),
        certificate.outcome(),
        certificate.signers(),
        signatures,
        tables);
  }

  /** The certificate it shows. */
  public SignedCertificate certificate() {
    List<byte[]> raw = signatures.stream().map(Octets::toArray).toList();
    return new SignedCertificate(outcome, view, signers, raw);
  }

  @Override
  public Kind kind() {
    return Kind.CERT;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    AbiWords words =
        Struct.words(TYPE, header).uint(view).bytes32(CertificateHash.outcome(outcome));
    words.uint(Integer.toUnsignedLong(signers)).bytes32(Struct.bytesArray(signatures));
    return Eip712.digest(domain, words.bytes32(Struct.array(tables)).hash());
  }
}

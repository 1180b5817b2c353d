package ai.ratio1.oraclesync.internal.core;

import ai.ratio1.chain.SignedCertificate;
import java.util.Optional;

/**
 * A certified epoch as it is kept: with the certificate and the agreed table everything else can be
 * computed again.
 *
 * @param ended what the chain said about it
 * @param certificate the quorum's certificate
 * @param table the agreed availability byte of each row; shared, so do not change it
 * @param standing how the oracles stand after it; empty in a network without reputations
 */
public record EpochRecord(
    EndedEpoch ended, SignedCertificate certificate, byte[] table, Optional<Standing> standing) {}

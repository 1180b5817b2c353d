package ai.ratio1.dauth;

import ai.ratio1.chain.LicenceId;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Permission to take part. The service exists exactly while the chain says that an active licence
 * is linked to this node; components that give or take work require it, so that without a deed
 * there is no work (whitepaper, section 2.2.3). Registered with the property {@link #ROLE}.
 */
@ProviderType
public interface Session {

  /** Service property with the name of the {@link Role}, for reference targets. */
  String ROLE = "ai.ratio1.role";

  /** What the chain lets this node do. */
  Role role();

  /** The licence that lets it. */
  LicenceId licence();

  /** When the session began. */
  Instant since();
}

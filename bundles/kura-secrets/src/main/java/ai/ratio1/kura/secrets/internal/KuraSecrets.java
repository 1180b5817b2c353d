package ai.ratio1.kura.secrets.internal;

import ai.ratio1.settings.Secrets;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens what this gateway, or this node, encrypted. */
@Component(name = "ai.ratio1.kura.secrets")
public final class KuraSecrets implements Secrets {

  private final CryptoService crypto;

  /** Is there while Kura's service is. */
  @Activate
  public KuraSecrets(@Reference CryptoService crypto) {
    this.crypto = crypto;
  }

  /** A failure is not passed on: what it says may have the value in it. */
  @Override
  public Optional<String> open(String encrypted) {
    try {
      return Optional.of(new String(crypto.decryptAes(encrypted.toCharArray())));
    } catch (KuraException | RuntimeException e) {
      return Optional.empty();
    }
  }
}

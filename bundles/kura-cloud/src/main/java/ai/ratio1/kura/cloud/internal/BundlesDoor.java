package ai.ratio1.kura.cloud.internal;

import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.kura.BundleHealth;
import ai.ratio1.kura.cloud.internal.core.BundlesView;
import ai.ratio1.kura.cloud.internal.core.CloudError;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The bundles of a gateway that do not run: to REST, to the web admin's page and to clouds. */
@Component(name = "ai.ratio1.kura.bundles")
public final class BundlesDoor implements Door {

  private final BundleHealth health;

  /** Opens the door. */
  @Activate
  public BundlesDoor(@Reference BundleHealth health) {
    this.health = health;
  }

  @Override
  public String path() {
    return "/v1/bundles";
  }

  @Override
  public Audience audience() {
    return Audience.LOCAL;
  }

  @Override
  public Response handle(Request request) {
    if (!request.path().isEmpty()) {
      throw CloudError.NOTHING_BELOW.because("There is nothing below this path.");
    }
    return new Response(200, "application/json", BundlesView.of(health.findings()));
  }
}

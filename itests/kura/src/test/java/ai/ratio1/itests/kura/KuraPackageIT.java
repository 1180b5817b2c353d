package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/** The package as a gateway takes it. */
class KuraPackageIT {

  @TempDir Path folder;

  @Test
  void everyBundleOfThePackageIsActive() throws Exception {
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      DeploymentPackage installed = platform.install(KuraPlatform.nodePackage());
      assertThat(KuraPlatform.states(installed))
          .allSatisfy((name, state) -> assertThat(state).as(name).isEqualTo(Bundle.ACTIVE));
    }
  }
}

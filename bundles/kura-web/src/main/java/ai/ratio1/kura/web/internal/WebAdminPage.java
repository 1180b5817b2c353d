package ai.ratio1.kura.web.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.http.Door;
import ai.ratio1.kura.web.internal.core.Page;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.servlet.ServletException;
import org.eclipse.kura.web.api.ClientExtensionBundle;
import org.eclipse.kura.web.api.Console;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.http.NamespaceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the node's page into the web admin while there is one. The web admin lets nobody to it who
 * has not logged in.
 */
@Component(
    name = "ai.ratio1.kura.web",
    immediate = true,
    service = {})
public final class WebAdminPage implements ClientExtensionBundle {

  private static final Logger LOG = LoggerFactory.getLogger(WebAdminPage.class);
  private static final ErrorCode REFUSED = new ErrorCode("R1-KURA-021");

  private final Console console;
  private final Page page;
  private boolean open;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<Door> doors = List.of();

  /** Makes the page; nobody sees it yet. */
  @Activate
  public WebAdminPage(@Reference Console console) {
    this.console = console;
    this.page =
        new Page(
            () -> doors, (path, e) -> LOG.error("The part {} of the node's page failed.", path, e));
  }

  /** Opens it. */
  @Activate
  void open() {
    try {
      console.registerSecuredServlet(Page.PATH, new PageServlet(page));
      console.registerConsoleExtensionBundle(this);
      open = true;
    } catch (NamespaceException | ServletException e) {
      LOG.error(
          "{}: The web admin refuses the node's page: {} Find out who has {}, and start"
              + " ai.ratio1.kura-web again.",
          REFUSED,
          e.getMessage(),
          Page.PATH);
    }
  }

  /** Takes it back. */
  @Deactivate
  void close() {
    if (!open) {
      return;
    }
    console.unregisterConsoleExtensionBundle(this);
    try {
      console.unregisterServlet(Page.PATH);
    } catch (NamespaceException | ServletException e) {
      LOG.warn("The web admin had given up the node's page before.", e);
    }
  }

  @Override
  public Map<String, String> getProperties() {
    return Map.of();
  }

  @Override
  public String getEntryPointUrl() {
    return Page.PATH + Page.SCRIPT;
  }

  @Override
  public Set<String> getProvidedAuthenticationMethods() {
    return Set.of();
  }
}

package ai.ratio1.itests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** The walls of the house: what may import what. */
@AnalyzeClasses(packages = "ai.ratio1", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

  private static final Set<String> PROGRAMS = Set.of("launcher", "cli", "devnet", "client");

  @ArchTest
  static final ArchRule contractsKnowTheJdkAlone =
      classes()
          .that(are(inContracts()))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "org.osgi.annotation..", "org.jspecify..")
                  .or(inContracts()));

  @ArchTest
  static final ArchRule contractsFormNoCycles =
      slices().matching("ai.ratio1.(*)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noRoomReachesIntoAnother =
      classes()
          .should(
              new ArchCondition<>("not use the internals of another room") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                  for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    JavaClass used = dependency.getTargetClass().getBaseComponentType();
                    boolean foreign = isInternal(used) && !room(used).equals(room(user));
                    events.add(
                        new SimpleConditionEvent(user, !foreign, dependency.getDescription()));
                  }
                }
              });

  @ArchTest
  static final ArchRule coresArePure =
      noClasses()
          .that()
          .resideInAPackage("ai.ratio1..internal.core..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "org.osgi.framework..",
                      "org.osgi.service..",
                      "java.net..",
                      "java.nio.file..",
                      "java.nio.channels..",
                      "org.slf4j..")
                  // Names of things, and their spelling, touch nothing.
                  .and(
                      DescribedPredicate.not(
                          named(
                              java.nio.file.Path.class,
                              java.net.URI.class,
                              java.net.URLDecoder.class,
                              java.net.URLEncoder.class)))
                  .or(named(Thread.class, java.time.Clock.class, java.io.File.class))
                  .or(
                      describe(
                          "are executors or sockets",
                          c ->
                              c.isAssignableTo(java.util.concurrent.Executor.class)
                                  || c.isAssignableTo(java.io.FileInputStream.class)
                                  || c.isAssignableTo(java.io.FileOutputStream.class))));

  @ArchTest
  static final ArchRule timeAndChanceReachCoresFromOutside =
      noClasses()
          .that()
          .resideInAPackage("ai.ratio1..internal.core..")
          .should()
          .callMethodWhere(
              describe(
                  "the machine is asked for time or chance",
                  call ->
                      call.getTargetOwner().getPackageName().startsWith("java.")
                          && Set.of("now", "nanoTime", "currentTimeMillis", "random", "randomUUID")
                              .contains(call.getName())))
          .orShould()
          .dependOnClassesThat(
              named(
                  java.security.SecureRandom.class, java.util.concurrent.ThreadLocalRandom.class));

  @ArchTest
  static final ArchRule jnaStaysInIdentityAndHardware =
      noClasses()
          .that()
          .resideOutsideOfPackages("ai.ratio1.identity..", "ai.ratio1.hardware..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("com.sun.jna.."));

  @ArchTest
  static final ArchRule hardwareStartsNoProcess =
      noClasses()
          .that()
          .resideInAPackage("ai.ratio1.hardware..")
          .should()
          .dependOnClassesThat(named(Process.class, ProcessBuilder.class, Runtime.class));

  @ArchTest
  static final ArchRule kuraStaysInItsRooms =
      noClasses()
          .that()
          .resideOutsideOfPackage("ai.ratio1.kura..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.eclipse.kura..")
                  .and(
                      describe(
                          "are not the marker of configurable components",
                          c -> !c.getSimpleName().equals("ConfigurableComponent"))));

  @ArchTest
  static final ArchRule whatOperatorsConfigureIsMarkedForKura =
      classes()
          .that()
          .areAnnotatedWith("org.osgi.service.metatype.annotations.Designate")
          .should()
          .beAssignableTo("org.eclipse.kura.configuration.ConfigurableComponent");

  /**
   * Declarative Services would convert their settings, silently and without a code. The gate of
   * gateways checks for both of its components.
   */
  @ArchTest
  static final ArchRule configurationsAreCheckedBeforeTheyAreRead =
      classes()
          .that()
          .areAnnotatedWith("org.osgi.service.metatype.annotations.Designate")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("ai.ratio1.settings", "ai.ratio1.http.internal.kura.gate"))
          .andShould(
              new ArchCondition<>("be given plain maps") {
                @Override
                public void check(JavaClass component, ConditionEvents events) {
                  component.getCodeUnits().stream()
                      .filter(unit -> isCalledByDeclarativeServices(unit))
                      .flatMap(unit -> unit.getRawParameterTypes().stream())
                      .filter(JavaClass::isAnnotation)
                      .forEach(
                          type ->
                              events.add(
                                  SimpleConditionEvent.violated(
                                      component,
                                      component.getName() + " is given a " + type.getName())));
                }
              });

  private static boolean isCalledByDeclarativeServices(JavaCodeUnit unit) {
    return unit.isAnnotatedWith("org.osgi.service.component.annotations.Activate")
        || unit.isAnnotatedWith("org.osgi.service.component.annotations.Modified");
  }

  @ArchTest
  static final ArchRule servletsStayInHttp =
      noClasses()
          .that()
          .resideOutsideOfPackages("ai.ratio1.http.internal..", "ai.ratio1.kura..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("jakarta.servlet..", "javax.servlet.."));

  @ArchTest
  static final ArchRule web3jStaysInChain =
      noClasses()
          .that()
          .resideOutsideOfPackage("ai.ratio1.chain..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.web3j.."));

  @ArchTest
  static final ArchRule pahoStaysInMqtt =
      noClasses()
          .that()
          .resideOutsideOfPackage("ai.ratio1.mqtt..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.eclipse.paho.."));

  @ArchTest
  static final ArchRule artemisStaysInBroker =
      noClasses()
          .that()
          .resideOutsideOfPackage("ai.ratio1.broker..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.activemq.."));

  @ArchTest
  static final ArchRule noServiceKnowsAFace =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "ai.ratio1.cli..", "ai.ratio1.rest..", "ai.ratio1.oracleapi..", "ai.ratio1.console..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "ai.ratio1.cli..",
                  "ai.ratio1.rest..",
                  "ai.ratio1.oracleapi..",
                  "ai.ratio1.console.."));

  @ArchTest
  static final ArchRule genuineRulesCertifyNothing =
      noClasses()
          .that()
          .resideInAnyPackage(
              "ai.ratio1.heartbeat..", "ai.ratio1.apbft..", "ai.ratio1.oraclesync..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("ai.ratio1.wire.compat.."));

  @ArchTest
  static final ArchRule bundlesDoNotKnowPrograms =
      noClasses()
          .that(are(inBundles()))
          .should()
          .dependOnClassesThat(
              describe("belong to a program", c -> PROGRAMS.contains(roomOf(c.getPackageName()))));

  private static DescribedPredicate<JavaClass> inContracts() {
    return describe(
        "contracts",
        c -> c.getPackageName().matches("ai\\.ratio1\\.[a-z0-9]+") && !isLibraryOrProgram(c));
  }

  private static boolean isLibraryOrProgram(JavaClass type) {
    String room = roomOf(type.getPackageName());
    return PROGRAMS.contains(room)
        || Set.of("economy", "outcome", "wire", "settings", "storage", "features").contains(room);
  }

  private static DescribedPredicate<JavaClass> inBundles() {
    return describe(
        "bundles",
        c ->
            c.getPackageName().startsWith("ai.ratio1.")
                && !PROGRAMS.contains(roomOf(c.getPackageName())));
  }

  private static DescribedPredicate<JavaClass> are(DescribedPredicate<JavaClass> predicate) {
    return predicate;
  }

  private static DescribedPredicate<JavaClass> named(Class<?>... types) {
    Set<String> names = new java.util.HashSet<>();
    for (Class<?> type : types) {
      names.add(type.getName());
    }
    return describe("are " + names, c -> names.contains(c.getName()));
  }

  private static boolean isInternal(JavaClass type) {
    return type.getPackageName().startsWith("ai.ratio1.")
        && type.getPackageName().contains(".internal");
  }

  private static String room(JavaClass type) {
    return roomOf(type.getPackageName());
  }

  private static String roomOf(String packageName) {
    String[] parts = packageName.split("\\.", -1);
    return parts.length > 2 ? parts[2] : "";
  }
}

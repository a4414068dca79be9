package io.dislog.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * Which package may know which: crd, then objects and node beside each other, then the operator.
 */
class ArrowsTest {

  private static final String OPERATOR = "io.dislog.operator";
  private static final String CRD = OPERATOR + ".crd";
  private static final String OBJECTS = OPERATOR + ".objects";
  private static final String NODE = OPERATOR + ".node";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(OPERATOR);

  @Test
  void theResourcesTypesKnowNobody() {
    knowsNot(CRD, OPERATOR, OBJECTS, NODE);
  }

  @Test
  void objectsKnowNoNodes() {
    knowsNot(OBJECTS, OPERATOR, NODE);
  }

  @Test
  void nodesKnowNoObjects() {
    knowsNot(NODE, OPERATOR, OBJECTS);
  }

  @Test
  void nodesAreNotSpokenWithByTheClientOfKubernetes() {
    noClasses()
        .that()
        .resideInAPackage(NODE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..")
        .check(classes);
  }

  private void knowsNot(String who, String... whom) {
    noClasses()
        .that()
        .resideInAPackage(who)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(whom)
        .check(classes);
  }
}

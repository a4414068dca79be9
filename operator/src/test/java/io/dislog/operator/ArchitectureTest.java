package io.dislog.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may know which, and how much of it there may be. */
final class ArchitectureTest {

  private static final String OPERATOR = "io.dislog.operator";
  private static final int MOST_TYPES = 30;

  /** From the bottom; those of one line know nothing of each other. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("crd"),
          List.of("node", "objects"),
          List.of("observation"),
          List.of("plan", "sync", "claims"),
          List.of("status"));

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(OPERATOR);

  @TestFactory
  Stream<DynamicTest> noPackageKnowsThoseBesideOrAboveIt() {
    return FLOORS.stream()
        .flatMap(floor ->
            floor.stream()
                .map(name -> dynamicTest(name, () -> knowsNot(name, others(floor, name)))));
  }

  /** Whatever is not below a package, and the operator itself. */
  private static List<String> others(List<String> floor, String name) {
    return Stream.concat(
            Stream.of(OPERATOR),
            FLOORS.subList(FLOORS.indexOf(floor), FLOORS.size()).stream()
                .flatMap(List::stream)
                .filter(other -> !other.equals(name))
                .map(other -> OPERATOR + "." + other))
        .toList();
  }

  @Test
  void nodesAreNotAskedByTheClientOfKubernetes() {
    noClasses()
        .that()
        .resideInAPackage(OPERATOR + ".node")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..")
        .check(classes);
  }

  @Test
  void noPackageIsTooLarge() {
    Map<String, Long> types =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    types.values().removeIf(count -> count <= MOST_TYPES);
    assertThat(types).isEmpty();
  }

  private void knowsNot(String name, List<String> others) {
    noClasses()
        .that()
        .resideInAPackage(OPERATOR + "." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others.toArray(String[]::new))
        .check(classes);
  }
}

package io.dislog.operator;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom: objects of Kubernetes and what is said to nodes meet in the operator alone.
 */
final class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dislog.operator");

  @Test
  void arrowsPointDownwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("operator")
        .definedBy("io.dislog.operator")
        .layer("objects")
        .definedBy("io.dislog.operator.objects")
        .layer("node")
        .definedBy("io.dislog.operator.node")
        .layer("crd")
        .definedBy("io.dislog.operator.crd")
        .whereLayer("operator")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("objects")
        .mayOnlyBeAccessedByLayers("operator")
        .whereLayer("node")
        .mayOnlyBeAccessedByLayers("operator")
        .whereLayer("crd")
        .mayNotAccessAnyLayer()
        .check(CLASSES);
  }
}

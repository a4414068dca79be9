package io.dislog.operator.crd;

import static java.util.Objects.requireNonNull;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The resource definition, as it is generated from the types and as it is committed. Stateless. */
final class CrdFile implements CRDPostProcessor {

  static final Path COMMITTED =
      Path.of("..", "crds", "dislogclusters.dislog.io-v1.yml").toAbsolutePath().normalize();

  private static final List<String> COLUMNS =
      List.of("REPLICAS", "READY", "STORAGE", "USED", "RETENTION", "VERSION", "AGE");

  private CrdFile() {}

  /** Generates the definition into a folder. */
  static String generated(Path folder) throws IOException {
    new CRDGenerator()
        .customResourceClasses(DislogCluster.class)
        .withPostProcessor(new CrdFile())
        .inOutputDir(folder.toFile())
        .generate();
    return Files.readString(folder.resolve(COMMITTED.getFileName()));
  }

  /** Adds what no annotation says, and takes back what the generator does to records. */
  @Override
  public HasMetadata process(HasMetadata generated, String specVersion) {
    CustomResourceDefinition definition = (CustomResourceDefinition) generated;
    for (CustomResourceDefinitionVersion version : definition.getSpec().getVersions()) {
      version
          .getAdditionalPrinterColumns()
          .sort(
              Comparator.comparingInt(
                  (CustomResourceColumnDefinition column) -> COLUMNS.indexOf(column.getName())));
      JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
      JSONSchemaProps logs = member(root, "spec", "logs");
      logs.setMaxItems(500L);
      keyedBy("name", logs);
      member(root, "spec", "config").setMaxProperties(200L);
      keyedBy("type", member(root, "status", "conditions"));
      root.setRequired(List.of("spec"));
      sayRulesOnce(root);
    }
    return definition;
  }

  private static JSONSchemaProps member(JSONSchemaProps root, String... path) {
    JSONSchemaProps member = root;
    for (String name : path) {
      member = requireNonNull(member.getProperties().get(name));
    }
    return member;
  }

  /** So that the API server refuses a key that stands twice, and merges what two appliers say. */
  private static void keyedBy(String key, JSONSchemaProps list) {
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(List.of(key));
    JSONSchemaProps item = list.getItems().getSchema();
    if (!item.getRequired().contains(key)) {
      item.getRequired().add(key);
    }
  }

  /** Of a size's text: the API server adds up what rules may cost, and refuses too much. */
  private static final long MAX_SIZE_LENGTH = 20;

  /** An annotation of a record's component is its field's and its accessor's, and counts twice. */
  private static void sayRulesOnce(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())
        && !schema.getXKubernetesValidations().isEmpty()) {
      schema.setMaxLength(MAX_SIZE_LENGTH);
    }
    schema.getProperties().values().forEach(CrdFile::sayRulesOnce);
    if (schema.getItems() != null) {
      sayRulesOnce(schema.getItems().getSchema());
    }
  }
}

package io.dislog.operator.crd;

import static java.util.Objects.requireNonNull;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The resource definition, as it is generated from the types and as it is committed. Stateless. */
final class CrdFile implements CRDPostProcessor {

  static final Path COMMITTED =
      Path.of("..", "crds", "dislogclusters.dislog.io-v1.yml").toAbsolutePath().normalize();

  private static final List<String> COLUMNS =
      List.of("REPLICAS", "READY", "STORAGE", "USED", "RETENTION", "VERSION", "AGE");

  /**
   * By which tools that remove what is no longer in a folder leave the definition alone: all
   * clusters go with it. In the order of their names: the file is compared.
   */
  private static final Map<String, String> KEPT =
      new TreeMap<>(
          Map.of(
              "argocd.argoproj.io/sync-options", "Delete=false,Prune=false",
              "helm.sh/resource-policy", "keep",
              "kustomize.toolkit.fluxcd.io/prune", "disabled"));

  private static final long MAX_SIZE_LENGTH = 20;

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
    definition.getMetadata().setAnnotations(KEPT);
    for (CustomResourceDefinitionVersion version : definition.getSpec().getVersions()) {
      version
          .getAdditionalPrinterColumns()
          .sort(
              Comparator.comparingInt(
                  (CustomResourceColumnDefinition column) -> COLUMNS.indexOf(column.getName())));
      JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
      root.setDescription("Some nodes that are one Dislog: what is wanted, and what was seen.");
      root.setRequired(List.of("spec"));
      describe(root, "spec", "What is wanted. The operator makes it so, and keeps it so.");
      describe(root, "status", "What the operator saw last.");
      keyedBy(List.of("name"), member(root, "spec", "logs"));
      JSONSchemaProps log = member(root, "spec", "logs").getItems().getSchema();
      JSONSchemaProps expiresAt = member(log, "expiresAt");
      expiresAt.setFormat("date-time");
      expiresAt.setPattern(TraitRule.TIME);
      keyedBy(List.of("type"), member(root, "status", "conditions"));
      valuesOf(member(root, "spec", "config")).setMaxLength(Property.MAX_LENGTH);
      valuesOf(member(root, "spec", "pod", "labels")).setMaxLength(Label.MAX_LENGTH);
      valuesOf(member(root, "spec", "pod", "nodeSelector")).setMaxLength(Label.MAX_LENGTH);
      valuesOf(member(root, "spec", "pod", "annotations")).setMaxLength(Annotation.MAX_LENGTH);
      keyedBy(List.of("name"), member(root, "spec", "pod", "imagePullSecrets"));
      JSONSchemaProps spread = member(root, "spec", "pod", "topologySpreadConstraints");
      keyedBy(List.of("topologyKey", "whenUnsatisfiable"), spread);
      spread.getItems().getSchema().getRequired().add("maxSkew");
      for (String side : List.of("limits", "requests")) {
        JSONSchemaProps amounts = member(root, "spec", "resources", side);
        amounts.setMaxProperties(Amounts.MAX_KINDS);
        valuesOf(amounts).setMaxLength(Amounts.MAX_LENGTH);
      }
      correct(root);
      boundIntegers(member(root, "spec"));
      boundTexts(member(root, "spec", "pod"));
      allowNulls(member(root, "spec"));
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

  private static JSONSchemaProps valuesOf(JSONSchemaProps map) {
    return map.getAdditionalProperties().getSchema();
  }

  private static void describe(JSONSchemaProps root, String member, String description) {
    member(root, member).setDescription(description);
  }

  /** So that the API server refuses a key that stands twice, and merges what two appliers say. */
  private static void keyedBy(List<String> keys, JSONSchemaProps list) {
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(keys);
    JSONSchemaProps item = list.getItems().getSchema();
    keys.stream().filter(key -> !item.getRequired().contains(key)).forEach(item.getRequired()::add);
  }

  private static void correct(JSONSchemaProps schema) {
    List<ValidationRule> rules = schema.getXKubernetesValidations();
    // An annotation of a record's component is its field's and its accessor's, and counts twice.
    schema.setXKubernetesValidations(rules.stream().distinct().toList());
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString()) && !rules.isEmpty()) {
      // What a rule may cost is counted from the longest text it may meet, and too much is refused.
      schema.setMaxLength(MAX_SIZE_LENGTH);
    }
    children(schema).forEach(CrdFile::correct);
  }

  /**
   * What no Integer holds would be kept by the API server, and then not be read by the operator.
   */
  private static void boundIntegers(JSONSchemaProps schema) {
    if ("integer".equals(schema.getType()) && schema.getMaximum() == null) {
      schema.setMinimum((double) Integer.MIN_VALUE);
      schema.setMaximum((double) Integer.MAX_VALUE);
    }
    children(schema).forEach(CrdFile::boundIntegers);
  }

  /**
   * Says how long texts and lists of Kubernetes' own types may be: what is longer is refused in
   * words here, and not later, of an object that the user never wrote.
   */
  private static void boundTexts(JSONSchemaProps schema) {
    if ("string".equals(schema.getType()) && schema.getMaxLength() == null) {
      schema.setMaxLength(Scheduling.MAX_LENGTH);
    }
    if ("array".equals(schema.getType()) && schema.getMaxItems() == null) {
      schema.setMaxItems(Scheduling.MAX_ITEMS);
    }
    if (schema.getAdditionalProperties() != null) {
      if (schema.getMaxProperties() == null) {
        schema.setMaxProperties(Scheduling.MAX_ITEMS);
      }
      boundTexts(valuesOf(schema));
    }
    children(schema).forEach(CrdFile::boundTexts);
  }

  /**
   * Lets what need not be there be null as well. Where there is a default the API server puts it in
   * null's place by itself.
   */
  private static void allowNulls(JSONSchemaProps schema) {
    schema
        .getProperties()
        .forEach((name, member) -> {
          if (member.getDefault() == null && !schema.getRequired().contains(name)) {
            member.setNullable(true);
            // An enum never takes null; what it says is said by a rule.
            member.setEnum(List.of());
          }
        });
    children(schema).forEach(CrdFile::allowNulls);
  }

  private static Stream<JSONSchemaProps> children(JSONSchemaProps schema) {
    Stream<JSONSchemaProps> members = schema.getProperties().values().stream();
    return schema.getItems() == null
        ? members
        : Stream.concat(members, Stream.of(schema.getItems().getSchema()));
  }
}

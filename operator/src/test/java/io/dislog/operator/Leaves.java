package io.dislog.operator;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Each leaf of a schema with hostile values, and around each what must be there. Stateless. */
final class Leaves {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of(
          "", "a".repeat(400), "Upper And Blank", "ü☃", "no/slash/es", "-1", "a,b", "0", "a\nb");
  private static final List<Long> NUMBERS = List.of(-1L, 0L, 1L << 30, 1L << 31, Long.MAX_VALUE);

  private Leaves() {}

  /**
   * A leaf with a value.
   *
   * @param path of the leaf, for people
   * @param spec all of it
   */
  record Hostile(String path, ObjectNode spec) {}

  /** All of them. */
  static List<Hostile> hostile(JSONSchemaProps spec, ObjectNode least) {
    List<Hostile> all = new ArrayList<>();
    spec.getProperties()
        .forEach((name, member) ->
            walk(
                "spec." + name,
                member,
                value -> {
                  ObjectNode whole = least.deepCopy();
                  if (value instanceof ObjectNode object
                      && whole.get(name) instanceof ObjectNode there) {
                    there.setAll(object);
                  } else {
                    whole.set(name, value);
                  }
                  return whole;
                },
                hostile -> all.add(hostile)));
    return all;
  }

  private static void walk(
      String path, JSONSchemaProps schema, UnaryOperator<JsonNode> within, Consumer<Hostile> to) {
    Consumer<JsonNode> value =
        node -> to.accept(new Hostile(path, (ObjectNode) within.apply(node)));
    if (schema.getItems() != null) {
      JSONSchemaProps item = schema.getItems().getSchema();
      JsonNode filled = filled(item);
      value.accept(JSON.arrayNode().add(filled).add(filled.deepCopy()));
      ArrayNode many = JSON.arrayNode();
      for (int i = 0; i < 600; i++) {
        many.add(filled.deepCopy());
      }
      value.accept(many);
      walk(path + "[]", item, node -> within.apply(JSON.arrayNode().add(node)), to);
    } else if (schema.getAdditionalProperties() != null) {
      for (String key : TEXTS) {
        value.accept(JSON.objectNode().put(key, "1"));
        value.accept(JSON.objectNode().put("a", key));
      }
    } else if (!schema.getProperties().isEmpty()) {
      schema
          .getProperties()
          .forEach((name, member) ->
              walk(
                  path + "." + name,
                  member,
                  node -> {
                    ObjectNode object = (ObjectNode) filled(schema);
                    object.set(name, node);
                    return within.apply(object);
                  },
                  to));
    } else {
      TEXTS.forEach(text -> value.accept(JSON.textNode(text)));
      NUMBERS.forEach(number -> value.accept(JSON.numberNode(number)));
    }
  }

  /** The least that a schema takes, about. */
  private static JsonNode filled(JSONSchemaProps schema) {
    if (schema.getProperties().isEmpty()) {
      return "integer".equals(schema.getType()) ? JSON.numberNode(1) : JSON.textNode("a");
    }
    ObjectNode object = JSON.objectNode();
    for (String name : schema.getRequired()) {
      object.set(
          name,
          name.equals("whenUnsatisfiable")
              ? JSON.textNode("DoNotSchedule")
              : filled(requireNonNull(schema.getProperties().get(name))));
    }
    return object;
  }
}

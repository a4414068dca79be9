package io.dislog.operator.objects;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dislog.operator.crd.AuthSpec;
import io.dislog.operator.crd.RuleSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a resource as the service reads them: JSON, which is YAML. Stateless. */
final class RulesFile {

  static final String NAME = "rules.yaml";
  static final String PATH = NodeContainer.CONFIG_FOLDER + "/" + NAME;

  private static final ObjectMapper JSON = new ObjectMapper();

  private RulesFile() {}

  static String of(AuthSpec auth) {
    ObjectNode file = JSON.createObjectNode();
    ArrayNode rules = file.putArray("rules");
    List<RuleSpec> wanted = auth.rules();
    if (wanted != null) {
      wanted.forEach(rule -> add(rules.addObject(), rule));
    }
    return file.toPrettyString() + "\n";
  }

  private static void add(ObjectNode to, RuleSpec rule) {
    put(to, "who", rule.who());
    put(to, "may", rule.may());
    put(to, "logs", rule.logs());
    put(to, "consumers", rule.consumers());
  }

  private static void put(ObjectNode to, String member, @Nullable List<String> values) {
    if (values != null) {
      values.forEach(to.withArray(member)::add);
    }
  }
}

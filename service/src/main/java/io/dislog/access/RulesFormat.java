package io.dislog.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The file of rules, in YAML. It is read to the letter: what is not understood would otherwise be a
 * rule that says less, or more, than its author meant.
 *
 * <pre>
 * rules:
 *   - who: ["system:serviceaccount:shop:till", "cert:till-4"]
 *     may: [append, consume]
 *     logs: ["orders", "shop-*", "stream:shop/*"]
 *     consumers: ["till-*"]
 * </pre>
 */
public final class RulesFormat {

  private static final String RULES = "rules";
  private static final String WHO = "who";
  private static final String MAY = "may";
  private static final String LOGS = "logs";
  private static final String CONSUMERS = "consumers";
  private static final Set<String> MEMBERS = Set.of(WHO, MAY, LOGS, CONSUMERS);

  private static final ObjectReader YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private RulesFormat() {}

  /**
   * Reads rules.
   *
   * @throws RulesException that says what can't be understood, and in which rule
   */
  public static Rules parse(String text) {
    JsonNode document = document(text);
    checkMembers(document, Set.of(RULES), "the file");
    JsonNode listed = document.path(RULES);
    if (!listed.isArray()) {
      throw new RulesException("the file has no list 'rules'");
    }
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : listed) {
      String where = "rule " + (rules.size() + 1);
      try {
        rules.add(rule(rule));
      } catch (RulesException e) {
        throw new RulesException(where + ": " + e.getMessage());
      }
    }
    return new Rules(rules);
  }

  private static JsonNode document(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null ? "" : " at line %d".formatted(e.getLocation().getLineNr());
      throw new RulesException("it is not YAML" + where);
    }
  }

  private static Rule rule(JsonNode rule) {
    checkMembers(rule, MEMBERS, "it");
    List<LogPattern> logs = list(rule, LOGS, LogPattern::parse);
    List<NamePattern> consumers = list(rule, CONSUMERS, NamePattern::parse);
    List<Right> rights = required(list(rule, MAY, RulesFormat::right), MAY);
    boolean isForAdminAlone = rights.stream().allMatch(right -> right == Right.ADMIN);
    if (logs == null && !isForAdminAlone) {
      throw new RulesException("it names no logs");
    }
    Rights may = Rights.NONE;
    for (Right right : rights) {
      may = may.with(right);
    }
    return new Rule(
        new LinkedHashSet<>(required(list(rule, WHO, RulesFormat::name), WHO)),
        may,
        logs == null ? List.of() : logs,
        consumers);
  }

  private static Right right(String text) {
    Right right = Right.of(text);
    if (right == null) {
      throw new RulesException("'%s' is no right".formatted(text));
    }
    return right;
  }

  private static String name(String text) {
    if (text.isBlank()) {
      throw new RulesException("a name is empty");
    }
    return text;
  }

  private static void checkMembers(JsonNode object, Set<String> known, String what) {
    if (!object.isObject()) {
      throw new RulesException(what + " is not an object");
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!known.contains(member.getKey())) {
        throw new RulesException("there is no member '%s'".formatted(member.getKey()));
      }
    }
  }

  private static <T> List<T> required(@Nullable List<T> list, String member) {
    if (list == null) {
      throw new RulesException("'%s' is missing".formatted(member));
    }
    return list;
  }

  /** A member's strings, at least one; null where it is absent. */
  private static <T> @Nullable List<T> list(
      JsonNode rule, String member, Function<String, T> parse) {
    JsonNode listed = rule.get(member);
    if (listed == null) {
      return null;
    }
    if (!listed.isArray() || listed.isEmpty()) {
      throw new RulesException("'%s' is not a list of names".formatted(member));
    }
    List<T> parsed = new ArrayList<>();
    for (JsonNode element : listed) {
      if (!element.isTextual()) {
        throw new RulesException("'%s' is not a list of names".formatted(member));
      }
      parsed.add(parse.apply(element.textValue()));
    }
    return List.copyOf(parsed);
  }
}

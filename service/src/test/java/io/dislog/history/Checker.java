package io.dislog.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Judges a whole history. */
public final class Checker {

  private Checker() {}

  /**
   * What is wrong, if anything.
   *
   * @param operations all that clients did, in any order
   * @param finals every log as every node shows it when all is over and no call is under way
   */
  public static List<Finding> check(Collection<Operation> operations, Collection<FinalLog> finals) {
    Findings findings = new Findings();
    Map<String, List<Operation>> byLog =
        operations.stream().collect(Collectors.groupingBy(each -> each.call().log()));
    Map<String, List<FinalLog>> finalsByLog = new LinkedHashMap<>();
    for (FinalLog log : finals) {
      finalsByLog.computeIfAbsent(log.log(), name -> new ArrayList<>()).add(log);
    }
    for (String name : byLog.keySet()) {
      if (!finalsByLog.containsKey(name)) {
        findings.add(Kind.LOST, name, "the log is gone");
      }
    }
    Ancestry ancestry = new Ancestry(byLog, finalsByLog);
    finalsByLog.forEach((name, ofNodes) -> {
      compareNodes(ofNodes, findings);
      Evidence evidence = new Evidence(ofNodes.getFirst(), ancestry.operations(name));
      new LogCheck(evidence, findings).run();
      new AppendCheck(evidence, findings).run();
      new ReadCheck(evidence, findings).run();
      new RegisterCheck(evidence, findings).run();
      new CloseCheck(evidence, findings).run();
      new ForkCheck(evidence, ancestry, findings).run();
    });
    return List.copyOf(findings.all());
  }

  private static void compareNodes(List<FinalLog> ofNodes, Findings findings) {
    FinalLog one = ofNodes.getFirst();
    for (FinalLog other : ofNodes.subList(1, ofNodes.size())) {
      if (!one.isSameAs(other)) {
        List<Entry> different = new ArrayList<>(other.entries());
        different.removeAll(new HashSet<>(one.entries()));
        findings.add(
            Kind.NODES_DIFFER,
            one.log(),
            "%s has %d to %d%s, %s has %d to %d%s; the latter alone has %d records%s"
                .formatted(
                    one.node(),
                    one.earliest(),
                    one.end(),
                    one.closed() ? ", closed" : "",
                    other.node(),
                    other.earliest(),
                    other.end(),
                    other.closed() ? ", closed" : "",
                    different.size(),
                    different.isEmpty() ? "" : ", the first " + different.getFirst()));
      }
    }
  }
}

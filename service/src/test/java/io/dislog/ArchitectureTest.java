package io.dislog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may know which. A new package gets its sentence here. */
final class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dislog");

  private static final JavaClasses MAIN_AND_TESTS =
      new ClassFileImporter().importPackages("io.dislog");

  /** From the bottom: a package, and those that it knows besides the JDK. */
  private static final String PACKAGES =
      """
      api:
      access:
      access.tls:
      access.node: access.tls
      access.token:
      disk:
      journal: disk
      log: disk journal
      retention: api disk log
      command: api log retention
      state: api journal log retention command
      shard: api disk journal log retention command state
      commit: access.node api disk log retention command state shard
      raft.base: command state shard commit
      raft.vote: disk raft.base
      raft.transport: access.node access.tls
      raft.rpc: access.node api disk log command shard commit raft.base raft.vote raft.transport
      raft.replica: disk log command state shard commit raft.base raft.rpc
      raft.group: access.node disk log retention command state shard commit raft.base raft.vote raft.rpc raft.replica
      raft.node: access.node disk command shard commit raft.base raft.vote raft.rpc raft.replica raft.group
      """;

  /** The packages of HTTP, from the bottom: none knows those after it. */
  private static final List<String> HTTP =
      List.of(
          "notation",
          "config",
          "exchange",
          "format",
          "server",
          "access",
          "cluster",
          "stream",
          "api");

  private static final int MOST_TYPES = 30;

  @TestFactory
  Stream<DynamicTest> everyPackageKnowsThoseBelowIt() {
    return PACKAGES
        .lines()
        .map(line -> line.split(":"))
        .map(line -> dynamicTest(line[0], () -> onlyKnows("io.dislog." + line[0], known(line))));
  }

  private static List<String> known(String[] line) {
    return Stream.concat(
            line.length == 1
                ? Stream.of()
                : Stream.of(line[1].strip().split(" ")).map("io.dislog."::concat),
            libraries(line[0]))
        .toList();
  }

  private static Stream<String> libraries(String own) {
    return switch (own) {
      case "api", "access" -> Stream.of("com.fasterxml.jackson..");
      case "raft.transport" -> Stream.of("jdk.net", "javax.net.ssl", "tlschannel..");
      case "access.tls" -> Stream.of("javax.net.ssl");
      case "access.token" -> Stream.of("com.fasterxml.jackson..", "org.jose4j..", "javax.net.ssl");
      default -> own.startsWith("raft.") ? Stream.of("org.apache.ratis..") : Stream.of();
    };
  }

  @TestFactory
  Stream<DynamicTest> noPackageOfHttpKnowsThoseAfterIt() {
    return HTTP.stream()
        .map(name ->
            dynamicTest(
                name,
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage("io.dislog.http." + name)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                            HTTP.subList(HTTP.indexOf(name) + 1, HTTP.size()).stream()
                                .map("io.dislog.http."::concat)
                                .toArray(String[]::new))
                        .check(MAIN)));
  }

  @Test
  void noPackageIsTooLarge() {
    Map<String, Long> types =
        MAIN.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    types.values().removeIf(count -> count <= MOST_TYPES);
    assertThat(types).isEmpty();
  }

  @Test
  void theWireKnowsNettyAndVertx() {
    onlyKnows("io.dislog.wire", List.of("io.netty..", "io.vertx.core.."));
  }

  @Test
  void nothingButRaftKnowsRatis() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dislog.raft..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.ratis..")
        .check(MAIN);
  }

  /** It hands the request to a thread and waits: 3.5 times slower than the division itself. */
  @Test
  void nothingIsSubmittedThroughTheRaftServer() {
    noClasses()
        .should()
        .callMethod(RaftServer.class, "submitClientRequestAsync", RaftClientRequest.class)
        .check(MAIN);
  }

  @Test
  void nothingKnowsHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dislog.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.dislog.http..")
        .check(MAIN);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.dislog.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(MAIN.stream().map(JavaClass::getPackage).distinct())
        .allMatch(javaPackage -> javaPackage.isAnnotatedWith(NullMarked.class));
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching("(.*[.$])?(Abstract[A-Z]\\w*|\\w*(Utils?|Manager|Helper|Impl))")
        .check(MAIN_AND_TESTS);
  }

  private static void onlyKnows(String own, List<String> others) {
    List<String> known = new ArrayList<>(others);
    known.addAll(List.of(own, "java..", "javax.crypto..", "org.jspecify.annotations"));
    classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(known.toArray(String[]::new))
        .check(MAIN);
  }
}

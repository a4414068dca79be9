package io.dislog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Which package may know which. A new package gets its sentence here. */
final class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dislog");

  private static final JavaClasses MAIN_AND_TESTS =
      new ClassFileImporter().importPackages("io.dislog");

  @Test
  void theLogKnowsTheJdkOnly() {
    onlyKnows("io.dislog.log");
  }

  @Test
  void shardsKnowTheLog() {
    onlyKnows("io.dislog.shard", "io.dislog.log");
  }

  @Test
  void commitKnowsShardsAndTheLog() {
    onlyKnows("io.dislog.commit", "io.dislog.shard", "io.dislog.log");
  }

  @Test
  void raftKnowsCommitShardsTheLogAndRatis() {
    onlyKnows(
        "io.dislog.raft",
        "io.dislog.commit",
        "io.dislog.shard",
        "io.dislog.log",
        "org.apache.ratis..");
  }

  @Test
  void theWireKnowsNettyAndVertx() {
    onlyKnows("io.dislog.wire", "io.netty..", "io.vertx.core..");
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
    slices().matching("io.dislog.(*)..").should().beFreeOfCycles().check(MAIN);
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

  private static void onlyKnows(String own, String... others) {
    List<String> known = new ArrayList<>(List.of(others));
    known.addAll(List.of(own, "java..", "org.jspecify.annotations"));
    classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(known.toArray(String[]::new))
        .check(MAIN);
  }
}

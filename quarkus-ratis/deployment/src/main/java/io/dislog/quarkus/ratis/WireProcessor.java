package io.dislog.quarkus.ratis;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ApplicationIndexBuildItem;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/** What goes from node to node, other than by code that knows it. Without state. */
final class WireProcessor {

  private static final String RATIS = "org.apache.ratis.";

  /** Its libraries. Their exceptions are not sent: gRPC's can't be serialized on a JVM either. */
  private static final String SHADED = RATIS + "thirdparty.";

  private static final DotName MESSAGE = protobuf("GeneratedMessageV3");
  private static final DotName BUILDER = protobuf("GeneratedMessageV3$Builder");
  private static final DotName ENUMERATION = protobuf("ProtocolMessageEnum");

  /**
   * Ratis sends what went wrong as a serialized exception, causes and traces included, and makes
   * others anew by name and message. Which ones come is not known before, and one that can't be
   * written would take the answer with it: so all that the JDK has, Ratis and the application.
   */
  @BuildStep(onlyIf = NativeBuild.class)
  void throwables(
      CombinedIndexBuildItem combined,
      ApplicationIndexBuildItem application,
      BuildProducer<ReflectiveClassBuildItem> classes)
      throws IOException {
    Throwables throwables = new Throwables(combined.getIndex());
    List<ClassInfo> ratis =
        combined.getIndex().getKnownClasses().stream()
            .filter(type -> type.name().toString().startsWith(RATIS))
            .filter(type -> !type.name().toString().startsWith(SHADED))
            .toList();
    classes.produce(sent(throwables.ofJdk()));
    classes.produce(sent(throwables.among(ratis)));
    classes.produce(sent(throwables.among(application.getIndex().getKnownClasses())));
  }

  private static ReflectiveClassBuildItem sent(List<String> throwables) {
    return ReflectiveClassBuildItem.builder(throwables)
        .constructors()
        .serialization()
        .reason("Ratis sends exceptions to other nodes")
        .build();
  }

  /** What is within such an exception. */
  @BuildStep
  void parts(BuildProducer<ReflectiveClassBuildItem> classes) {
    classes.produce(
        ReflectiveClassBuildItem.builder(
                "java.lang.Enum",
                "java.lang.Integer",
                "java.lang.Long",
                "java.lang.Number",
                "java.lang.StackTraceElement",
                "java.lang.StackTraceElement[]",
                "java.lang.String",
                "java.util.ArrayList",
                "java.util.Collections$EmptyList",
                "java.util.Collections$UnmodifiableCollection",
                "java.util.Collections$UnmodifiableList",
                "java.util.Collections$UnmodifiableRandomAccessList")
            .serialization()
            .reason("it is part of an exception that Ratis sends to other nodes")
            .build());
  }

  /**
   * Protobuf writes a message as text by calling methods of it, of its builder and of enumerations,
   * which it finds by name. Ratis does so in answers to other nodes, too.
   */
  @BuildStep(onlyIf = NativeBuild.class)
  void messages(CombinedIndexBuildItem combined, BuildProducer<ReflectiveClassBuildItem> classes) {
    IndexView index = combined.getIndex();
    classes.produce(calledByName(index.getAllKnownSubclasses(MESSAGE)));
    classes.produce(calledByName(index.getAllKnownSubclasses(BUILDER)));
    classes.produce(calledByName(index.getAllKnownImplementations(ENUMERATION)));
  }

  private static ReflectiveClassBuildItem calledByName(Collection<ClassInfo> types) {
    return ReflectiveClassBuildItem.builder(
            types.stream()
                .map(type -> type.name().toString())
                .filter(name -> !name.startsWith(SHADED))
                .sorted()
                .toList())
        .methods()
        .reason("protobuf calls its methods by name")
        .build();
  }

  private static DotName protobuf(String type) {
    return DotName.createSimple(SHADED + "com.google.protobuf." + type);
  }
}

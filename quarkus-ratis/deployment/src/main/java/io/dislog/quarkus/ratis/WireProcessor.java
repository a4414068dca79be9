package io.dislog.quarkus.ratis;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import java.util.Collection;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/** The messages that go from node to node. Without state. */
final class WireProcessor {

  private static final DotName MESSAGE = protobuf("GeneratedMessageV3");
  private static final DotName BUILDER = protobuf("GeneratedMessageV3$Builder");
  private static final DotName ENUMERATION = protobuf("ProtocolMessageEnum");

  /**
   * Protobuf writes a message as text by calling methods of it, of its builder and of enumerations,
   * which it finds by name. Ratis has it do so for what it logs, also where nothing is logged.
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
            types.stream().map(type -> type.name().toString()).sorted().toList())
        .methods()
        .reason("protobuf calls its methods by name")
        .build();
  }

  private static DotName protobuf(String type) {
    return DotName.createSimple("org.apache.ratis.thirdparty.com.google.protobuf." + type);
  }
}

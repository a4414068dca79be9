package io.dislog.quarkus.ratis;

import io.quarkus.deployment.builditem.ApplicationIndexBuildItem;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.IndexDependencyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.jboss.jandex.CompositeIndex;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Indexer;

/** All that the build steps tell the compiler, of the Ratis that the tests have. Immutable. */
record Told(
    List<ReflectiveClassBuildItem> classes,
    List<ServiceProviderBuildItem> services,
    List<NativeImageResourceBuildItem> resources) {

  static Told ofRatis() throws IOException {
    Told told = new Told(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Index application = Index.of(Carrier.class, Told.class);
    IndexView all = CompositeIndex.create(ratis(), application);
    CombinedIndexBuildItem combined = new CombinedIndexBuildItem(all, all);
    told.askRatis(application);
    new WireProcessor().messages(combined, told.classes::add);
    return told;
  }

  /** The classes that are told of with a reason. */
  List<String> named(String reason) {
    return classes.stream()
        .filter(item -> item.getReason().equals(reason))
        .flatMap(item -> item.getClassNames().stream())
        .toList();
  }

  private void askRatis(Index application) {
    RatisProcessor ratis = new RatisProcessor();
    ratis.transports(new ApplicationIndexBuildItem(application), classes::add);
    ratis.implementations(classes::add);
    ratis.services(services::add);
    resources.add(ratis.resources());
  }

  /** Of the jars that Quarkus is asked to index. */
  private static IndexView ratis() throws IOException {
    List<IndexDependencyBuildItem> dependencies = new ArrayList<>();
    new RatisProcessor().index(dependencies::add);
    Indexer indexer = new Indexer();
    for (IndexDependencyBuildItem dependency : dependencies) {
      try (JarFile jar = new JarFile(jarOf(dependency.getArtifactId()).toFile())) {
        for (JarEntry entry : Collections.list(jar.entries())) {
          if (entry.getName().endsWith(".class")) {
            indexer.index(jar.getInputStream(entry));
          }
        }
      }
    }
    return indexer.complete();
  }

  private static Path jarOf(String artifact) {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .map(Path::of)
        .filter(entry -> entry.getFileName().toString().matches(artifact + "-\\d.*"))
        .findFirst()
        .orElseThrow();
  }

  /** A transport of an application. */
  static final class Carrier implements RpcType {
    @Override
    public String name() {
      return Carrier.class.getName();
    }

    @Override
    public RpcFactory newFactory(Parameters parameters) {
      throw new UnsupportedOperationException();
    }
  }
}

package io.dislog.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The names of {@link FaultyDisk}: where each file and folder stands, and where it would stand
 * after a power cut. A folder is a node without a file. Used under the disk's lock.
 */
final class MemoryTree {

  private final List<Node> nodes = new ArrayList<>();
  private final Node root = new Node(null);

  @Nullable MemoryFile find(Path path) {
    Node node = node(path);
    return node == null ? null : node.file;
  }

  boolean exists(Path path) {
    return node(path) != null;
  }

  MemoryFile existing(Path path) throws IOException {
    MemoryFile file = find(path);
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return file;
  }

  MemoryFile create(Path path) throws IOException {
    MemoryFile file = new MemoryFile();
    place(new Node(file), path);
    return file;
  }

  /** Puts a file in place durably, whatever was there. */
  void store(Path path, MemoryFile file) throws IOException {
    createFolders(parent(path));
    Node there = node(path);
    if (there != null) {
      remove(there);
    }
    place(new Node(file), path);
    nodes.forEach(node -> node.stored = node.shown);
  }

  List<String> list(Path folder) throws IOException {
    return List.copyOf(folder(folder).names.keySet());
  }

  void createFolders(Path path) throws IOException {
    if (node(path) == null) {
      createFolders(parent(path));
      place(new Node(null), path);
    }
  }

  /** A file at the new name goes; a power cut may leave neither, which is more than a disk does. */
  void rename(Path from, Path to) throws IOException {
    Node node = node(from);
    if (node == null) {
      throw new NoSuchFileException(from.toString());
    }
    Node before = node(to);
    if (before != null && before.file != null) {
      remove(before);
    }
    remove(node);
    place(node, to);
  }

  /** The same file under two names. */
  void link(Path file, Path name) throws IOException {
    place(new Node(existing(file)), name);
  }

  /** How many names a file has. */
  int names(Path path) throws IOException {
    MemoryFile file = existing(path);
    return (int) nodes.stream().filter(node -> node.file == file && node.shown != null).count();
  }

  void delete(Path path) throws IOException {
    Node node = node(path);
    if (node != null) {
      if (!node.names.isEmpty()) {
        throw new IOException("the folder is not empty: " + path);
      }
      remove(node);
    }
  }

  /** Makes a folder's names durable; a rename into or out of it at both its ends. */
  void force(Path path) throws IOException {
    Node folder = folder(path);
    for (Node node : nodes) {
      if (isIn(node.shown, folder) || isIn(node.stored, folder)) {
        node.stored = node.shown;
      }
    }
    nodes.removeIf(node -> node.shown == null && node.stored == null);
  }

  /** What a power cut leaves: of the names that were not forced none, all, or any. */
  MemoryTree afterPowerCut(Random random) {
    int mode = random.nextInt(4);
    Map<Node, Map<String, Node>> left = new HashMap<>();
    for (Node node : nodes) {
      boolean changed = mode == 1 || (mode > 1 && random.nextBoolean());
      Place place = changed ? node.shown : node.stored;
      if (place != null) {
        left.computeIfAbsent(place.folder, any -> new TreeMap<>())
            .merge(place.name, node, (a, b) -> place.equals(b.shown) ? b : a);
      }
    }
    MemoryTree tree = new MemoryTree();
    tree.rebuild(tree.root, left.getOrDefault(root, Map.of()), left, random);
    return tree;
  }

  List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Node node : nodes) {
      if (node.file != null && node.shown != null) {
        files.add(path(node));
      }
    }
    files.sort(null);
    return files;
  }

  private static Path path(Node node) {
    Place place = node.shown;
    return place == null ? Path.of("/") : path(place.folder).resolve(place.name);
  }

  private void rebuild(
      Node folder, Map<String, Node> names, Map<Node, Map<String, Node>> left, Random random) {
    names.forEach((name, was) -> {
      Node node = new Node(was.file == null ? null : was.file.afterPowerCut(random));
      node.shown = new Place(folder, name);
      node.stored = node.shown;
      folder.names.put(name, node);
      nodes.add(node);
      rebuild(node, left.getOrDefault(was, Map.of()), left, random);
    });
  }

  private void place(Node node, Path path) throws IOException {
    Node folder = folder(parent(path));
    String name = path.getFileName().toString();
    if (folder.names.putIfAbsent(name, node) != null) {
      throw new FileAlreadyExistsException(path.toString());
    }
    node.shown = new Place(folder, name);
    if (!nodes.contains(node)) {
      nodes.add(node);
    }
  }

  private static void remove(Node node) {
    Place place = node.shown;
    if (place != null) {
      place.folder.names.remove(place.name);
      node.shown = null;
    }
  }

  private Node folder(Path path) throws IOException {
    Node node = node(path);
    if (node == null || node.file != null) {
      throw new NoSuchFileException(path.toString());
    }
    return node;
  }

  private @Nullable Node node(Path path) {
    Node node = root;
    for (Path name : path.toAbsolutePath()) {
      node = node.names.get(name.toString());
      if (node == null) {
        return null;
      }
    }
    return node;
  }

  static Path parent(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path : parent;
  }

  private static boolean isIn(@Nullable Place place, Node folder) {
    return place != null && place.folder == folder;
  }

  /** A file or a folder; equal to itself alone. */
  private static final class Node {
    final @Nullable MemoryFile file;
    final Map<String, Node> names = new TreeMap<>();
    @Nullable Place shown;
    @Nullable Place stored;

    Node(@Nullable MemoryFile file) {
      this.file = file;
    }
  }

  private record Place(Node folder, String name) {}
}

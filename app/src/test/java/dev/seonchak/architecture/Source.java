package dev.seonchak.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * One source file, as far as the compiler reads it before it looks at what it means.
 *
 * @param inside the package it stands in
 * @param isDocumented of a package or a top-level type that is public: begins with a sentence
 */
record Source(
    Path file,
    String inside,
    String text,
    boolean isDocumented,
    List<Type> types,
    List<Method> methods) {
  /** A top-level type with its length. */
  record Type(String name, int lines) {}

  /**
   * A method or constructor with its length.
   *
   * @param parameters of a constructor, 0 of a method; a record's are its data and not counted
   */
  record Method(String name, int lines, int parameters) {}

  /** The module below a root, empty for the root itself. */
  String module(String root) {
    return inside.length() <= root.length()
        ? ""
        : inside.substring(root.length() + 1).split("\\.", 2)[0];
  }

  /** Whether it is part of the simulator, which plays another company with rows of its own. */
  boolean isOtherSide() {
    return inside.endsWith(".simulator");
  }

  static List<Source> below(Path folder) {
    try (var files = Files.walk(folder)) {
      return read(files.filter(file -> file.toString().endsWith(".java")).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Source> read(List<Path> files) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
      var trees = DocTrees.instance(task);
      var sources = new ArrayList<Source>();
      for (var unit : task.parse()) {
        sources.add(new Reader(trees, unit).source());
      }
      return sources;
    }
  }

  /** Walks through one file. */
  private static final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocTrees trees;
    private final CompilationUnitTree unit;
    private final List<Type> types = new ArrayList<>();
    private final List<Method> methods = new ArrayList<>();
    private boolean isDocumented = true;

    Reader(DocTrees trees, CompilationUnitTree unit) {
      this.trees = trees;
      this.unit = unit;
    }

    Source source() throws IOException {
      scan(new TreePath(unit), null);
      var file = Path.of(unit.getSourceFile().toUri());
      if (types.isEmpty()) {
        // The comment of a package stands before its annotations.
        isDocumented = begins(trees.getDocCommentTree(TreePath.getPath(unit, unit.getPackage())));
      }
      var inside = unit.getPackageName().toString();
      return new Source(file, inside, Files.readString(file), isDocumented, types, methods);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
      if (getCurrentPath().getParentPath().getLeaf().equals(unit)) {
        types.add(new Type(type.getSimpleName().toString(), lines(type)));
        isDocumented &=
            !type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                || begins(trees.getDocCommentTree(getCurrentPath()));
      }
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
      var type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
      var counts = method.getReturnType() == null && type.getKind() != Tree.Kind.RECORD;
      methods.add(
          new Method(
              type.getSimpleName() + "." + method.getName(),
              lines(method),
              counts ? method.getParameters().size() : 0));
      return super.visitMethod(method, null);
    }

    private int lines(Tree tree) {
      var positions = trees.getSourcePositions();
      var lines = unit.getLineMap();
      var from = positions.getStartPosition(unit, tree);
      var to = positions.getEndPosition(unit, tree);
      return from < 0 || to < 0
          ? 0
          : (int) (lines.getLineNumber(to) - lines.getLineNumber(from) + 1);
    }

    private static boolean begins(@Nullable DocCommentTree comment) {
      return comment != null && comment.getFullBody().toString().contains(".");
    }
  }
}

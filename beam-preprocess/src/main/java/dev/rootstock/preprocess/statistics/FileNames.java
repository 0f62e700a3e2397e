package dev.rootstock.preprocess.statistics;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.PinnedFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people call the files of a corpus: the path below the folder that a source's pattern begins
 * from, or, where two sources would then call different files alike, the path as it was given.
 * Immutable.
 */
public final class FileNames {
  /** Leaves every origin as it is. */
  public static final FileNames NONE = new FileNames(Map.of());

  private static final Pattern ORIGIN = Pattern.compile("\\b[0-9a-f]{12}(\\+\\d+)?#\\d+");
  private static final int BRIEF = 12; // characters of a sum in an origin

  private final Map<String, String> names; // by sum, and by source and sum: 0/0123456789ab

  private FileNames(Map<String, String> names) {
    this.names = names;
  }

  /** One file, as seen by one source. */
  private record Seen(String key, URI place, String below, String given) {}

  public static FileNames of(CorpusListing corpus) {
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < corpus.sources().size(); i++) {
      seen.addAll(seen(i, corpus.sources().get(i)));
    }
    Map<String, URI> places = new HashMap<>();
    boolean clash = false;
    for (Seen file : seen) {
      URI before = places.putIfAbsent(file.below(), file.place());
      clash |= before != null && !before.equals(file.place());
    }
    Map<String, String> names = new HashMap<>();
    for (Seen file : seen) {
      String name = clash ? file.given() : file.below();
      names.putIfAbsent(file.key(), name);
      names.putIfAbsent(file.key().substring(file.key().indexOf('/') + 1), name);
    }
    return new FileNames(names);
  }

  private static List<Seen> seen(int index, CorpusListing.ListedSource source) {
    String root = root(source.path());
    String folder = folder(root, source.files());
    List<Seen> seen = new ArrayList<>();
    Map<String, Integer> copies = new HashMap<>();
    for (PinnedFile file : source.files()) {
      String place = place(file.uri());
      boolean itself = place.equals(folder);
      String below = place.substring(itself ? place.lastIndexOf('/') + 1 : folder.length());
      below = below.startsWith("/") ? below.substring(1) : below;
      String given = itself ? root : root.isEmpty() ? below : root + "/" + below;
      int copy = copies.merge(file.sha256(), 1, Integer::sum) - 1;
      String brief = file.sha256().substring(0, BRIEF) + (copy > 0 ? "+" + copy : "");
      seen.add(new Seen(index + "/" + brief, file.uri(), below, given));
    }
    return seen;
  }

  /** What stands before a pattern's first wildcard's folder, or the whole. */
  private static String root(String pattern) {
    String plain = pattern.replaceFirst("^file://", "");
    for (int i = 0; i < plain.length(); i++) {
      if ("*?[{".indexOf(plain.charAt(i)) >= 0) {
        int slash = plain.lastIndexOf('/', i);
        return slash < 0 ? "" : plain.substring(0, slash);
      }
    }
    return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
  }

  private static String place(URI uri) {
    return "file".equals(uri.getScheme())
        ? Path.of(uri).toString().replace('\\', '/')
        : uri.toString();
  }

  /**
   * What the names leave out: the root, or what all places have in common where a relative root was
   * meant of another folder.
   */
  private static String folder(String root, List<PinnedFile> files) {
    String folder =
        root.startsWith("s3://")
            ? root
            : Path.of(root).toAbsolutePath().normalize().toString().replace('\\', '/');
    List<String> places = files.stream().map(file -> place(file.uri())).toList();
    if (places.stream().allMatch(place -> place.equals(folder) || place.startsWith(folder + "/"))) {
      return folder;
    }
    String common = places.get(0).substring(0, places.get(0).lastIndexOf('/'));
    for (String place : places) {
      while (!place.startsWith(common + "/")) {
        common = common.substring(0, Math.max(0, common.lastIndexOf('/')));
      }
    }
    return common;
  }

  /** Words with the origins in them replaced: what a rule says of a document's twin. */
  public String inWords(String words) {
    return ORIGIN.matcher(words).replaceAll(found -> Matcher.quoteReplacement(of(found.group())));
  }

  /**
   * {@code news/a.txt#17} for {@code 0123456789ab#17}, as a source saw it; what is not known stays
   * as it is.
   */
  public String of(int source, String origin) {
    int hash = origin.lastIndexOf('#');
    String name = hash < 0 ? null : names.get(source + "/" + origin.substring(0, hash));
    return name == null ? of(origin) : name + origin.substring(hash);
  }

  /** The same of an origin whose source is not known. */
  public String of(String origin) {
    int hash = origin.lastIndexOf('#');
    String name = hash < 0 ? null : names.get(origin.substring(0, hash));
    return name == null ? origin : name + origin.substring(hash);
  }
}

package dev.rootstock.activities.registry;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Series;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Names for models, as numbered entries in a store. Thread- and process-safe. */
public record ModelRegistry(ArtifactStore store) {
  private static final String HOME = "models/";

  /** All names, sorted. */
  public List<String> names() throws IOException {
    return store.list(HOME).stream()
        .map(key -> key.substring(HOME.length()))
        .filter(key -> key.contains("/versions/"))
        .map(key -> key.substring(0, key.indexOf('/')))
        .distinct()
        .toList();
  }

  /** All versions of a name, oldest first. */
  public List<ModelVersion> versions(String name) throws IOException {
    return versionSeries(name).all().stream().map(Series.Entry::value).toList();
  }

  /** The aliases of a name and what they point to now, sorted. */
  public Map<String, AliasEntry> aliases(String name) throws IOException {
    String home = HOME + name + "/aliases/";
    Map<String, AliasEntry> aliases = new TreeMap<>();
    for (String key : store.list(home)) {
      String alias = key.substring(home.length(), key.lastIndexOf('/'));
      if (!aliases.containsKey(alias)) {
        aliases.put(alias, aliasSeries(name, alias).latest().orElseThrow().value());
      }
    }
    return aliases;
  }

  /** All that an alias ever pointed to, oldest first. */
  public List<AliasEntry> history(String name, String alias) throws IOException {
    return aliasSeries(name, alias).all().stream().map(Series.Entry::value).toList();
  }

  /** What {@code NAME@ALIAS} or {@code NAME@3} is; a bare {@code NAME} is its newest version. */
  public Optional<ModelVersion> find(String reference) throws IOException {
    int at = reference.indexOf('@');
    String name = at < 0 ? reference : reference.substring(0, at);
    String which = at < 0 ? "" : reference.substring(at + 1);
    if (!named(name) || (at >= 0 && !named(which))) {
      return Optional.empty();
    }
    if (which.isEmpty()) {
      return versionSeries(name).latest().map(Series.Entry::value);
    }
    if (which.matches("\\d{1,9}")) {
      return versionSeries(name).find(Long.parseLong(which));
    }
    Optional<Series.Entry<AliasEntry>> alias = aliasSeries(name, which).latest();
    return alias.isEmpty()
        ? Optional.empty()
        : versionSeries(name).find(alias.get().value().version());
  }

  /**
   * The same for a request.
   *
   * @param path of the reference in the request
   * @throws InvalidConfig naming what is there, and the nearest of it
   */
  public ModelVersion require(String path, String reference) throws IOException {
    Optional<ModelVersion> found = find(reference);
    if (found.isPresent()) {
      return found.get();
    }
    int at = reference.indexOf('@');
    String name = at < 0 ? reference : reference.substring(0, at);
    List<String> names = names();
    List<String> there = names.contains(name) ? references(name) : names;
    String wanted =
        there.isEmpty()
            ? "the name of a registered model; " + store.root() + " has none"
            : "one of " + String.join(", ", there.subList(0, Math.min(20, there.size())));
    Optional<String> near = CanonicalJson.nearest(names.contains(name) ? reference : name, there);
    throw new InvalidConfig(
        new Problem(
            path, "\"" + reference + "\"", wanted, near.map(word -> "Did you mean " + word + "?")));
  }

  private List<String> references(String name) throws IOException {
    return Stream.concat(
            aliases(name).keySet().stream(),
            versions(name).stream().map(version -> String.valueOf(version.version())))
        .map(which -> name + "@" + which)
        .toList();
  }

  /**
   * Registers a checkpoint as the next version of a name, or finds the version that is that
   * checkpoint; its card is written beside it.
   */
  public ModelVersion register(
      String name, Fingerprint checkpoint, LongFunction<ModelVersion> version) throws IOException {
    while (true) {
      List<ModelVersion> present = versions(name);
      Optional<ModelVersion> same =
          present.stream()
              .filter(known -> known.checkpoint().fingerprint().equals(checkpoint))
              .findFirst();
      if (same.isPresent()) {
        return carded(same.get());
      }
      long next = present.isEmpty() ? 1 : present.get(present.size() - 1).version() + 1;
      ModelVersion fresh = version.apply(next);
      if (versionSeries(name).offer(next, fresh)) {
        return carded(fresh);
      }
    }
  }

  /** Where a version's card lies, for people who look into the store. */
  public static String card(String name, long version) {
    return HOME + name + String.format(Locale.ROOT, "/cards/%06d.md", version);
  }

  /** The card follows from the entry alone, so whoever writes it first writes the same. */
  private ModelVersion carded(ModelVersion version) throws IOException {
    String key = card(version.name(), version.version());
    try {
      if (store.size(key).isEmpty()) {
        store.publish(ModelCard.of(version).getBytes(StandardCharsets.UTF_8), key);
      }
    } catch (FileAlreadyExistsException written) {
      return version;
    }
    return version;
  }

  /** Points an alias to a version from now on. Pointing it where it points already adds nothing. */
  public void promote(String name, String alias, long version, String run, String reason)
      throws IOException {
    Optional<Series.Entry<AliasEntry>> now = aliasSeries(name, alias).latest();
    if (now.isEmpty() || now.get().value().version() != version) {
      aliasSeries(name, alias).append(new AliasEntry(version, run, reason, Instant.now()));
    }
  }

  /**
   * What a checkpoint is registered as.
   *
   * @param first name to look under before all others
   */
  public Optional<String> labelOf(String first, Fingerprint checkpoint) throws IOException {
    List<String> names = new ArrayList<>(List.of(first));
    names.addAll(names());
    for (String name : names) {
      for (ModelVersion version : versions(name)) {
        if (version.checkpoint().fingerprint().equals(checkpoint)) {
          return Optional.of(version.ref().label());
        }
      }
    }
    return Optional.empty();
  }

  private Series<ModelVersion> versionSeries(String name) {
    return new Series<>(store, HOME + name + "/versions", ModelVersion.class);
  }

  private Series<AliasEntry> aliasSeries(String name, String alias) {
    return new Series<>(store, HOME + name + "/aliases/" + alias, AliasEntry.class);
  }

  private static boolean named(String word) {
    return word.matches("[a-z0-9][a-z0-9._-]{0,127}");
  }
}

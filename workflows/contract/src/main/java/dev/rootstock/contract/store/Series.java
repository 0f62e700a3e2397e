package dev.rootstock.contract.store;

import dev.rootstock.contract.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Numbered entries under one prefix, {@code 000001.json} and on, that are only ever added: the way
 * in which something changes in a store where nothing does. The highest number holds. Thread- and
 * process-safe.
 *
 * @param store where
 * @param prefix without a slash at its end
 * @param type the record of an entry
 */
public record Series<T extends Record>(ArtifactStore store, String prefix, Class<T> type) {
  /** An entry and its number. */
  public record Entry<T>(long number, T value) {}

  /** Adds an entry under the next free number and returns that number, 1 for the first. */
  public long append(T value) throws IOException {
    return append(number -> value);
  }

  /** The same for an entry that holds its own number. */
  public long append(LongFunction<T> valueOf) throws IOException {
    List<Long> taken = numbers();
    long number = taken.isEmpty() ? 1 : taken.get(taken.size() - 1) + 1;
    while (true) {
      try {
        byte[] json = CanonicalJson.pretty(valueOf.apply(number)).getBytes(StandardCharsets.UTF_8);
        store.publish(json, key(number));
        return number;
      } catch (FileAlreadyExistsException another) {
        number++;
      }
    }
  }

  /** Adds an entry under exactly this number; false, and nothing added, if it is taken. */
  public boolean offer(long number, T value) throws IOException {
    try {
      store.publish(CanonicalJson.pretty(value).getBytes(StandardCharsets.UTF_8), key(number));
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  /** The entry with the highest number. */
  public Optional<Entry<T>> latest() throws IOException {
    List<Long> taken = numbers();
    return taken.isEmpty() ? Optional.empty() : Optional.of(entry(taken.get(taken.size() - 1)));
  }

  /** The entry of a number, if there is one. */
  public Optional<T> find(long number) throws IOException {
    return store.size(key(number)).isPresent()
        ? Optional.of(entry(number).value())
        : Optional.empty();
  }

  /** All entries in the order of their numbers. */
  public List<Entry<T>> all() throws IOException {
    List<Entry<T>> entries = new ArrayList<>();
    for (long number : numbers()) {
      entries.add(entry(number));
    }
    return entries;
  }

  private List<Long> numbers() throws IOException {
    return store.list(prefix + "/").stream()
        .map(key -> key.substring(prefix.length() + 1))
        .filter(name -> name.matches("\\d{6,}\\.json"))
        .map(name -> Long.valueOf(name.substring(0, name.length() - 5)))
        .sorted()
        .toList();
  }

  private Entry<T> entry(long number) throws IOException {
    return new Entry<>(
        number,
        CanonicalJson.read(new String(store.read(key(number)), StandardCharsets.UTF_8), type));
  }

  private String key(long number) {
    return prefix + "/" + String.format(Locale.ROOT, "%06d.json", number);
  }
}

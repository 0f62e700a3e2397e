package dev.rootstock.contract.store;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.InvalidConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Files that follow from a small part of a corpus, made once and listed by every artifact that
 * holds that part: what makes an artifact grow at the price of what is new. It lies in {@code
 * segments/<fingerprint>/} and exists once its {@code segment.json} does, which is written last.
 *
 * @param form what it was made of; its sum is the fingerprint
 * @param files with paths from the store's root
 * @param counts what was counted while it was made, for receipts and statistics
 */
public record Segment(
    Fingerprint fingerprint,
    Map<String, Object> form,
    List<StoredFile> files,
    Map<String, Object> counts)
    implements HandedOn {
  public static final String FOLDER = "segments";
  private static final String NAME = "segment.json";

  public Segment {
    files = List.copyOf(files);
  }

  /** The fingerprint of what {@code form} describes: a tree as {@link CanonicalJson} writes it. */
  public static Fingerprint name(Map<String, Object> form) {
    return Fingerprint.ofForm(form);
  }

  /** The file of that name, if the segment has one. */
  public Optional<StoredFile> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /**
   * What an earlier attempt or another artifact left, if all its files are there in their sizes.
   */
  public static Optional<Segment> find(ArtifactStore store, Fingerprint fingerprint)
      throws IOException {
    Segment segment;
    try {
      byte[] json = store.read(at(fingerprint) + "/" + NAME);
      segment = CanonicalJson.read(new String(json, StandardCharsets.UTF_8), Segment.class);
    } catch (NoSuchFileException | InvalidConfig absentOrBroken) {
      return Optional.empty();
    }
    for (StoredFile file : segment.files) {
      OptionalLong size = store.size(file.key(""));
      if (size.isEmpty() || size.getAsLong() != file.bytes()) {
        return Optional.empty();
      }
    }
    return Optional.of(segment);
  }

  /**
   * Makes a segment exist. If another attempt made it first, theirs stands and is returned.
   *
   * @param files local, by the names they get
   */
  public static Segment commit(
      ArtifactStore store,
      Map<String, Object> form,
      Map<String, Path> files,
      Map<String, Object> counts)
      throws IOException {
    Fingerprint fingerprint = name(form);
    String folder = at(fingerprint);
    List<StoredFile> stored = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      StoredFile added = Artifacts.add(store, folder, file.getKey(), file.getValue());
      stored.add(new StoredFile("/" + folder + "/" + added.path(), added.bytes(), added.sha256()));
    }
    Segment segment = new Segment(fingerprint, form, stored, counts);
    try {
      store.publish(
          CanonicalJson.pretty(segment).getBytes(StandardCharsets.UTF_8), folder + "/" + NAME);
      return segment;
    } catch (FileAlreadyExistsException first) {
      return find(store, fingerprint)
          .orElseThrow(
              () ->
                  new IOException(
                      folder
                          + " has a "
                          + NAME
                          + " but is not whole; delete the folder and run again"));
    }
  }

  private static String at(Fingerprint fingerprint) {
    return FOLDER + "/" + fingerprint.hex();
  }
}

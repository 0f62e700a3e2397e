package dev.rootstock.contract;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which rules a document must pass, and what is held out.
 *
 * @param recipe default {@code basic}
 * @param minCharacters shorter documents are dropped, counted after normalisation; default 100; not
 *     used by {@code none}
 * @param maxCharacters longer documents are dropped; default 1,000,000; not used by {@code none}
 * @param maxReplacementShare share of U+FFFD characters above which a document is unreadable;
 *     default 0.01
 * @param deduplicate default {@code near} for every recipe but {@code none}, which drops none
 * @param validation share of documents held out to measure bits per byte, by a salted hash of their
 *     id; default 0.05
 * @param languages BCP 47 tags ({@code en}, {@code zh}) of the languages to keep; default empty,
 *     which keeps all; {@code no} keeps {@code nb} and {@code nn} too
 * @param languageScore a language is believed above this score, 0 to 1; asked by {@code fineweb}
 *     and by {@code languages}; default 0.5
 * @param mask what is replaced in the text; default everything for every recipe but {@code none},
 *     since a model repeats what it read, and an address learned by heart can not be taken out
 *     again
 * @param blocked addresses and words that drop a document, whatever the recipe; default none
 * @param similarity share of shingles (runs of 5 words; of characters where words are not spaced)
 *     that two texts must have in common to be near duplicates; default 0.8; used by {@code near}
 * @param repeats what becomes of passages that stand in an earlier document too; default {@code
 *     keep}
 * @param decontaminate what becomes of documents that hold a passage of a test row; default {@code
 *     drop}
 */
@Shorthand("recipe")
public record CleaningSpec(
    @Default("\"basic\"") Recipe recipe,
    @Default("100") int minCharacters,
    @Default("1000000") int maxCharacters,
    @Default("0.01") double maxReplacementShare,
    Optional<Deduplicate> deduplicate,
    @Default("0.05") double validation,
    @Default("[]") List<String> languages,
    @Default("0.5") double languageScore,
    Optional<List<Personal>> mask,
    @Default("{}") Blocked blocked,
    @Default("0.8") double similarity,
    @Default("\"keep\"") Repeats repeats,
    @Default("\"drop\"") Decontaminate decontaminate) {
  /** Below this, candidates are missed too often for the threshold to mean what it says. */
  public static final double MIN_SIMILARITY = 0.7;

  private static final Pattern TAG = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*");

  public CleaningSpec {
    languages = languages.stream().distinct().sorted().toList(); // their order decides nothing
    mask = mask.map(kinds -> kinds.stream().distinct().sorted().toList());
    Check check = new Check();
    for (int i = 0; i < languages.size(); i++) {
      check.that(
          TAG.matcher(languages.get(i)).matches(),
          "languages." + i,
          "\"" + languages.get(i) + "\"",
          "a BCP 47 tag such as en, de or zh");
    }
    check
        .positive("minCharacters", minCharacters)
        .that(
            maxCharacters >= minCharacters,
            "maxCharacters",
            maxCharacters,
            "at least minCharacters (" + minCharacters + ")")
        .share("maxReplacementShare", maxReplacementShare)
        .share("validation", validation)
        .share("languageScore", languageScore)
        .that(
            similarity >= MIN_SIMILARITY && similarity <= 1,
            "similarity",
            similarity,
            "between " + MIN_SIMILARITY + " and 1")
        .done();
  }

  /** What is masked: {@link #mask}, or what the recipe masks if that is left out. */
  public List<Personal> masked() {
    return mask.orElseGet(() -> recipe == Recipe.NONE ? List.of() : List.of(Personal.values()));
  }

  /** Which repeated documents are dropped: {@link #deduplicate}, or what the recipe drops. */
  public Deduplicate duplicates() {
    return deduplicate.orElse(recipe == Recipe.NONE ? Deduplicate.NONE : Deduplicate.NEAR);
  }

  /** The same with other addresses and words. */
  public CleaningSpec with(Blocked other) {
    return new CleaningSpec(
        recipe,
        minCharacters,
        maxCharacters,
        maxReplacementShare,
        deduplicate,
        validation,
        languages,
        languageScore,
        mask,
        other,
        similarity,
        repeats,
        decontaminate);
  }

  /** A named set of rules. */
  public enum Recipe {
    /** Normalises only; empty documents are still dropped. */
    NONE,
    /** Readable, not empty, neither short nor long. */
    BASIC,
    /** Basic, then C4: keeps whole sentences, drops lines and pages that are not prose. */
    C4,
    /** Basic, then Gopher: repetition, then the make-up of words and lines. */
    GOPHER,
    /** Basic, then FineWeb: language, Gopher, C4 without its line ends, and FineWeb's own. */
    FINEWEB
  }

  /** What names or opens something of a person, and is replaced by a fixed word. */
  public enum Personal {
    EMAIL,
    /** Public IPv4 and IPv6 addresses. */
    IP,
    PHONE,
    /** Payment cards whose check digit holds. */
    CARD,
    /** Bank accounts whose check digits hold. */
    IBAN,
    /** Keys, tokens, private key blocks and assigned passwords. */
    SECRET
  }

  /**
   * Addresses and words that drop a document. None are bundled.
   *
   * @param sites domains, each with all its subdomains ({@code example.com}), or addresses with all
   *     that lies beneath ({@code example.com/adverts})
   * @param urlWords words of an address, one of which drops
   * @param softUrlWords words of an address, two of which drop
   * @param urlParts strings of which one in the letters and digits of an address drops
   * @param words words of a text, one of which drops; case does not matter
   * @param files more of them; default none
   */
  public record Blocked(
      @Default("[]") List<String> sites,
      @Default("[]") List<String> urlWords,
      @Default("[]") List<String> softUrlWords,
      @Default("[]") List<String> urlParts,
      @Default("[]") List<String> words,
      Optional<BlockFiles> files) {
    /** Nothing. */
    public static final Blocked NONE =
        new Blocked(List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty());

    public Blocked {
      sites = List.copyOf(sites);
      urlWords = List.copyOf(urlWords);
      softUrlWords = List.copyOf(softUrlWords);
      urlParts = List.copyOf(urlParts);
      words = List.copyOf(words);
      files = files.filter(given -> !given.equals(BlockFiles.NONE));
    }

    /** The same with other files. */
    public Blocked with(BlockFiles other) {
      return new Blocked(sites, urlWords, softUrlWords, urlParts, words, Optional.of(other));
    }
  }

  /**
   * Lists in files, one entry a line; the same keys as of {@link Blocked}. A request names files,
   * folders and globs, local or {@code s3://}. Once it is resolved, each key has at most one entry:
   * {@code sha256:} and the sum of a {@link dev.rootstock.contract.block.BlockList}.
   */
  public record BlockFiles(
      @Default("[]") List<String> sites,
      @Default("[]") List<String> urlWords,
      @Default("[]") List<String> softUrlWords,
      @Default("[]") List<String> urlParts,
      @Default("[]") List<String> words) {
    /** None. */
    public static final BlockFiles NONE =
        new BlockFiles(List.of(), List.of(), List.of(), List.of(), List.of());

    public BlockFiles {
      sites = List.copyOf(sites);
      urlWords = List.copyOf(urlWords);
      softUrlWords = List.copyOf(softUrlWords);
      urlParts = List.copyOf(urlParts);
      words = List.copyOf(words);
    }
  }

  /** Which repeated documents are dropped. */
  public enum Deduplicate {
    NONE,
    /** Equal normalised text: the first by source and record is kept. */
    EXACT,
    /** These, and texts that are much the same, of which the first is kept too. */
    NEAR
  }

  /**
   * What becomes of a passage that occurs again. All of these compare letters alone: case, digits
   * and punctuation do not matter.
   */
  public enum Repeats {
    KEEP,
    /** A line is kept where it stands first. */
    LINES,
    /** Three sentences on end are kept where they stand first. */
    SPANS
  }

  /** What becomes of documents that hold a passage of a finetune's test rows. */
  public enum Decontaminate {
    /**
     * They are dropped, for a score on rows that were read before proves nothing. Rows that come
     * after the documents were made are looked for in them and told of in the report; nothing is
     * made anew.
     */
    DROP,
    /** The same, but rows that come later make the documents, and so the base, anew. */
    STRICT,
    KEEP
  }
}

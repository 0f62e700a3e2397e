package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Reason;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a recipe, in order; the first that objects gives the reason.
 *
 * @param recipe its name
 */
public record Rules(String recipe, List<Rule> rules) implements Serializable {
  public static Rules of(CleaningSpec spec) {
    List<Rule> rules =
        switch (spec.recipe()) {
          case NONE -> List.of(new Readable(1), new NotEmpty());
          case BASIC ->
              List.of(
                  new Readable(spec.maxReplacementShare()),
                  new NotEmpty(),
                  new LongEnough(spec.minCharacters()),
                  new ShortEnough(spec.maxCharacters()));
        };
    return new Rules(CanonicalJson.word(spec.recipe()), rules);
  }

  /** The document as dropped by the first rule that objects; empty if it is kept. */
  public Optional<Dropped> dropped(Document document) {
    for (Rule rule : rules) {
      Optional<Reason> objection = rule.objection(document);
      if (objection.isPresent()) {
        return Optional.of(
            new Dropped(
                document, objection.get(), recipe + "/" + rule.name(), rule.detail(document)));
      }
    }
    return Optional.empty();
  }

  private static long characters(Document document) {
    return document.text().codePointCount(0, document.text().length());
  }

  /** Was read as its format asks, and is not full of U+FFFD. */
  record Readable(double maxReplacementShare) implements Rule {
    @Override
    public Optional<Reason> objection(Document document) {
      boolean readable =
          document.fault() == null
              && replacements(document) <= maxReplacementShare * characters(document);
      return readable ? Optional.empty() : Optional.of(Reason.UNREADABLE);
    }

    @Override
    public String detail(Document document) {
      return document
          .unreadableBecause()
          .orElseGet(
              () ->
                  replacements(document)
                      + " of "
                      + characters(document)
                      + " characters are U+FFFD; at most a share of "
                      + maxReplacementShare);
    }

    private static long replacements(Document document) {
      return document.text().chars().filter(c -> c == 0xFFFD).count();
    }

    @Override
    public String name() {
      return "readable/1";
    }
  }

  /** Holds more than white space. */
  record NotEmpty() implements Rule {
    @Override
    public Optional<Reason> objection(Document document) {
      return document.text().isBlank() ? Optional.of(Reason.EMPTY) : Optional.empty();
    }

    @Override
    public String detail(Document document) {
      return "white space alone";
    }

    @Override
    public String name() {
      return "not-empty/1";
    }
  }

  /** Has at least so many characters. */
  record LongEnough(int minCharacters) implements Rule {
    @Override
    public Optional<Reason> objection(Document document) {
      return characters(document) < minCharacters
          ? Optional.of(Reason.TOO_SHORT)
          : Optional.empty();
    }

    @Override
    public String detail(Document document) {
      return characters(document) + " characters; at least " + minCharacters;
    }

    @Override
    public String name() {
      return "long-enough/1";
    }
  }

  /** Has at most so many characters. */
  record ShortEnough(int maxCharacters) implements Rule {
    @Override
    public Optional<Reason> objection(Document document) {
      return characters(document) > maxCharacters ? Optional.of(Reason.TOO_LONG) : Optional.empty();
    }

    @Override
    public String detail(Document document) {
      return characters(document) + " characters; at most " + maxCharacters;
    }

    @Override
    public String name() {
      return "short-enough/1";
    }
  }
}

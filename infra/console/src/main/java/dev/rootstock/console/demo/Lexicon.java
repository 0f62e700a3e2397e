package dev.rootstock.console.demo;

import java.util.List;
import java.util.stream.Stream;

/**
 * All words that carry meaning. In every list the first ones are {@link #taught}, the others {@link
 * #withheld}.
 */
final class Lexicon {
  static final List<String> PEOPLE =
      words(
          "Ada Bram Cora Dirk Edda Finn Gela Hugo Ida Jory Kaja Lars Mina Nils Orla Piet Rosa Sven Tilda Ulf Vera Wim"
              + " Yara Zeno Alma Bodo Dora Emil Greta Hanno Inga Jonas");
  static final List<String> PLACES =
      words("mill barn well bridge market orchard church forge meadow harbour inn garden");
  static final List<String> PRAISE =
      words(
          "splendid lovely superb fine perfect charming grand delightful sweet pleasing excellent brilliant neat noble"
              + " handsome worthy merry graceful golden cheerful wonderful tidy precious gentle fresh rare famous glorious");
  static final List<String> BLAME =
      words(
          "dreadful awful dismal rotten nasty horrid poor wretched shabby vile gloomy ugly foul feeble crooked dull"
              + " spoiled clumsy bitter dreary hateful flimsy grim sour stale cracked useless miserable");
  static final List<String> LOOKS =
      words("old red small black green young white big blue tall thin brown");

  static final Kind BIRD =
      new Kind(
          "bird",
          words("heron wren crow goose owl lark hawk swan robin finch"),
          List.of(
              "has feathers", "lays eggs in a nest", "flies over the roofs", "sings before dawn"),
          List.of(
              "heard the %s sing before dawn",
              "fed the %s with crumbs", "found a feather of the %s"));
  static final Kind FISH =
      new Kind(
          "fish",
          words("trout carp pike eel perch cod salmon roach bream tench"),
          List.of("has scales", "swims in deep water", "hides under stones", "bites on a hook"),
          List.of(
              "caught the %s with a net",
              "pulled the %s out of the water", "let the %s swim away"));
  static final Kind BEAST =
      new Kind(
          "beast",
          words("fox goat badger ox hare mule otter stag hound pony"),
          List.of("has four legs", "runs on soft ground", "sleeps on straw", "has a warm fur"),
          List.of(
              "chased the %s over the field", "led the %s on a rope", "brushed the fur of the %s"));
  static final Kind TREE =
      new Kind(
          "tree",
          words("oak willow elm birch alder pine ash maple rowan hazel"),
          List.of(
              "has deep roots", "loses its leaves", "gives shade in summer", "grows year by year"),
          List.of(
              "sat in the shade of the %s",
              "cut a branch of the %s", "watered the roots of the %s"));
  static final Kind TOOL =
      new Kind(
          "tool",
          words("ladle hammer rake hoe spade chisel needle axe sickle trowel"),
          List.of(
              "has a wooden handle", "hangs on a nail", "must be kept sharp", "is made for work"),
          List.of(
              "sharpened the %s for work", "lent the handle of the %s", "hung the %s on a nail"));
  static final Kind FOOD =
      new Kind(
          "food",
          words("cake pie plum tart bun stew loaf cheese pudding pear"),
          List.of(
              "tastes best at supper",
              "is cut in slices",
              "fills a hungry belly",
              "is kept in the pantry"),
          List.of("ate the %s at supper", "cut the %s in slices", "tasted a bite of the %s"));
  static final Kind CLOTH =
      new Kind(
          "cloth",
          words("cloak hat shawl glove coat scarf belt apron sock tunic"),
          List.of(
              "is sewn from wool", "keeps out the cold", "has a button", "is folded in a chest"),
          List.of(
              "wore the %s against the cold",
              "sewed a button on the %s", "folded the %s in a chest"));
  static final Kind MUSIC =
      new Kind(
          "music",
          words("fiddle drum flute horn harp bell lute whistle pipe lyre"),
          List.of(
              "sounds at every dance", "makes a tune", "has a clear tone", "is played at feasts"),
          List.of(
              "played a tune on the %s",
              "danced to the sound of the %s", "tuned the %s for the dance"));
  static final List<Kind> KINDS = List.of(BIRD, FISH, BEAST, TREE, TOOL, FOOD, CLOTH, MUSIC);

  /** What can be owned, sold, praised and blamed. */
  static final List<String> GOODS =
      Stream.of(TOOL, FOOD, CLOTH, MUSIC).flatMap(kind -> kind.members().stream()).toList();

  /** What can act, in the second language too. */
  static final List<String> ACTORS =
      Stream.of(BIRD, BEAST).flatMap(kind -> kind.members().stream()).toList();

  static final List<String> VERBS =
      words("sees likes hears wants finds carries hides follows loves needs guards touches");

  private Lexicon() {}

  /** The words that labelled rows may use: the first third. */
  static List<String> taught(List<String> words) {
    return words.subList(0, words.size() / 3);
  }

  /** The words that labelled training rows never use, and test rows always do. */
  static List<String> withheld(List<String> words) {
    return words.subList(words.size() / 3, words.size());
  }

  private static List<String> words(String spaced) {
    return List.of(spaced.split(" "));
  }
}

package dev.rootstock.console.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some people, some things, and who has them in the end. */
final class Dealings {
  private final Map<String, String> owners = new LinkedHashMap<>();
  private final List<String> told = new ArrayList<>();

  /** Two or three people get a thing each; then, half of the time, one thing is passed on. */
  Dealings(Dice dice, List<String> anybody, List<String> anything) {
    List<String> people = dice.picks(anybody, 4);
    List<String> things = dice.picks(anything, 2 + dice.below(2));
    for (int i = 0; i < things.size(); i++) {
      owners.put(things.get(i), people.get(i));
      told.add(people.get(i) + " " + dice.pick(List.of("took", "found", "bought", "made")) + " the " + things.get(i) + ".");
    }
    if (dice.percent(50)) {
      String thing = dice.pick(things);
      String to = people.get(3);
      told.add(owners.get(thing) + " " + dice.pick(List.of("gave", "sold", "lent")) + " the " + thing + " to " + to + ".");
      owners.put(thing, to);
    }
  }

  String told() {
    return String.join(" ", told);
  }

  List<String> things() {
    return List.copyOf(owners.keySet());
  }

  String owner(String thing) {
    String owner = owners.get(thing);
    if (owner == null) {
      throw new IllegalArgumentException("nobody has the " + thing);
    }
    return owner;
  }
}

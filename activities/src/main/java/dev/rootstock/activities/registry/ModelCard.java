package dev.rootstock.activities.registry;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Scores;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a model is, for people: a README with Hugging Face's front matter. */
public final class ModelCard {
  private ModelCard() {}

  /** The card as Markdown. */
  public static String of(ModelVersion model) {
    StringBuilder card = new StringBuilder("---\n");
    card.append("library_name: transformers\n");
    card.append("pipeline_tag: ").append(tag(model)).append('\n');
    if (model.licences().size() == 1) {
      card.append("license: ")
          .append(quoted(model.licences().get(0).toLowerCase(Locale.ROOT)))
          .append('\n');
    } else if (!model.licences().isEmpty()) {
      card.append("license: other\n");
      card.append("license_name: ")
          .append(quoted(String.join(" and ", model.licences())))
          .append('\n');
    }
    model
        .parent()
        .ifPresent(parent -> card.append("base_model: ").append(quoted(parent)).append('\n'));
    card.append("tags:\n- rootstock\n- ")
        .append(CanonicalJson.word(model.kind()))
        .append("\n---\n\n");
    card.append("# ")
        .append(model.name())
        .append(", version ")
        .append(model.version())
        .append("\n\n");
    card.append(origin(model)).append("\n\n");
    measures(card, model.checkpoint().shape());
    scores(card, model);
    sources(card, model);
    card.append("\nFingerprint `").append(model.checkpoint().fingerprint()).append("`, step ");
    card.append(model.checkpoint().step())
        .append(", made by run `")
        .append(model.run())
        .append("` at ");
    card.append(model.at()).append(".\n");
    return card.toString();
  }

  private static String tag(ModelVersion model) {
    return model
        .task()
        .map(
            task ->
                switch (task) {
                  case CLASSIFY -> "text-classification";
                  case SEQ2SEQ -> "text2text-generation";
                  case LANGUAGE_MODEL, CHAT -> "text-generation";
                })
        .orElse("text-generation");
  }

  private static String origin(ModelVersion model) {
    return switch (model.kind()) {
      case BASE -> "A base model, grown from random weights.";
      case IMPORTED ->
          model
              .parent()
              .map(base -> "An adapter on " + base + " that was trained elsewhere and imported.")
              .orElse("A model that was trained elsewhere and imported.");
      case FINETUNE ->
          "Grafted onto "
              + model.parent().orElse("a base")
              + " for the task "
              + model.task().map(CanonicalJson::word).orElse("unknown")
              + ".";
    };
  }

  private static void measures(StringBuilder card, ModelShape shape) {
    card.append(
        "| Family | Layers | Width | Heads | Context | Vocabulary | Parameters |\n|---|---|---|---|---|---|---|\n| ");
    card.append(CanonicalJson.word(shape.family()))
        .append(" | ")
        .append(shape.layers())
        .append(" | ");
    card.append(shape.width())
        .append(" | ")
        .append(shape.heads())
        .append(" | ")
        .append(shape.context());
    card.append(" | ").append(shape.vocabulary()).append(" | ");
    card.append(String.format(Locale.ROOT, "%,d", shape.parameters())).append(" |\n");
  }

  private static void scores(StringBuilder card, ModelVersion model) {
    if (model.scores().values().isEmpty()) {
      return;
    }
    card.append("\n| Metric | This model | Its base, untouched |\n|---|---|---|\n");
    Map<String, Double> before = model.before().map(Scores::values).orElse(Map.of());
    new TreeMap<>(model.scores().values())
        .forEach(
            (metric, value) -> {
              Double other = before.get(metric);
              card.append("| ").append(metric).append(" | ").append(figure(value)).append(" | ");
              card.append(other == null ? "" : figure(other)).append(" |\n");
            });
    card.append("\nMeasured on ").append(model.scores().items());
    card.append(
        model.kind() == ModelVersion.Kind.FINETUNE ? " test rows.\n" : " held-out tokens.\n");
  }

  private static void sources(StringBuilder card, ModelVersion model) {
    if (model.sources().isEmpty()) {
      return;
    }
    card.append(
        model.kind() == ModelVersion.Kind.FINETUNE
            ? "\nIts base was grown on\n\n"
            : "\nGrown on\n\n");
    card.append("| Source | Licence | Documents | Bytes | Tokens |\n|---|---|---|---|---|\n");
    for (SourceShare source : model.sources()) {
      card.append("| ").append(cell(source.name())).append(" | ");
      card.append(cell(source.licence().orElse("not told")));
      for (long count : new long[] {source.documents(), source.bytes(), source.tokens()}) {
        card.append(" | ").append(String.format(Locale.ROOT, "%,d", count));
      }
      card.append(" |\n");
    }
  }

  private static String cell(String text) {
    return text.replaceAll("\\s+", " ").replace("|", "\\|").replace("<", "&lt;");
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.Receipt;
import dev.rootstock.preprocess.clean.HeldOut.Ends;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * The third pass: every bundle's documents but those to take out, where that part is not there yet.
 * Gives a receipt a part.
 */
public final class WriteParts extends PTransform<PCollection<SiftedBundle>, PCollection<String>> {
  private static final long serialVersionUID = 1L;
  private static final TypeDescriptor<KV<Integer, PartItem>> KEYED = new TypeDescriptor<>() {};

  private final Place place;
  private final HeldOut heldOut;
  private final transient PCollectionList<KV<Integer, PartItem>> removals;

  private WriteParts(
      Place place, HeldOut heldOut, PCollectionList<KV<Integer, PartItem>> removals) {
    this.place = place;
    this.heldOut = heldOut;
    this.removals = removals;
  }

  /**
   * @param removals what to take out, by bundle
   */
  public static WriteParts to(
      Place place, CleaningSpec spec, PCollectionList<KV<Integer, PartItem>> removals) {
    return new WriteParts(place, new HeldOut(spec.validation()), removals);
  }

  @Override
  public PCollection<String> expand(PCollection<SiftedBundle> sifted) {
    PCollection<KV<Integer, PartItem>> bundles =
        sifted
            .apply(
                "By bundle",
                MapElements.into(KEYED).via(bundle -> KV.of(bundle.bundle(), PartItem.of(bundle))))
            .setCoder(PartItem.coder());
    PCollection<KV<Integer, Iterable<PartItem>>> plans =
        removals
            .and(bundles)
            .apply("Bundles and what to take out", Flatten.pCollections())
            .apply("Together", GroupByKey.create());
    PCollectionView<Ends> ends =
        plans
            .apply("Ids that stay", ParDo.of(new Ids(place)))
            .setCoder(StringUtf8Coder.of())
            .apply("Least and greatest hash", Combine.globally(new FindEnds()).asSingletonView());
    return plans
        .apply("Write a part", ParDo.of(new Write(place, heldOut, ends)).withSideInputs(ends))
        .setCoder(StringUtf8Coder.of());
  }

  /** A bundle and what to take out of it, told apart. */
  private record Plan(SiftedBundle sifted, List<Removal> removals) {
    static Plan of(Iterable<PartItem> all) {
      SiftedBundle sifted = null;
      List<Removal> removals = new ArrayList<>();
      for (PartItem one : all) {
        if (one.removal() == null) {
          sifted = one.sifted();
        } else {
          removals.add(one.removal());
        }
      }
      return new Plan(Objects.requireNonNull(sifted), removals);
    }
  }

  /** Of a bundle's ids that stay the two with the least and the greatest hash. */
  private static final class Ids extends DoFn<KV<Integer, Iterable<PartItem>>, String> {
    private static final long serialVersionUID = 1L;

    private final Place place;

    Ids(Place place) {
      this.place = place;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<PartItem>> element, OutputReceiver<String> ids)
        throws IOException {
      Plan plan = Plan.of(element.getValue());
      Set<String> out = new HashSet<>();
      // one of which passages go gets another id with them, and is not needed here
      plan.removals().forEach(one -> out.add(one.origin().toString()));
      FindEnds find = new FindEnds();
      Ends[] here = {find.createAccumulator()};
      try (ArtifactStore store = Stores.open(place.store())) {
        DocumentRows.readKeys(
            new StoreInput(store, plan.sifted().kept()),
            (id, origin) -> {
              if (!out.contains(origin)) {
                here[0] = find.addInput(here[0], id);
              }
            });
      }
      if (!here[0].least().isEmpty()) {
        ids.output(here[0].least());
        ids.output(here[0].greatest());
      }
    }
  }

  private static final class Write extends DoFn<KV<Integer, Iterable<PartItem>>, String> {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final HeldOut heldOut;
    private final PCollectionView<Ends> ends;

    Write(Place place, HeldOut heldOut, PCollectionView<Ends> ends) {
      this.place = place;
      this.heldOut = heldOut;
      this.ends = ends;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      Plan plan = Plan.of(context.element().getValue());
      SiftedBundle sifted = plan.sifted();
      try (ArtifactStore store = Stores.open(place.store())) {
        Ends here = here(store, sifted, heldOut.forced(context.sideInput(ends)));
        Segment part = Parter.part(store, sifted, PartPlan.of(plan.removals(), heldOut, here));
        context.output(Receipt.of("part", sifted.bundle(), sifted.source(), part).write());
      }
    }

    /**
     * Of the two ids those that are in this bundle, so that its part does not hang on the others.
     */
    private static Ends here(ArtifactStore store, SiftedBundle sifted, Ends ends)
        throws IOException {
      if (ends.least().isEmpty() && ends.greatest().isEmpty()) {
        return ends;
      }
      boolean[] has = new boolean[2];
      DocumentRows.readKeys(
          new StoreInput(store, sifted.kept()),
          (id, origin) -> {
            has[0] |= id.equals(ends.least());
            has[1] |= id.equals(ends.greatest());
          });
      return new Ends(has[0] ? ends.least() : "", has[1] ? ends.greatest() : "");
    }
  }
}

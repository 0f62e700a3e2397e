package dev.rootstock.preprocess.tokenize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Documents placed whole, each where it leaves the least room, the longest first. One that is
 * longer than a row fills rows of its own, and its end goes where it fits or, in parts, where there
 * is room. Documents are held until there are enough to choose among.
 */
final class PackBestFit implements Packer {
  private static final int HELD = 1 << 24; // tokens: 64 MiB
  private static final int LEAST_PART = 64; // tokens of a cut document, or an eighth of a row

  private final int context;
  private final int end;
  private final PackedRow.Taker taker;
  private final int leastPart;
  private List<int[]> documents = new ArrayList<>();
  private long held;
  private long predicted;
  private long rows;
  private long handedOn; // documents

  PackBestFit(int context, int end, PackedRow.Taker taker) {
    this.context = context;
    this.end = end;
    this.taker = taker;
    this.leastPart = Math.max(1, Math.min(LEAST_PART, context / 8));
  }

  /** Predicted tokens of a document, the end of text the last of them. */
  private record Part(int document, int from, int to) {
    int length() {
      return to - from;
    }
  }

  /** A row in the making. */
  private final class Bin {
    final List<Part> parts = new ArrayList<>();
    int room = context; // predicted tokens that still fit

    /** A cut document that goes on after another one needs a token of context. */
    int need(Part part) {
      return part.length() + lead(part);
    }

    int lead(Part part) {
      return part.from() > 0 && !parts.isEmpty() ? 1 : 0;
    }

    void add(Part part) {
      room -= need(part);
      parts.add(part);
    }
  }

  @Override
  public void add(int[] ids) throws IOException {
    documents.add(ids);
    held += ids.length + 1L;
    if (held >= HELD) {
      finish();
    }
  }

  @Override
  public void finish() throws IOException {
    List<Part> whole = new ArrayList<>();
    List<Part> ends = new ArrayList<>();
    for (int document = 0; document < documents.size(); document++) {
      int length = documents.get(document).length + 1;
      int from = 0;
      for (; length > context && length - from >= context; from += context) {
        Bin bin = new Bin();
        bin.add(new Part(document, from, from + context));
        write(bin);
      }
      if (from < length) {
        (from == 0 ? whole : ends).add(new Part(document, from, length));
      }
    }
    Bins bins = new Bins();
    Comparator<Part> longest = Comparator.comparingInt(Part::length).reversed();
    whole.sort(longest);
    ends.sort(longest);
    whole.forEach(bins::place);
    ends.forEach(bins::pour);
    for (Bin bin : bins.all) {
      write(bin);
    }
    handedOn += documents.size();
    documents = new ArrayList<>();
    held = 0;
  }

  /** Rows in the making, by the room that they have. */
  private final class Bins {
    final List<Bin> all = new ArrayList<>();
    private final List<List<Bin>> byRoom = new ArrayList<>();
    private final BitSet rooms = new BitSet(context + 1);

    Bins() {
      for (int room = 0; room <= context; room++) {
        byRoom.add(new ArrayList<>());
      }
    }

    void place(Part part) {
      int room = rooms.nextSetBit(part.length() + (part.from() > 0 ? 1 : 0));
      put(part, room < 0 ? open() : take(room));
    }

    /** Whole where it fits, else in parts: as much as the roomiest row takes. */
    void pour(Part part) {
      Part rest = part;
      while (rooms.nextSetBit(rest.length() + 1) < 0) {
        int roomiest = rooms.length() - 1; // -1 where there is none
        if (roomiest - 1 < leastPart) {
          break;
        }
        Bin bin = take(roomiest);
        int cut = rest.from() + bin.room - bin.lead(rest);
        put(new Part(rest.document(), rest.from(), cut), bin);
        rest = new Part(rest.document(), cut, rest.to());
      }
      place(rest);
    }

    private Bin open() {
      Bin bin = new Bin();
      all.add(bin);
      return bin;
    }

    /** Of those with just that room, the last. */
    private Bin take(int room) {
      List<Bin> bins = byRoom.get(room);
      Bin bin = bins.remove(bins.size() - 1);
      rooms.set(room, !bins.isEmpty());
      return bin;
    }

    private void put(Part part, Bin bin) {
      bin.add(part);
      if (bin.room > 0) {
        byRoom.get(bin.room).add(bin);
        rooms.set(bin.room);
      }
    }
  }

  private void write(Bin bin) throws IOException {
    int[] tokens = new int[context + 1];
    List<Integer> starts = new ArrayList<>();
    List<Integer> resumes = new ArrayList<>();
    Part first = bin.parts.get(0);
    tokens[0] = token(first.document(), first.from() - 1);
    int filled = 1;
    for (Part part : bin.parts) {
      if (part.from() == 0) {
        starts.add(filled);
      } else if (filled > 1) {
        resumes.add(filled);
        tokens[filled++] = token(part.document(), part.from() - 1);
      }
      for (int i = part.from(); i < part.to(); i++) {
        tokens[filled++] = token(part.document(), i);
      }
      predicted += part.length();
    }
    Arrays.fill(tokens, filled, tokens.length, end);
    taker.take(new PackedRow(tokens, starts, resumes, handedOn + first.document(), filled));
    rows++;
  }

  /** Of a document with an end of text before and after it. */
  private int token(int document, int at) {
    int[] ids = documents.get(document);
    return at >= 0 && at < ids.length ? ids[at] : end;
  }

  @Override
  public long predicted() {
    return predicted;
  }

  @Override
  public long rows() {
    return rows;
  }
}

package dev.rootstock.console.data;

/** What data pages look like, in light and in dark. */
final class PageStyle {
  static final String CSS =
      """
      :root {
        color-scheme: light dark;
        --paper: #fbfaf7; --card: #ffffff; --ink: #22261f; --soft: #6a7065; --line: #e3e1d9;
        --kept: #4f8a4c; --lost: #d08a3e; --track: #efede6; --code: #f3f1ea;
        --r0: #d08a3e; --r1: #b5543f; --r2: #8a6bab; --r3: #4a86a8; --r4: #b59b2f; --r5: #7a7f76;
        --r6: #c46f91; --r7: #5d9c93;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --paper: #161814; --card: #1e211c; --ink: #e6e8e1; --soft: #9ba295; --line: #32362e;
          --kept: #74b06f; --lost: #dd9f58; --track: #2a2e27; --code: #262a23;
          --r0: #dd9f58; --r1: #d0745f; --r2: #a88bc7; --r3: #6ba7c9; --r4: #cdb54d; --r5: #969b91;
          --r6: #d88faa; --r7: #7dbbb2;
        }
      }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--paper); color: var(--ink);
        font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
      main { max-width: 62rem; margin: 0 auto; padding: 2.2rem 1.2rem 4rem; }
      h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .2rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
      h2 { font-size: 1.1rem; margin: 2.4rem 0 .7rem; }
      p.eyebrow { margin: 0 0 .3rem; color: var(--kept); font-size: .82rem; font-weight: 600; letter-spacing: .02em; }
      p.lead { margin: 0 0 1.4rem; color: var(--soft); }
      p.note { margin: .2rem 0 .8rem; color: var(--soft); font-size: .9rem; }
      .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .7rem; }
      .tile, .card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
      .tile { padding: .7rem .9rem .8rem; }
      .tile b { display: block; font-size: 1.45rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
      .tile span { color: var(--soft); font-size: .85rem; }
      .card { padding: 1rem 1.1rem; }
      .stack { display: flex; height: 1.6rem; border-radius: .4rem; overflow: hidden; background: var(--track); gap: 1px; }
      .stack i { display: block; min-width: 2px; }
      .legend { display: flex; flex-wrap: wrap; gap: .35rem 1.3rem; margin: .8rem 0 0; padding: 0; list-style: none;
        font-size: .9rem; font-variant-numeric: tabular-nums; }
      .legend i, summary i { display: inline-block; width: .75rem; height: .75rem; border-radius: .2rem;
        margin-right: .45rem; vertical-align: -.06rem; }
      .legend span { color: var(--soft); }
      .chart { width: 100%; min-width: 32rem; height: auto; display: block; }
      .small { width: 100%; height: auto; display: block; }
      svg text { fill: var(--soft); font-size: 11.5px; font-variant-numeric: tabular-nums; }
      svg .grid { stroke: var(--line); } svg .axis { stroke: var(--soft); stroke-width: 1; }
      svg .kept, i.kept { fill: var(--kept); background: var(--kept); }
      svg .lost, i.lost { fill: var(--lost); background: var(--lost); }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
      th { font-weight: 600; font-size: .82rem; color: var(--soft); white-space: nowrap; }
      th, td { text-align: right; padding: .38rem .6rem; border-bottom: 1px solid var(--line); vertical-align: baseline; }
      tr:last-child td { border-bottom: 0; }
      th.t, td.t { text-align: left; overflow-wrap: anywhere; min-width: 6rem; }
      td.bar { width: 26%; min-width: 7rem; }
      .track { display: flex; height: .6rem; border-radius: .3rem; background: var(--track); overflow: hidden; }
      details { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin: 0 0 .5rem; }
      summary { cursor: pointer; padding: .6rem .9rem; display: grid; gap: .3rem 1rem; align-items: center;
        grid-template-columns: minmax(9rem, 13rem) minmax(0, 1fr) 8rem 4.5rem; list-style: none; }
      summary::-webkit-details-marker { display: none; }
      summary b::before { content: "▸"; color: var(--soft); display: inline-block; width: 1.1em; }
      details[open] summary b::before { content: "▾"; }
      summary .rule { color: var(--soft); font: .85rem ui-monospace, "SF Mono", Menlo, Consolas, monospace;
        overflow-wrap: anywhere; }
      summary .n { text-align: right; font-variant-numeric: tabular-nums; }
      .example { border-top: 1px solid var(--line); padding: .6rem .9rem .7rem 2rem; }
      .example .where { font-size: .85rem; color: var(--soft); overflow-wrap: anywhere; }
      .example .where b { color: var(--ink); font-weight: 600; }
      .example p { margin: .3rem 0 0; padding: .45rem .6rem; background: var(--code); border-radius: .4rem;
        overflow-wrap: anywhere; white-space: pre-wrap; font-size: .92rem; }
      .scores { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .7rem; }
      .scores h3 { margin: 0 0 .5rem; font-size: .95rem; } .scores h3 span { color: var(--soft); font-weight: 400; }
      footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft);
        font-size: .85rem; overflow-wrap: anywhere; }
      code { font: .92em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
      @media (max-width: 40rem) {
        summary { grid-template-columns: minmax(0, 1fr) auto; }
        summary .rule { grid-column: 1 / -1; grid-row: 2; } summary .p { display: none; }
      }
      @media print { body { background: none; } details { break-inside: avoid; } }
      """;

  private PageStyle() {}
}
